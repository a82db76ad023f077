#!/usr/bin/env python3
"""Write names.tsv: Russian surnames and given names that read as common words.

    pip install pymorphy3 pymorphy3-dicts-ru
    python3 generate.py            # writes names.tsv beside this file
    python3 generate.py --missing  # lists homograph lemmas that have no gloss

Input: the OpenCorpora dictionary (pymorphy3-dicts-ru, CC BY-SA 3.0) and, beside this file,
glosses.tsv, surnames.txt, given.txt. Output is sorted and the same on every run.
"""

import itertools
import pathlib
import sys

import pymorphy3

HERE = pathlib.Path(__file__).resolve().parent
PROPER = {"Surn", "Name", "Patr", "Geox", "Orgn", "Trad", "Abbr", "Init"}
VOWELS = "аеёиоуыэюя"
MAX_ROMANISATIONS = 6


def fold(text):
    return text.lower().replace("ё", "е")


# ---------------------------------------------------------------- romanisation

PLAIN = dict(zip("абвгдзиклмнопрстуфъыэ", "a b v g d z i k l m n o p r s t u f".split() + ["", "y", "e"]))
CHOICES = {
    "ж": ["zh"], "х": ["kh", "h"], "ц": ["ts"], "ч": ["ch"], "ш": ["sh"], "щ": ["shch", "sch"],
    "ь": [""], "ю": ["yu", "iu"], "я": ["ya", "ia"],
}
ENDINGS = [
    ("ский", ["sky", "skiy", "skii", "ski"]), ("цкий", ["tsky", "tskiy", "tskii", "tski"]),
    ("ская", ["skaya", "skaia"]), ("цкая", ["tskaya", "tskaia"]),
    ("ий", ["y", "iy", "ii"]), ("ый", ["y", "yi", "yy"]), ("ой", ["oy", "oi"]), ("ей", ["ey", "ei"]),
    ("ай", ["ay", "ai"]), ("яя", ["yaya"]), ("ая", ["aya", "aia"]), ("ия", ["iya", "ia"]),
    ("ья", ["ya", "ia"]),
]


def romanise(word):
    """Latin spellings of a Russian name, the one most usual in English news first."""
    low = word.lower()
    tail = [""]
    for ending, spellings in ENDINGS:
        if low.endswith(ending) and len(low) > len(ending):
            low, tail = low[: -len(ending)], spellings
            break
    parts = []
    for i, c in enumerate(low):
        before = low[i - 1] if i else ""
        if c == "е":
            if not before:
                parts.append(["ye", "e"])
            elif before in "ьъ":
                parts.append(["ye", "ie"])
            elif before in VOWELS:
                parts.append(["ye", "e"])
            else:
                parts.append(["e"])
        elif c == "ё":
            if before and before in "ьъ":
                parts.append(["yo", "ye", "ie"])
            elif not before or before in VOWELS:
                parts.append(["yo", "e"])
            else:
                parts.append(["e", "yo"])
        elif c == "й":
            parts.append(["y", "i"])
        else:
            parts.append(CHOICES.get(c) or [PLAIN[c]])
    parts.append(tail)
    found = sorted(
        itertools.product(*[range(len(p)) for p in parts]),
        key=lambda pick: (sum(pick), [-n for n in pick]),
    )
    names = []
    for pick in found:
        name = "".join(p[n] for p, n in zip(parts, pick))
        name = name[:1].upper() + name[1:]
        if name not in names:
            names.append(name)
        if len(names) == MAX_ROMANISATIONS:
            break
    return names


def feminine(lemma):
    """Nominative of the feminine surname, or None when it has no form of its own."""
    if lemma.endswith(("ов", "ев", "ёв", "ин", "ын")):
        return lemma + "а"
    if lemma.endswith(("ский", "цкий", "кий", "гий", "хий", "ый", "ой")):
        return lemma[:-2] + "ая"
    if lemma.endswith("ний"):
        return lemma[:-2] + "яя"
    return None


def feminine_names(lemma, given):
    """Romanisations of the feminine; `given` are the masculine ones set by hand, if any."""
    if given and lemma.endswith(("ов", "ев", "ёв", "ин", "ын")):
        return [name + "a" for name in given]
    return romanise(feminine(lemma))


# ------------------------------------------------------------------ dictionary


class Dictionary:
    def __init__(self):
        self.morph = pymorphy3.MorphAnalyzer(lang="ru")
        self.cache = {}

    def readings(self, form):
        """(grammemes, normal form) of every dictionary reading of a form, ё folded."""
        if form not in self.cache:
            found = set()
            for p in self.morph.parse(form):
                if type(p.methods_stack[0][0]).__name__ == "DictionaryAnalyzer" and len(p.methods_stack) == 1:
                    if fold(p.word) == form:
                        found.add((frozenset(p.tag.grammemes), p.normal_form))
            self.cache[form] = sorted(found, key=lambda r: (r[1], sorted(r[0])))
        return self.cache[form]

    def common(self, form):
        return [r for r in self.readings(form) if not r[0] & PROPER]

    def names(self):
        """Every singular form of every surname and given name: form, lemma, kind."""
        tags = {}
        found = set()
        for word, tag, lemma, _, _ in self.morph.dictionary.iter_known_words():
            if tag not in tags:
                g = tag.grammemes
                kind = None
                if g & {"Surn", "Name"} and ("plur" not in g or "Fixd" in g):
                    kind = "given" if "Name" in g else "surname"
                    if kind == "surname" and "femn" in g and "masc" not in g:
                        kind = "surname_f"
                tags[tag] = kind
            if tags[tag] and word.isalpha():
                found.add((fold(word), lemma, tags[tag]))
        return found

    def noun_forms(self, lemma):
        """Singular case forms when the word is a common noun, ё folded."""
        for p in self.morph.parse(fold(lemma)):
            if p.tag.POS == "NOUN" and not set(p.tag.grammemes) & PROPER and fold(p.normal_form) == fold(lemma):
                return {fold(f.word) for f in p.lexeme if "sing" in f.tag.grammemes}
        return set()


def decline(name):
    """(form, kind) of a surname by rule, ё folded; kinds surname and surname_f."""
    low = fold(name)
    masc, femn = [low], []
    if low.endswith(("ов", "ев", "ин", "ын")):
        masc += [low + e for e in ("а", "у", "ым", "е")]
        femn += [low + e for e in ("а", "ой", "у")]
    elif low.endswith(("ний", "чий")):
        stem = low[:-2]
        masc += [stem + e for e in ("его", "ему", "им", "ем")]
        femn += [stem + e for e in (("яя", "ей", "юю") if low.endswith("ний") else ("ая", "ей", "ую"))]
    elif low.endswith(("ый", "ой", "кий", "гий", "хий")):
        stem = low[:-2]
        ins = "им" if stem[-1] in "кгх" else "ым"
        masc += [stem + e for e in ("ого", "ому", ins, "ом")]
        femn += [stem + e for e in ("ая", "ой", "ую")]
    return [(f, "surname") for f in masc] + [(f, "surname_f") for f in femn]


# ---------------------------------------------------------------------- inputs


def read_glosses():
    table = {}
    for line in (HERE / "glosses.tsv").read_text("utf-8").splitlines()[1:]:
        lemma, pos, singular, plural = line.split("\t")
        table[fold(lemma), pos] = ([g for g in singular.split("|") if g], [g for g in plural.split("|") if g])
    return table


def read_list(path):
    """name -> (romanisations or [], reading)."""
    table = {}
    for line in path.read_text("utf-8").splitlines():
        if not line or line.startswith("#"):
            continue
        name, *rest = line.split()
        latin, reading = [], ""
        for item in rest:
            if item.startswith(("=", "@", "!")):
                reading = item
            else:
                latin = item.split("|")
        table[name] = (latin, reading)
    return table


# --------------------------------------------------------------------- printed


def interleave(lists):
    out = []
    for row in itertools.zip_longest(*lists):
        out += [g for g in row if g and g not in out]
    return out


def printed(form, readings, glosses):
    """What engines print for a form: plural readings before singular ones, best gloss first."""
    if (form, "form") in glosses:
        return glosses[form, "form"][0]
    plural, single, other = [], [], []
    for grammemes, lemma in readings:
        key = fold(lemma)
        if "NOUN" in grammemes and (key, "noun") in glosses:
            one, many = glosses[key, "noun"]
            if "plur" in grammemes:
                plural.append(interleave([many, one]) if many else one)
            else:
                single.append(one)
        elif ("ADJF" in grammemes or {"ADJS", "Qual"} <= grammemes) and (key, "adj") in glosses:
            one, many = glosses[key, "adj"]
            other.append(one + many)
    unique = lambda lists: [list(t) for t in dict.fromkeys(map(tuple, lists))]
    groups = [interleave(unique(group)) for group in (plural, single, other) if group]
    if len(groups) == 3:  # a noun reading in either number: adjectives come last
        groups = [interleave(groups[:2]), groups[2]]
    return list(dict.fromkeys(g for group in groups for g in group))


def taken_for(word, name, glosses):
    """Glosses of a noun the engine sees in a possessive surname: медведев -> bears, bear, bear's."""
    one, many = glosses[fold(word), "noun"]
    first = one[0]
    if name.lower().endswith(("ин", "ын")):
        return list(dict.fromkeys([first] + many[:1] + [first + "'s"] + interleave([one, many])))
    return list(dict.fromkeys(interleave([many, one])))


# ------------------------------------------------------------------------ main


def build(dictionary, glosses):
    surnames = read_list(HERE / "surnames.txt")
    given = read_list(HERE / "given.txt")
    by_fold = {fold(n): (n, v) for n, v in surnames.items()}
    given_fold = {fold(n): (n, v) for n, v in given.items()}
    rows, missing, possessives = {}, {}, set()

    def put(form, right, kind, source, glosses_for_form):
        names = {name.lower() for name in right}
        seen = [g for g in glosses_for_form if g not in names]
        if not seen:
            return
        key = (form, "|".join(right))
        old = rows.get(key)
        if old:  # a second reading of the same form adds its glosses
            seen = list(dict.fromkeys(old[0].split("|") + seen))
            kind, source = old[1:]
        rows[key] = ("|".join(seen), kind, source)
        russian = form.endswith(("ов", "ев", "ин", "ын")) and right[0].endswith(("ov", "ev", "in", "yn"))
        if kind == "surname" and russian and form not in dictionary.noun_forms(form):
            possessives.add(key)

    def lookup(form, right, kind, source):
        readings = dictionary.common(form)
        if not readings:
            return
        found = printed(form, readings, glosses)
        if found:
            put(form, right, kind, source, found)
        else:
            for grammemes, lemma in readings:
                pos = next((g for g in ("NOUN", "ADJF", "ADJS", "VERB") if g in grammemes), "other")
                missing.setdefault((lemma, pos), set()).add((form, right[0]))

    for form, lemma, kind in sorted(dictionary.names()):
        if kind == "given":
            entry = given_fold.get(fold(lemma))
            if entry:
                lookup(form, entry[1][0] or romanise(entry[0]), kind, "opencorpora")
            continue
        name, (latin, reading) = by_fold.get(fold(lemma), (lemma, ([], "")))
        if reading == "!":
            continue
        if kind == "surname_f":
            if not feminine(name):
                continue
            lookup(form, feminine_names(name, latin), kind, "opencorpora")
        else:
            lookup(form, latin or romanise(name), kind, "opencorpora")

    for name, (latin, reading) in surnames.items():
        right = latin or romanise(name)
        if reading == "!":
            continue
        if reading.startswith("="):
            form = fold(name)
            put(form, right, "surname", "own", taken_for(reading[1:], name, glosses))
            continue
        if reading == "@":
            kind = "surname_f" if name.endswith(("ова", "ева", "ина")) else "surname"
            put(fold(name), right, kind, "own", glosses[fold(name), "form"][0])
            if not name.endswith(("ий", "ый", "ой")):
                continue
        forms, noun = decline(name), dictionary.noun_forms(name)
        if len(forms) == 1 or fold(name)[:-1] + "я" in noun:  # declined as the noun it is
            forms = [(f, "surname") for f in sorted(noun | {fold(name)})]
        for form, kind in forms:
            if kind == "surname":
                lookup(form, right, kind, "list")
            elif feminine(name):
                lookup(form, feminine_names(name, latin), kind, "list")

    for form, right in sorted(possessives):  # Соколова: what engines print for Соколов
        women = [name + "a" for name in right.split("|")]
        if not any(f == form + "а" and set(r.split("|")) & set(women) for f, r in rows):
            put(form + "а", women, "surname_f", "own", rows[form, right][0].split("|"))

    for name, (latin, reading) in given.items():
        right = latin or romanise(name)
        if reading == "@":
            put(fold(name), right, "given", "own", glosses[fold(name), "form"][0])
        else:
            lookup(fold(name), right, "given", "list")
    return rows, missing


def main():
    glosses = read_glosses()
    rows, missing = build(Dictionary(), glosses)
    if "--missing" in sys.argv[1:]:
        for (lemma, pos), uses in sorted(missing.items(), key=lambda m: (m[0][1], m[0][0])):
            print(pos, lemma, " ".join(f"{f}:{n}" for f, n in sorted(uses)), sep="\t")
        return
    lines = ["form\tprinted\tright\tclass\tsource"]
    for (form, right), (seen, kind, source) in sorted(rows.items()):
        lines.append("\t".join((form, seen, right, kind, source)))
    (HERE / "names.tsv").write_text("\n".join(lines) + "\n", encoding="utf-8", newline="\n")
    print(f"names.tsv: {len(rows)} rows, {len({f for f, _ in rows})} forms", file=sys.stderr)


if __name__ == "__main__":
    main()
