"""What the README offers to paste answers, over the seeds as it says."""

import re

import duckdb
import pytest

from conftest import ROOT

QUERIES = re.findall(r'duckdb -c "(.*)"', (ROOT / "README.md").read_text(encoding="utf8"))


def test_there_are_queries():
    assert len(QUERIES) >= 4


@pytest.mark.parametrize("query", QUERIES)
def test_a_query_of_the_readme_answers(seeds, query):
    assert "'output/" in query
    assert duckdb.sql(query.replace("'output/", f"'{seeds}/")).fetchall()
