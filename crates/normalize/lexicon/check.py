#!/usr/bin/env python3
"""Check the lexicon files; exit 1 and name file and line of everything wrong.

    pip install pymorphy3 pymorphy3-dicts-ru
    python3 check.py
"""

import pathlib
import re
import sys

HERE = pathlib.Path(__file__).resolve().parent
FIVE = ["form", "printed", "right", "class", "source"]
FILES = {
    "names.tsv": (FIVE, {"surname", "surname_f", "given"}),
    "outlets.tsv": (FIVE, {"outlet", "company", "brand", "party", "weapon", "ship", "aircraft", "vaccine", "institution"}),
    "acronyms.tsv": (FIVE + ["context"], {"acronym"}),
    "organisations.tsv": (FIVE, {"organisation", "person"}),
}
SOURCES = {"opencorpora", "list", "own"}
FUNCTION_WORDS = set(
    """a an the and or but nor so yet if then than that this these those who whom whose which what when where why how
    i me my mine you your yours he him his she her hers it its we us our ours they them their theirs myself himself
    be am is are was were been being do does did done have has had having will would shall should can could may might
    must not no nor of in on at by for from with without to into onto over under up down out off about above below
    between among through during before after against as because while until since also too very just only even
    there here all any both each few more most other some such own same again once""".split()
)
# Content words that are spelt like function words: воля, мина, май; the party Наши.
ALLOWED_WORDS = {"will", "mine", "may", "our", "ours"}
LIMIT = 950_000

errors = []


def bad(name, line, text):
    errors.append(f"{name}:{line}: {text}")


def fold(text):
    return text.lower().replace("ё", "е")


def check_table(name, columns, classes):
    lines = (HERE / name).read_text("utf-8").split("\n")
    if lines[-1] != "":
        bad(name, len(lines), "no newline at the end")
    if lines[0].split("\t") != columns:
        bad(name, 1, f"header is not {columns}")
    previous = None
    rows = []
    for number, line in enumerate(lines[1:-1], 2):
        cells = line.split("\t")
        if len(cells) != len(columns):
            bad(name, number, f"{len(cells)} columns, not {len(columns)}")
            continue
        row = dict(zip(columns, cells))
        if any(c != c.strip() or not c for c in cells):
            bad(name, number, "empty cell or space at its edge")
        key = (row["form"], row["right"])
        if previous is not None and key == previous:
            bad(name, number, f"twice: {key}")
        elif previous is not None and key < previous:
            bad(name, number, f"not sorted: {key}")
        previous = key
        if row["form"] != fold(row["form"]):
            bad(name, number, "form not lower case or has ё")
        if row["class"] not in classes:
            bad(name, number, f"class {row['class']}")
        if row["source"] not in SOURCES:
            bad(name, number, f"source {row['source']}")
        right = row["right"].split("|")
        for item in right:
            if not item[:1].isupper():
                bad(name, number, f"right does not start with a capital: {item}")
        if len(right) != len(set(right)):
            bad(name, number, "right repeats itself")
        printed = row["printed"].split("|")
        if len(printed) != len(set(printed)):
            bad(name, number, "printed repeats itself")
        for item in printed:
            if item != item.lower():
                bad(name, number, f"printed not lower case: {item}")
            if not item or re.search(r"[а-яё\t]|^\s|\s$|  ", item):
                bad(name, number, f"printed ill-formed: {item!r}")
            if item in FUNCTION_WORDS and item not in ALLOWED_WORDS:
                bad(name, number, f"printed is a function word: {item}")
            if item in {r.lower() for r in right}:
                if name != "acronyms.tsv" or row["right"].lower() == item:
                    bad(name, number, f"printed is already right: {item}")
        if "context" in row:
            for word in row["context"].split("|"):
                if not re.fullmatch(r"[a-z0-9'’-]+", word):
                    bad(name, number, f"context word: {word!r}")
        rows.append((number, row))
    return rows


def check_homographs(rows):
    import pymorphy3

    proper = {"Surn", "Name", "Patr", "Geox", "Orgn", "Trad", "Abbr", "Init"}
    morph = pymorphy3.MorphAnalyzer(lang="ru")
    known = {}
    for number, row in rows:
        if row["source"] == "own":
            continue
        form = row["form"]
        if form not in known:
            parses = [p for p in morph.parse(form) if type(p.methods_stack[0][0]).__name__ == "DictionaryAnalyzer"]
            parses = [p for p in parses if fold(p.word) == form]
            common = any(not p.tag.grammemes & proper for p in parses)
            name = any(p.tag.grammemes & {"Surn", "Name"} for p in parses)
            known[form] = (common, name)
        common, name = known[form]
        if not common:
            bad("names.tsv", number, f"{form} has no reading that is no name")
        if row["source"] == "opencorpora" and not name:
            bad("names.tsv", number, f"{form} is no name in OpenCorpora")


def check_glosses():
    lines = (HERE / "glosses.tsv").read_text("utf-8").split("\n")
    if lines[0] != "lemma\tpos\tsingular\tplural":
        bad("glosses.tsv", 1, "header")
    previous = None
    for number, line in enumerate(lines[1:-1], 2):
        cells = line.split("\t")
        if len(cells) != 4:
            bad("glosses.tsv", number, f"{len(cells)} columns")
            continue
        lemma, pos, singular, plural = cells
        if pos not in {"noun", "adj", "form"}:
            bad("glosses.tsv", number, f"pos {pos}")
        if previous is not None and (lemma, pos) <= previous:
            bad("glosses.tsv", number, "not sorted or twice")
        previous = (lemma, pos)
        if not singular or not re.fullmatch(r"[a-z0-9 .'|-]+", singular) or not re.fullmatch(r"[a-z0-9 .'|-]*", plural):
            bad("glosses.tsv", number, f"glosses: {singular} / {plural}")


def check_institutions():
    name = "institutions.tsv"
    lines = (HERE / name).read_text("utf-8").split("\n")
    classes = {"event", "field", "holiday", "institution", "office", "place", "portfolio", "programme", "war"}
    if lines[0] != "right\tclass\tsmall\tbefore\tsource":
        bad(name, 1, "header")
    rows = [line.split("\t") for line in lines[1:-1]]
    if [r[0] for r in rows] != sorted({r[0] for r in rows}):
        bad(name, 1, "not sorted or not unique")
    for number, row in enumerate(rows, 2):
        if len(row) != 5 or row[1] not in classes or row[2] not in {"yes", "no"} or row[4] not in SOURCES:
            bad(name, number, f"row: {row}")
        elif not re.fullmatch(r"[A-Z][^\s]*( [^\s]+)*", row[0]):
            bad(name, number, f"right: {row[0]!r}")
    return rows


def check_words():
    text = (HERE / "english.txt").read_text("utf-8")
    words = text.split("\n")[:-1]
    if words != sorted(set(words)):
        bad("english.txt", 1, "not sorted or not unique")
    for number, word in enumerate(words, 1):
        if not word or word != word.lower() or word.endswith("'s"):
            bad("english.txt", number, f"word: {word!r}")


def main():
    tables = {name: check_table(name, *what) for name, what in FILES.items()}
    institutions = check_institutions()
    check_glosses()
    check_words()
    check_homographs(tables["names.tsv"])
    for path in HERE.iterdir():
        if path.is_file() and path.stat().st_size > LIMIT:
            bad(path.name, 0, "over the size limit")
    for error in errors:
        print(error)
    counts = ", ".join(f"{name} {len(rows)}" for name, rows in [*tables.items(), ("institutions.tsv", institutions)])
    print(f"{counts}; {len(errors)} errors", file=sys.stderr)
    return 1 if errors else 0


if __name__ == "__main__":
    sys.exit(main())
