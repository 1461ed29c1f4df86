"""Words of a set in the tables of a report, as Markdown."""

from __future__ import annotations

import pytest

from pan.report.table import Table


def table(word):
    return Table("name", word, ("Query", word), [(word, "1.00")], ("query", "share"), [], [("", 1), (word, 1)])


@pytest.mark.parametrize(("word", "cell"), [
    ("left|right", r"left\|right"), (r"a\|b", r"a\\\|b"), ("two\nlines", "two lines"), ("plain", "plain"),
])  # fmt: skip
def test_a_word_stays_in_its_cell(word, cell):
    header, ruler, row = table(word).markdown().splitlines()
    assert header == f"| Query | {cell} {cell} |"
    assert ruler == "| :--- | ---: |"
    assert row == f"| {cell} | 1.00 |"
