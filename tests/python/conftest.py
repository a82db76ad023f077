"""Runs the built program once over each corpus; the tests open what it wrote."""

import json
import pathlib
import subprocess

import pyarrow.parquet as pq
import pytest

ROOT = pathlib.Path(__file__).resolve().parents[2]
PROGRAM = ROOT / "target" / "release" / "decalque"
TABLES = ["sources", "documents", "sentences", "tokens", "corrections", "quotes", "keywords", "terms", "mentions", "entities"]

# Texts whose characters take one to four bytes, with something to repair in each layer.
UNICODE = [
    "😀 The Russian foreign Minister left “early”, – said Иван.\n\nNaïve café — 5 €.",
    "“We agree,” Dmitry Peskov told reporters.\r\n\r\n“𝔘nder no terms,” added Sands. e\u0301té.",
    "Привет! The Russian VCS и другие.. 中文也可以。",
    "\ufeffZero\u200bwidth \u00adsoft. العربية plan “And” and plan “B”.",
]


def schema():
    out = subprocess.run([PROGRAM, "schema", "--json"], check=True, capture_output=True)
    return {t["name"]: t for t in json.loads(out.stdout)["tables"]}


def run(source, folder, expect=0):
    got = subprocess.run([PROGRAM, "run", source, "--out", folder, "--quiet"], capture_output=True, text=True)
    assert got.returncode == expect, got.stderr
    return folder


@pytest.fixture(scope="session")
def seeds(tmp_path_factory):
    return run(ROOT / "seeds", tmp_path_factory.mktemp("seeds"))


@pytest.fixture(scope="session")
def unicode(tmp_path_factory):
    source = tmp_path_factory.mktemp("source") / "mixed.jsonl"
    lines = [json.dumps({"id": n, "text": t, "date": "2016-02-25T10:27:00", "site": "é"}) for n, t in enumerate(UNICODE)]
    source.write_text("\n".join([*lines, "{broken"]), encoding="utf8")
    return run(source, tmp_path_factory.mktemp("unicode"), expect=2)


@pytest.fixture(params=["seeds", "unicode"])
def folder(request):
    return request.getfixturevalue(request.param)


def rows(folder, table):
    return pq.read_table(folder / f"{table}.parquet").to_pylist()
