"""What a reader of the seeds should find: one query a question."""

import duckdb


def test_sands_counts_for_peskov(seeds):
    got = duckdb.sql(f"SELECT after, count(*) FROM '{seeds}/corrections.parquet' WHERE before = 'Sands' AND status = 'applied' GROUP BY 1").fetchall()
    assert got == [("Peskov", 2)]
    n = duckdb.sql(f"SELECT count FROM '{seeds}/terms.parquet' WHERE term = 'Sands'").fetchall()
    assert n == []


def test_the_dateline_and_the_date_are_read(seeds):
    q = f"SELECT agency, place, published::VARCHAR FROM '{seeds}/documents.parquet' WHERE doc_id LIKE '002%'"
    assert duckdb.sql(q).fetchall() == [("TASS", "Moscow", "2016-02-25 10:27:00")]


def test_nothing_that_is_right_is_changed(seeds):
    q = f"SELECT doc_id, before, after FROM '{seeds}/corrections.parquet' WHERE status = 'applied' AND (doc_id LIKE '002%' OR doc_id LIKE '004%')"
    assert duckdb.sql(q).fetchall() == []


def test_what_is_not_the_article_has_a_role(seeds):
    q = f"""SELECT s.role, substr(d.text, s.char_start + 1, s.char_end - s.char_start) FROM '{seeds}/sentences.parquet' s
            JOIN '{seeds}/documents.parquet' d USING (doc_id) WHERE s.role NOT IN ('title', 'heading', 'body', 'dateline')"""
    got = {(role, text) for role, text in duckdb.sql(q).fetchall()}
    for line in [("boilerplate", "Read more"), ("boilerplate", "X"), ("related", "See also"), ("boilerplate", "S/SH 11"), ("metadata", "ID :")]:
        assert line in got, line


def test_who_said_what(seeds):
    q = f"SELECT speaker, count(*) FROM '{seeds}/quotes.parquet' WHERE speech = 'direct' AND doc_id LIKE '001%' GROUP BY 1 ORDER BY 1"
    got = dict(duckdb.sql(q).fetchall())
    assert got["John Kerry"] >= 2 and got["Sergei Lavrov"] >= 3, got


def test_a_repaired_name_speaks(seeds):
    q = f"SELECT speaker, speaker_text, cue FROM '{seeds}/quotes.parquet' WHERE doc_id LIKE '003%' AND starts_with(text, 'Concentrate entirely')"
    assert duckdb.sql(q).fetchall() == [("Dmitry Peskov", "Peskov", "added")]
