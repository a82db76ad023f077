"""Every table opens in pyarrow, pandas, Polars and DuckDB with the types the schema promises."""

import duckdb
import pandas
import polars
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from conftest import TABLES, schema

ARROW = {
    "string": pa.string(),
    "int32": pa.int32(),
    "int64": pa.int64(),
    "float64": pa.float64(),
    "boolean": pa.bool_(),
    "timestamp": pa.timestamp("ms"),
}
DUCKDB = {"string": "VARCHAR", "int32": "INTEGER", "int64": "BIGINT", "float64": "DOUBLE", "boolean": "BOOLEAN", "timestamp": "TIMESTAMP"}
POLARS = {
    "string": polars.String,
    "int32": polars.Int32,
    "int64": polars.Int64,
    "float64": polars.Float64,
    "boolean": polars.Boolean,
    "timestamp": polars.Datetime("ms"),
}
# Columns of lists: the fields of their structs.
LISTS = [
    {"surface": "string", "count": "int64"},
    {"source": "string", "n_docs": "int64", "count": "int64", "keyness": "float64"},
    {"month": "string", "n_docs": "int64", "count": "int64", "keyness": "float64"},
]
for fields in LISTS:
    name = "list<struct<" + ", ".join(f"{n}: {t}" for n, t in fields.items()) + ">>"
    ARROW[name] = pa.list_(pa.field("item", pa.struct([pa.field(n, ARROW[t], False) for n, t in fields.items()]), False))
    DUCKDB[name] = "STRUCT(" + ", ".join(f"{n} {DUCKDB[t]}" for n, t in fields.items()) + ")[]"
    POLARS[name] = polars.List(polars.Struct({n: POLARS[t] for n, t in fields.items()}))


def test_the_schema_names_every_table():
    assert sorted(schema()) == sorted(TABLES)


@pytest.mark.parametrize("table", TABLES)
def test_pyarrow_sees_the_promised_columns_and_descriptions(folder, table):
    got = pq.read_schema(folder / f"{table}.parquet")
    want = schema()[table]["columns"]
    assert [(f.name, f.type) for f in got] == [(c["name"], ARROW[c["type"]]) for c in want]
    for field, column in zip(got, want):
        assert field.metadata[b"description"].decode() == column["description"]
        assert field.nullable == column["nullable"]


@pytest.mark.parametrize("table", TABLES)
def test_duckdb_sees_the_promised_types(folder, table):
    got = duckdb.sql(f"DESCRIBE SELECT * FROM '{folder / table}.parquet'").fetchall()
    want = schema()[table]["columns"]
    # DuckDB puts quotes around field names that SQL knows.
    assert [(name, kind.replace('"', "")) for name, kind, *_ in got] == [(c["name"], DUCKDB[c["type"]]) for c in want]


@pytest.mark.parametrize("table", TABLES)
def test_polars_sees_the_promised_types(folder, table):
    got = polars.read_parquet(folder / f"{table}.parquet")
    want = schema()[table]["columns"]
    assert dict(got.schema) == {c["name"]: POLARS[c["type"]] for c in want}


@pytest.mark.parametrize("table", TABLES)
def test_all_readers_count_the_same_rows(folder, table):
    path = folder / f"{table}.parquet"
    n = pq.read_metadata(path).num_rows
    assert len(pandas.read_parquet(path)) == n
    assert polars.scan_parquet(path).select(polars.len()).collect().item() == n
    assert duckdb.sql(f"SELECT count(*) FROM '{path}'").fetchall()[0][0] == n


def test_dates_arrive_as_times(unicode):
    got = pandas.read_parquet(unicode / "documents.parquet")["published"]
    assert set(got.dropna().astype(str)) == {"2016-02-25 10:27:00"}
