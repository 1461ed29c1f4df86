"""What the set of an image says about it."""

from __future__ import annotations

import shutil

from pan.data.known_answers import known_answers
from pan.data.labelled.index import read_labelled_index


def test_an_image_of_a_set_with_several_answers_has_all_of_them(labelled_set):
    rows = read_labelled_index(labelled_set)
    image = labelled_set / rows[0].name
    expected = {row.query: row.answers for row in rows if row.name == rows[0].name}
    assert len(expected) > 1
    assert known_answers([image]) == {image: expected}


def test_an_image_that_only_lies_beside_the_others_has_none(labelled_set):
    first = next(iter((labelled_set / "images").iterdir()))
    stranger = first.with_name(f"stranger{first.suffix}")
    shutil.copyfile(first, stranger)
    known = known_answers([stranger, first])
    assert known[stranger] == {}
    assert known[first]


def test_an_image_of_no_set_has_none(tmp_path):
    image = tmp_path / "image.png"
    assert known_answers([image]) == {image: {}}
