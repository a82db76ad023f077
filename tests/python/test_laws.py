"""What the tables promise: joins, order, and offsets that hold for every row."""

import json

import duckdb
import pytest

from conftest import TABLES, rows

PLACED = ["sentences", "tokens", "corrections", "mentions", "quotes"]


def texts(folder):
    clean = {r["doc_id"]: r["text"] for r in rows(folder, "documents")}
    raw = {r["doc_id"]: r["raw_text"] for r in rows(folder, "sources")}
    return clean, raw


@pytest.mark.parametrize("table", [t for t in TABLES if t not in ("terms", "entities")])
def test_rows_are_sorted_by_document(folder, table):
    ids = [r["doc_id"] for r in rows(folder, table)]
    assert ids == sorted(ids, key=lambda i: i.encode())


@pytest.mark.parametrize("table", PLACED)
def test_rows_are_sorted_by_position(folder, table):
    key = "raw_start" if table == "corrections" else "char_start"
    places = [(r["doc_id"].encode(), r[key]) for r in rows(folder, table)]
    assert places == sorted(places)


def test_tokens_are_what_their_offsets_say(folder):
    clean, raw = texts(folder)
    tokens = rows(folder, "tokens")
    assert tokens
    for t in tokens:
        assert clean[t["doc_id"]][t["char_start"] : t["char_end"]] == t["text"]
        assert 0 <= t["raw_start"] < t["raw_end"] <= len(raw[t["doc_id"]])


def test_tokens_of_untouched_text_read_the_same_in_the_raw_text(folder):
    clean, raw = texts(folder)
    touched = {}
    for c in rows(folder, "corrections"):
        if c["status"] == "applied":
            touched.setdefault(c["doc_id"], []).append((c["raw_start"], c["raw_end"]))
    for t in rows(folder, "tokens"):
        if not any(s < t["raw_end"] and e > t["raw_start"] for s, e in touched.get(t["doc_id"], [])):
            assert raw[t["doc_id"]][t["raw_start"] : t["raw_end"]] == t["text"]


def test_every_visible_character_is_in_one_token(folder):
    clean, _ = texts(folder)
    at = dict.fromkeys(clean, 0)
    for t in rows(folder, "tokens"):
        gap = clean[t["doc_id"]][at[t["doc_id"]] : t["char_start"]]
        assert at[t["doc_id"]] <= t["char_start"] and not gap.strip(), repr(gap)
        at[t["doc_id"]] = t["char_end"]
    for doc, end in at.items():
        assert not clean[doc][end:].strip()


def test_sentences_hold_their_tokens(folder):
    clean, _ = texts(folder)
    sentences = {(s["doc_id"], s["sentence"]): s for s in rows(folder, "sentences")}
    for s in sentences.values():
        text = clean[s["doc_id"]][s["char_start"] : s["char_end"]]
        assert text and text == text.strip()
    for t in rows(folder, "tokens"):
        s = sentences[t["doc_id"], t["sentence"]]
        assert s["char_start"] <= t["char_start"] and t["char_end"] <= s["char_end"]


def test_corrections_are_what_their_offsets_say(folder):
    clean, raw = texts(folder)
    corrections = rows(folder, "corrections")
    assert any(c["status"] == "applied" for c in corrections)
    for c in corrections:
        assert raw[c["doc_id"]][c["raw_start"] : c["raw_end"]] == c["before"]
        stands = clean[c["doc_id"]][c["char_start"] : c["char_end"]]
        if c["status"] == "applied":
            assert stands == c["after"]
        assert c["after"] is None if c["status"] == "flagged" else c["after"] or c["status"] == "refused"
        assert (c["refused_by"] is not None) == (c["status"] == "refused")
        assert c["evidence"].endswith(".") and 0 <= c["confidence"] <= 1


def test_undoing_the_applied_corrections_gives_back_the_raw_text(folder):
    clean, raw = texts(folder)
    edits = {}
    for c in rows(folder, "corrections"):
        if c["status"] == "applied":
            edits.setdefault(c["doc_id"], []).append((c["char_start"], c["char_end"], c["before"]))
    for doc, text in clean.items():
        for start, end, before in sorted(edits.get(doc, []), reverse=True):
            text = text[:start] + before + text[end:]
        assert text == raw[doc]


def test_quotes_and_speakers_are_what_their_offsets_say(folder):
    clean, raw = texts(folder)
    quotes = rows(folder, "quotes")
    assert quotes
    ends = {}
    keys = {e["entity_id"] for e in rows(folder, "entities")} | {None}
    for q in quotes:
        doc = q["doc_id"]
        assert q["speaker_entity_id"] in keys
        assert clean[doc][q["char_start"] : q["char_end"]] == q["text"]
        assert 0 <= q["raw_start"] < q["raw_end"] <= len(raw[doc])
        assert q["speech"] in ("direct", "indirect")
        assert q["char_start"] >= ends.get((doc, q["level"]), 0)
        ends[doc, q["level"]] = q["char_end"]
        if q["speaker_text"] is None:
            assert q["speaker"] is None and q["speaker_char_start"] is None and q["speaker_raw_start"] is None
        else:
            assert clean[doc][q["speaker_char_start"] : q["speaker_char_end"]] == q["speaker_text"]
            assert raw[doc][q["speaker_raw_start"] : q["speaker_raw_end"]]


def test_keywords_stand_where_they_say(folder):
    clean, _ = texts(folder)
    for k in rows(folder, "keywords"):
        assert 0 <= k["first_char_start"] < len(clean[k["doc_id"]])
        assert k["count"] >= 1 and k["rank"] >= 1


def test_mentions_are_what_their_offsets_say(folder):
    clean, raw = texts(folder)
    corrections = {(c["doc_id"], c["correction"]): c for c in rows(folder, "corrections")}
    last = {}
    for m in rows(folder, "mentions"):
        assert clean[m["doc_id"]][m["char_start"] : m["char_end"]] == m["text"]
        assert 0 <= m["raw_start"] < m["raw_end"] <= len(raw[m["doc_id"]])
        assert m["char_start"] >= last.get(m["doc_id"], 0)
        last[m["doc_id"]] = m["char_end"]
        if m["correction"] is not None:
            c = corrections[m["doc_id"], m["correction"]]
            assert c["status"] == "applied"
            assert c["char_start"] < m["char_end"] and m["char_start"] < c["char_end"]


def test_entities_count_their_mentions(folder):
    mentions = rows(folder, "mentions")
    entities = {e["entity_id"]: e for e in rows(folder, "entities")}
    assert mentions and {m["entity_id"] for m in mentions} == set(entities)
    for key, e in entities.items():
        own = [m for m in mentions if m["entity_id"] == key]
        assert e["n_mentions"] == len(own) == sum(v["count"] for v in e["variants"])
        assert e["n_docs"] == len({m["doc_id"] for m in own})
        assert {v["surface"] for v in e["variants"]} == {m["text"] for m in own}
        assert [v["count"] for v in e["variants"]] == sorted((v["count"] for v in e["variants"]), reverse=True)
        assert key.startswith(e["kind"] + "/") and {m["kind"] for m in own} == {e["kind"]} and e["name"]


def test_mentions_join_entities_and_the_corrections_that_made_them(folder):
    made = duckdb.sql(
        f"""SELECT e.name, c.before, m.text FROM '{folder}/mentions.parquet' m
        JOIN '{folder}/entities.parquet' e USING (entity_id)
        JOIN '{folder}/corrections.parquet' c ON c.doc_id = m.doc_id AND c.correction = m.correction"""
    ).fetchall()
    assert all(name and before and text for name, before, text in made)
    variants = duckdb.sql(f"SELECT unnest(variants, recursive := true) FROM '{folder}/entities.parquet'").fetchall()
    assert len(variants) >= len(rows(folder, "entities"))


def test_every_table_joins(folder):
    for table in [t for t in TABLES if t not in ("terms", "entities", "sources", "documents")]:
        lost = duckdb.sql(
            f"SELECT count(*) FROM '{folder}/{table}.parquet' AS t ANTI JOIN '{folder}/documents.parquet' AS d USING (doc_id)"
        ).fetchall()[0][0]
        assert lost == 0, table


def test_documents_and_rejected_sources_make_up_all_sources(folder):
    status = {r["doc_id"]: r["status"] for r in rows(folder, "sources")}
    assert {d for d, s in status.items() if s == "ok"} == {r["doc_id"] for r in rows(folder, "documents")}
    assert all(r["reason"] for r in rows(folder, "sources") if r["status"] == "rejected")


def test_counts_agree_with_the_rows_and_the_manifest(folder):
    manifest = json.loads((folder / "manifest.json").read_text(encoding="utf8"))
    documents = rows(folder, "documents")
    assert manifest["counts"]["documents"] == len(documents)
    assert manifest["counts"]["tokens"] == len(rows(folder, "tokens")) == sum(d["n_tokens"] for d in documents)
    assert manifest["counts"]["sentences"] == len(rows(folder, "sentences")) == sum(d["n_sentences"] for d in documents)
    applied = [c for c in rows(folder, "corrections") if c["status"] == "applied"]
    assert sum(d["n_applied"] for d in documents) == len(applied)
    assert sum(k["applied"] for k in manifest["corrections"].values()) == len(applied)


def test_the_broken_line_is_on_record(unicode):
    bad = [r for r in rows(unicode, "sources") if r["status"] == "rejected"]
    assert [r["doc_id"] for r in bad] == ["mixed.jsonl#L5"]
    assert "not valid JSON" in bad[0]["reason"]


def test_fields_without_a_column_are_kept(unicode):
    kept = [json.loads(r["metadata"]) for r in rows(unicode, "sources") if r["status"] == "ok"]
    assert kept == [{"site": "é"}] * 4
