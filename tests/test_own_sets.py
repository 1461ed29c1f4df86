"""The drawn sets are what a researcher would bring: readable, without a fault, nothing to be guessed."""

from __future__ import annotations

import pytest
from PIL import Image

from pan.data.check import check_set
from tests.own_sets import COLOURS, SHAPES, SQUARE, WIDE, write_reverse, write_shapes, write_things
from tests.pan.conftest import drained


@pytest.mark.parametrize("size", [SQUARE, WIDE])
def test_shapes_are_asked_for_their_colours_and_have_masks(tmp_path, size):
    folder = write_shapes(tmp_path / "shapes", 10, size=size)
    checked = drained(check_set(folder))
    assert set(checked.queries) == set(SHAPES)
    assert set(checked.answers) == set(COLOURS)
    assert checked.masks.known == checked.questions == sum(checked.parts.values())
    assert not checked.contradictions + checked.duplicates
    with Image.open(folder / "images" / "00000.jpg") as image:
        assert image.size == size


def test_the_reverse_question_has_no_masks(tmp_path):
    checked = drained(check_set(write_reverse(tmp_path / "colours", 10)))
    assert (set(checked.queries), set(checked.answers)) == (set(COLOURS), set(SHAPES))
    assert checked.masks.missing == checked.questions


def test_things_have_several_answers_and_boxes(tmp_path):
    checked = drained(check_set(write_things(tmp_path / "things", 10)))
    assert checked.several
    assert set(checked.answers) == {*COLOURS, "large", "small", "striped"}
    assert checked.masks.known == checked.questions
