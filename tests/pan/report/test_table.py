"""Words of a set in the tables of a report: as Markdown, and as a picture."""

from __future__ import annotations

import pytest

from pan.report.table import Table, ruled_table


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


@pytest.mark.parametrize("word", [r"$\foo$", "$ 5 or so, or $ 6"])
def test_a_word_with_dollar_signs_is_drawn_as_it_is_and_beside_the_next(word):
    drawn = Table("name", "", (word, word), [], (), [])
    figure = ruled_table(drawn)
    figure.canvas.draw()
    left, right = (text.get_window_extent() for text in figure.axes[0].texts if text.get_text() == word)
    assert left.x1 < right.x0
    assert right.x1 < figure.bbox.x1
