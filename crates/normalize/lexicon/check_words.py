#!/usr/bin/env python3
"""Check word_glosses.tsv, word_parts.tsv, words.tsv and word_endings.tsv; exit 1 on any error.

    pip install pymorphy3 pymorphy3-dicts-ru
    python3 check_words.py            # must report no errors
    python3 check_words.py --shared   # also lists the forms that two different words share
"""

import collections
import pathlib
import re
import sys

import words

HERE = pathlib.Path(__file__).resolve().parent
LIMIT = 900_000

errors = []


def bad(name, line, text):
    errors.append(f"{name}:{line}: {text}")


def table(name, columns):
    text = (HERE / name).read_text("utf-8")
    if not text.endswith("\n") or "\r" in text:
        bad(name, 0, "line ends")
    lines = text.split("\n")[:-1]
    if lines[0].split("\t") != columns:
        bad(name, 1, f"header is not {columns}")
    rows = []
    for number, line in enumerate(lines[1:], 2):
        cells = line.split("\t")
        if len(cells) != len(columns):
            bad(name, number, f"{len(cells)} columns")
            continue
        if any(c != c.strip() for c in cells):
            bad(name, number, "space at the edge of a cell")
        rows.append((number, cells))
    return rows


def check_glosses():
    dictionary = words.Dictionary()
    previous = None
    for number, (lemma, pos, english, other, source) in table(
        "word_glosses.tsv", ["lemma", "pos", "english", "other", "source"]
    ):
        key = (lemma, pos)
        if previous is not None and key <= previous:
            bad("word_glosses.tsv", number, f"not sorted or twice: {key}")
        previous = key
        if not re.fullmatch("[а-я]+(-[а-я]+)*", lemma):
            bad("word_glosses.tsv", number, f"lemma {lemma}")
        if pos not in words.SLOTS:
            bad("word_glosses.tsv", number, f"pos {pos}")
            continue
        if not re.fullmatch(r"[A-Za-zèé][A-Za-zèé' -]*", english) or (pos == "verb" and english.startswith("to ")):
            bad("word_glosses.tsv", number, f"english {english}")
        if pos == "verb" and other and len(other.split("|")) != 2:
            bad("word_glosses.tsv", number, f"other is not past|participle: {other}")
        if pos not in ("noun", "verb") and other:
            bad("word_glosses.tsv", number, f"other: {other}")
        like = source.partition("=")[2]
        found = dictionary.find(like or lemma, pos)
        if like and found[2] != "opencorpora":
            bad("word_glosses.tsv", number, f"inflected as {like}, which the dictionary lacks")
        elif not like and source != found[2]:
            bad("word_glosses.tsv", number, f"source is {found[2]}, not {source}")


def check_parts():
    rows = [cells for _, cells in table("word_parts.tsv", ["part", "english"])]
    if rows != sorted(rows) or len({r[0] for r in rows}) != len(rows):
        bad("word_parts.tsv", 0, "not sorted or twice")
    for part, english in rows:
        if not re.fullmatch("[а-я]+", part) or not re.fullmatch("[A-Za-z -]+", english):
            bad("word_parts.tsv", 0, f"{part} {english}")


def check_forms():
    """Every form by its rows: form -> {(english, pos)}."""
    endings = {}
    for number, (key, text) in table("word_endings.tsv", ["id", "endings"]):
        endings[key] = [[] if slot == "-" else slot.split("|") for slot in text.split(";")]
        if key != str(number - 2) or not re.fullmatch("[а-я|;-]*", text):
            bad("word_endings.tsv", number, f"row {key}")
        for slot in endings[key]:
            if slot != sorted(set(slot)):
                bad("word_endings.tsv", number, "endings not sorted or twice")
    forms = collections.defaultdict(set)
    lines, used = [], set()
    for number, (stem, key, english, pos) in table("words.tsv", ["stem", "endings", "english", "pos"]):
        lines.append("\t".join((stem, key, english, pos)))
        used.add(key)
        if key not in endings or pos not in words.SLOTS or len(endings[key]) > len(words.SLOTS[pos]):
            bad("words.tsv", number, f"endings {key} of {pos}")
            continue
        if english.count("|") not in (0, 2):
            bad("words.tsv", number, f"english {english}")
        for slot in endings[key]:
            for ending in slot:
                if not re.fullmatch("[а-я-]+", stem + ending):
                    bad("words.tsv", number, f"form {stem + ending}")
                forms[stem + ending].add((english, pos))
    if lines != sorted(set(lines)):
        bad("words.tsv", 0, "not sorted or twice")
    if used != set(endings):
        bad("word_endings.tsv", 0, "rows that words.tsv does not use")
    return len(lines), forms


def main():
    check_glosses()
    check_parts()
    rows, forms = check_forms()
    for name in ("word_glosses.tsv", "word_parts.tsv", "words.tsv", "word_endings.tsv"):
        if (HERE / name).stat().st_size > LIMIT:
            bad(name, 0, "over the size limit")
    for error in errors:
        print(error)
    shared = {form: found for form, found in forms.items() if len(found) > 1}
    if "--shared" in sys.argv[1:]:
        for form, found in sorted(shared.items()):
            print(form, "; ".join(f"{english} ({pos})" for english, pos in sorted(found)), sep="\t")
    print(
        f"{rows} rows, {len(forms)} forms, {len(shared)} of them of more than one word; {len(errors)} errors",
        file=sys.stderr,
    )
    return 1 if errors else 0


if __name__ == "__main__":
    sys.exit(main())
