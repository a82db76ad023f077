#!/usr/bin/env python3
"""Write words.tsv and word_endings.tsv: every inflected form of the words of word_glosses.tsv.

    pip install pymorphy3 pymorphy3-dicts-ru
    python3 words.py            # writes both files beside this one
    python3 words.py --model    # prints how words that OpenCorpora lacks are inflected

Input: word_glosses.tsv beside this file and the OpenCorpora dictionary (pymorphy3-dicts-ru,
CC BY-SA 3.0). Output is sorted and the same on every run. WORDS.md describes the columns.
"""

import collections
import os
import pathlib
import re
import sys

import pymorphy3

HERE = pathlib.Path(__file__).resolve().parent
PROPER = {"Surn", "Name", "Patr", "Geox", "Orgn", "Trad", "Abbr", "Init"}
SKIP = {"Erro", "Dist", "Litr", "Cmp2", "Supr"}
SLOTS = {
    "noun": ["one", "many"],
    "adj": ["plain", "comp"],
    "verb": ["base", "third", "past", "ing", "passive"],
    "adv": ["plain"],
    "other": ["plain"],
}


def fold(text):
    return text.lower().replace("ё", "е")


# --------------------------------------------------------------------- English

VOWEL = "aeiou"
# Verbs of more than one syllable that double the last letter.
DOUBLES = set(
    """abet admit allot commit compel concur confer control defer deter dispel emit enrol equip excel expel incur instil
    permit prefer propel rebel rebut recur refer regret remit repel submit transfer transmit unplug befit
    babysit backpedal debug eavesdrop kidnap outwit overstep sidestep unwrap worship handicap zigzag upset hobnob begin forget half-forget
    format outbid reset resit outrun undercut""".split()
)
PLURAL_F = {"leaf", "loaf", "calf", "half", "wolf", "shelf", "thief", "knife", "wife", "life", "self", "elf"}
PLURAL_O = {"potato", "tomato", "hero", "echo", "veto", "embargo", "torpedo", "cargo", "mosquito", "tornado", "volcano"}
NOT_MEN = {"german", "roman", "human", "shaman", "talisman", "ottoman"}
PREPOSITIONS = {"of", "in", "for", "with", "on", "under", "from", "to", "by", "at"}


def doubled(word):
    if len(word) < 3 or word[-1] in VOWEL + "wxyh" or word[-2] not in VOWEL:
        return False
    if word[-3] in VOWEL and word[-4:-2] != "qu":
        return False
    if word in DOUBLES or (word[-1] == "l" and len(word) > 3):
        return True
    return len(re.findall("[aeiouy]+", word)) == 1


def ed(word):
    if word.endswith("e"):
        return word + "d"
    if word.endswith("y") and word[-2] not in VOWEL:
        return word[:-1] + "ied"
    if word.endswith("c"):
        return word + "ked"
    return word + word[-1] + "ed" if doubled(word) else word + "ed"


def ing(word):
    if word == "be":
        return "being"
    if word.endswith("ie"):
        return word[:-2] + "ying"
    if word.endswith("e") and not word.endswith(("ee", "oe", "ye", "inge")):
        return word[:-1] + "ing"
    if word.endswith("c"):
        return word + "king"
    return word + word[-1] + "ing" if doubled(word) else word + "ing"


def third(word):
    if word == "be":
        return "is"
    if word == "have":
        return "has"
    if word.endswith(("s", "x", "z", "ch", "sh", "o")):
        return word + ("es" if not word.endswith("oo") else "s")
    if word.endswith("y") and word[-2] not in VOWEL:
        return word[:-1] + "ies"
    return word + "s"


def plural(phrase):
    """The plural of a noun phrase: of the word before its first preposition, or of the last."""
    words = phrase.split(" ")
    at = next((i - 1 for i, w in enumerate(words) if i and w in PREPOSITIONS), len(words) - 1)
    word = words[at]
    if word in PLURAL_O:
        word += "es"
    elif word.endswith("man") and word.lower() not in NOT_MEN:
        word = word[:-2] + "en"
    elif word == "crisis":
        word = "crises"
    elif word in PLURAL_F:
        word = re.sub("fe?$", "ves", word)
    elif word.endswith(("s", "x", "z", "ch", "sh")):
        word += "es"
    elif word.endswith("y") and word[-2] not in VOWEL:
        word = word[:-1] + "ies"
    else:
        word += "s"
    words[at] = word
    return " ".join(words)


def comparative(word):
    beats = len(re.findall("[aeiouy]+", re.sub("e$", "", word)))
    if word in {"good", "bad", "ill", "far", "few"}:
        return {"good": "better", "bad": "worse", "ill": "worse", "far": "farther", "few": "fewer"}[word]
    if " " in word or "-" in word or beats > 2 or (beats == 2 and not word.endswith("y")) or word.endswith("ed"):
        return "more " + word
    if word.endswith("e"):
        return word + "r"
    if word.endswith("y") and word[-2] not in VOWEL:
        return word[:-1] + "ier"
    return word + word[-1] + "er" if doubled(word) and not word.endswith("l") else word + "er"


def english(pos, gloss, other):
    """The gloss in every slot of SLOTS[pos]."""
    if pos == "noun":
        return [gloss, gloss if other == "-" else other or plural(gloss)]
    if pos == "verb":
        head, space, tail = gloss.partition(" ")
        tail = space + tail
        past, passive = other.split("|") if other else (ed(head) + tail, ed(head) + tail)
        return [gloss, third(head) + tail, past, ing(head) + tail, passive]
    if pos == "adj":
        return [gloss, comparative(gloss)]
    return [gloss]


def pack(forms):
    """Forms as common head, the differing middles, common tail: turn|,s,ed,ing,ed| away."""
    forms = list(forms)
    while len(forms) > 1 and forms[-1] == forms[-2]:
        forms.pop()
    if len(forms) == 1:
        return forms[0]
    head = os.path.commonprefix(forms)
    rest = [f[len(head) :] for f in forms]
    tail = os.path.commonprefix([r[::-1] for r in rest])[::-1]
    if not tail.startswith(" "):
        tail = tail[tail.index(" ") :] if " " in tail else ""
    return head + "|" + ",".join(r[: len(r) - len(tail)] if tail else r for r in rest) + "|" + tail


# --------------------------------------------------------------------- Russian


class Dictionary:
    def __init__(self):
        self.morph = pymorphy3.MorphAnalyzer(lang="ru")
        self.models = {}

    def known(self, word):
        """Dictionary readings of a word that are no names, commonest first."""
        found = []
        for p in self.morph.parse(word):
            if type(p.methods_stack[0][0]).__name__ != "DictionaryAnalyzer" or len(p.methods_stack) != 1:
                continue
            if fold(p.word) == word and not p.tag.grammemes & PROPER:
                found.append(p)
        return found

    def pick(self, readings, lemma, pos):
        for p in readings:
            if p.tag.POS == {"noun": "NOUN", "verb": "INFN", "adv": "ADVB"}.get(pos) and fold(p.normal_form) == lemma:
                return p
            if pos == "noun" and p.tag.POS == "NOUN" and {"plur", "nomn"} <= p.tag.grammemes:
                return p
        for p in readings:
            if pos in ("noun", "adj") and p.tag.POS in ("ADJF", "PRTF") and {"sing", "nomn"} <= p.tag.grammemes:
                if pos == "noun" or "masc" in p.tag.grammemes:
                    return p
        if pos in ("adv", "other") and readings:
            return readings[0]
        return None

    def find(self, lemma, pos):
        """(prefix, reading, source): `prefix` stands before the word that is inflected instead."""
        p = self.pick(self.known(lemma), lemma, pos)
        if p:
            return "", p, "opencorpora"
        if "-" in lemma and pos in ("noun", "adj"):
            cuts = [lemma.rindex("-") + 1]
        else:
            cuts = range(2, len(lemma) - 3)
        if pos in ("noun", "adj"):
            for cut in cuts:
                p = self.pick(self.known(lemma[cut:]), lemma[cut:], pos)
                if p and p.tag.POS == {"noun": "NOUN", "adj": "ADJF"}[pos] and fold(p.normal_form) == lemma[cut:]:
                    return lemma[:cut], p, "own"
        p = self.pick([p for p in self.morph.parse(lemma) if fold(p.word) == lemma], lemma, pos)
        if p:
            return "", p, "own"
        return "", None, "own"

    def forms(self, lemma, pos, like=""):
        """Forms by slot, ё folded; `like` is a word of the dictionary that is inflected in the same way."""
        if like:
            cut = len(os.path.commonprefix([lemma[::-1], like[::-1]]))
            old, new = like[: len(like) - cut], lemma[: len(lemma) - cut]
            found = self.forms(like, pos)
            self.models[lemma, pos] = (new, like, "like", "own")
            return {s: {new + f[len(old) :] for f in forms if f.startswith(old)} for s, forms in found.items()}
        slots = {s: set() for s in SLOTS[pos]}
        prefix, p, source = self.find(lemma, pos)
        self.models[lemma, pos] = (prefix, fold(p.normal_form) if p else "", str(p.tag) if p else "", source)
        if pos in ("adv", "other") or p is None:
            slots[SLOTS[pos][0]].add(lemma)
            return slots
        own = p.tag.grammemes
        for f in p.lexeme:
            g = f.tag.grammemes
            if g & SKIP:
                continue
            slot = None
            if pos == "noun":
                if p.tag.POS != "NOUN":  # an adjective or participle that serves as a noun
                    if f.tag.POS != p.tag.POS or not ("plur" in g or own & {"masc", "femn", "neut"} <= g):
                        continue
                    if own & {"pres", "past", "actv", "pssv"} - g:
                        continue
                elif f.tag.POS != "NOUN":
                    continue
                slot = "many" if "plur" in g else "one"
            elif pos == "adj":
                if p.tag.POS == "PRTF":
                    if f.tag.POS in ("PRTF", "PRTS") and not own & {"pres", "past", "actv", "pssv"} - g:
                        slot = "plain"
                elif f.tag.POS in ("ADJF", "ADJS"):
                    slot = "plain"
                elif f.tag.POS == "COMP":
                    slot = "comp" if not prefix else None
            elif f.tag.POS in ("PRTF", "PRTS"):
                slot = "passive" if "pssv" in g else "ing"
            elif f.tag.POS == "GRND":
                slot = "ing"
            elif "past" in g:
                slot = "past"
            elif f.tag.POS == "VERB" and {"3per", "sing", "pres"} <= g:
                slot = "third"
            elif f.tag.POS in ("VERB", "INFN"):
                slot = "base"
            if slot:
                slots[slot].add(fold(prefix + f.word))
        return slots


# ------------------------------------------------------------------------ main


def read_glosses():
    rows = []
    for line in (HERE / "word_glosses.tsv").read_text("utf-8").splitlines()[1:]:
        rows.append(line.split("\t"))
    return rows


def build(dictionary):
    """Rows of (stem, endings by slot, English, pos)."""
    glosses = read_glosses()
    adverbs = {lemma for lemma, pos, *_ in glosses if pos == "adv"}
    rows = []
    for lemma, pos, gloss, other, source in glosses:
        slots = dictionary.forms(lemma, pos, source.partition("=")[2])
        if pos == "adj":  # an adverb of its own takes the short neuter
            slots["plain"] -= adverbs
        forms = set().union(*slots.values())
        stem = os.path.commonprefix(sorted(forms))
        endings = ";".join("|".join(sorted(f[len(stem) :] for f in slots[s])) if slots[s] else "-" for s in SLOTS[pos])
        endings = re.sub("(;-)+$", "", endings)
        words = english(pos, gloss, other)
        rows.append((stem, endings, pack(words[: endings.count(";") + 1]), pos))
    return sorted(set(rows))


def main():
    dictionary = Dictionary()
    rows = build(dictionary)
    if "--model" in sys.argv[1:]:
        for (lemma, pos), (prefix, model, tag, source) in sorted(dictionary.models.items()):
            if source == "own":
                print(lemma, pos, prefix, model, tag, sep="\t")
        return
    count = collections.Counter(endings for _, endings, _, _ in rows)
    order = sorted(count, key=lambda e: (-count[e], e))
    number = {endings: n for n, endings in enumerate(order)}
    lines = ["id\tendings"] + [f"{n}\t{endings}" for n, endings in enumerate(order)]
    (HERE / "word_endings.tsv").write_text("\n".join(lines) + "\n", encoding="utf-8", newline="\n")
    lines = ["stem\tendings\tenglish\tpos"]
    lines += sorted(f"{stem}\t{number[endings]}\t{words}\t{pos}" for stem, endings, words, pos in rows)
    (HERE / "words.tsv").write_text("\n".join(lines) + "\n", encoding="utf-8", newline="\n")
    print(f"words.tsv: {len(rows)} rows; word_endings.tsv: {len(order)} rows", file=sys.stderr)


if __name__ == "__main__":
    main()
