"""Composed photographs are a set as anybody's."""

from __future__ import annotations

import numpy as np
import pytest

from pan.data.labelled.reading import labelled_words, read_labelled_set
from pan.data.objects.collages import COLLAGES, ask_every_object
from pan.data.objects.writing import write_collages
from pan.data.sources import Sources, collage_renderer
from pan.system.errors import InputError
from tests.pan.conftest import drained


@pytest.fixture(scope="module")
def collages():
    return list(collage_renderer("test", Sources()).collages((1, 2), 8))


def test_a_written_set_asks_what_the_collages_ask(collages, tmp_path):
    assert list(write_collages(tmp_path / "set", collages, "test")) == list(range(1, 9))
    assert labelled_words(tmp_path / "set", 96) == COLLAGES
    read = read_labelled_set(tmp_path / "set", COLLAGES, "test")
    drawn = drained(ask_every_object(iter(collages), len(collages)))
    np.testing.assert_array_equal(read.images[range(8)], drawn.images)
    rows = np.arange(len(drawn))
    np.testing.assert_array_equal(read.query, drawn.query)
    np.testing.assert_array_equal(read.right_answers(rows, 15), drawn.right_answers(rows, 15))
    np.testing.assert_array_equal(read.masks(rows), drawn.masks(rows))


def test_a_folder_that_holds_something_is_left_alone(collages, tmp_path):
    (tmp_path / "mine.txt").write_text("mine")
    with pytest.raises(InputError, match="is not empty"):
        next(write_collages(tmp_path, collages, "test"))
