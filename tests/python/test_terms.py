"""Counts and keyness of terms, counted again from the other tables."""

import collections
import json
import math

import pytest

from conftest import rows, run

CONTENT = {"title", "heading", "dateline", "body", "caption"}


@pytest.fixture(scope="module")
def papers(tmp_path_factory):
    """Two sites over two months, an agency, and a folder."""
    source = tmp_path_factory.mktemp("source")
    lines = []
    for n in range(1, 9):
        grain = f"The harvest was good in the north. Farmers sold grain to mill {n}.\n\nPhoto bank of the paper"
        sport = f"The match was good in the north. Players sold {n} tickets and one farmer came."
        lines.append({"id": f"g{n}", "text": grain, "url": "https://www.grain.example.org/x", "date": f"2016-02-0{n}"})
        lines.append({"id": f"s{n}", "text": sport, "url": "http://sport.example.org/", "date": f"2016-0{2 + n % 2}-01"})
    lines.append({"id": "t", "text": "MOSCOW, February 24. /TASS/. The harvest in the north was good.", "url": "http://sport.example.org/"})
    (source / "dump.jsonl").write_text("\n".join(map(json.dumps, lines)), encoding="utf8")
    (source / "wire").mkdir()
    (source / "wire" / "a.txt").write_text("The harvest was bad, the north was cold.", encoding="utf8")
    return run(source, tmp_path_factory.mktemp("tables"))


def source_of(document):
    if document["agency"]:
        return document["agency"]
    if document["url"]:
        return document["url"].split("/")[2].removeprefix("www.")
    return document["doc_id"].split("/")[0]


def month_of(document):
    return document["published"] and document["published"].strftime("%Y-%m")


def log_likelihood(part, part_words, whole, whole_words):
    """Rayson and Garside 2000, negative where the part has less than its share."""
    cells = [(part, part_words), (whole - part, whole_words - part_words)]
    size = 2 * sum(n * math.log(n * whole_words / (words * whole)) for n, words in cells if n)
    return -size if part * whole_words < whole * part_words else size


@pytest.mark.parametrize("column, name, group_of", [("sources", "source", source_of), ("months", "month", month_of)])
def test_terms_are_compared_by_source_and_month(papers, column, name, group_of):
    group = {d["doc_id"]: group_of(d) for d in rows(papers, "documents")}
    role = {(s["doc_id"], s["sentence"]): s["role"] for s in rows(papers, "sentences")}
    counts, docs, words = collections.Counter(), collections.defaultdict(set), collections.Counter()
    for t in rows(papers, "tokens"):
        if t["kind"] == "word" and role[t["doc_id"], t["sentence"]] in CONTENT:
            words[group[t["doc_id"]]] += 1
            if not t["is_stop"]:
                counts[t["stem"], group[t["doc_id"]]] += 1
                docs[t["stem"], group[t["doc_id"]]].add(t["doc_id"])
    terms = rows(papers, "terms")
    assert {t["norm"] for t in terms} == {stem for stem, _ in counts}
    for t in terms:
        got = {g[name]: (g["n_docs"], g["count"]) for g in t[column]}
        want = {g: (len(docs[stem, g]), n) for (stem, g), n in counts.items() if stem == t["norm"] and g}
        assert got == want, t["norm"]
        for g in t[column]:
            expected = log_likelihood(g["count"], words[g[name]], t["count"], words.total())
            assert g["keyness"] == pytest.approx(expected, abs=2e-6), (t["norm"], g)
        assert [g["keyness"] for g in t[column]] == sorted((g["keyness"] for g in t[column]), reverse=True)


def test_what_a_source_writes_of_comes_first(papers):
    terms = {t["term"]: t for t in rows(papers, "terms")}
    assert {g["source"] for g in terms["harvest"]["sources"]} == {"grain.example.org", "TASS", "wire"}
    assert terms["harvest"]["sources"][0]["source"] == "grain.example.org"
    assert terms["harvest"]["months"][0]["month"] == "2016-02" and terms["harvest"]["months"][0]["keyness"] > 0
    assert terms["north"]["sources"][-1]["keyness"] < terms["harvest"]["sources"][0]["keyness"]


def test_lines_that_one_source_repeats_are_boilerplate(papers):
    texts = {d["doc_id"]: d["text"] for d in rows(papers, "documents")}
    lines = {texts[s["doc_id"]][s["char_start"] : s["char_end"]] for s in rows(papers, "sentences") if s["role"] == "boilerplate"}
    assert lines == {"Photo bank of the paper"}
