"""Reference sets: what is written is read back, and a mistake is named with its line."""

from __future__ import annotations

import filecmp

import numpy as np
import pytest
from PIL import Image

from pan.data import decoding
from pan.data.digits.scenes import ask_every_digit
from pan.data.digits.writing import write_reference_set
from pan.data.reference.index import read_index
from pan.data.reference.reading import read_reference_set, words_of
from pan.data.sources import Sources, renderer
from pan.recipes.task import MNIST_REFERENCE
from pan.system.errors import InputError
from tests.pan.conftest import drained

HEADER = "image,query,answer,scale,mask\n"


def scenes(count=4):
    return renderer("mref", "test", Sources()).scenes((5,), count)


@pytest.fixture
def written(tmp_path):
    assert list(write_reference_set(tmp_path / "set", scenes())) == [1, 2, 3, 4]
    return tmp_path / "set"


@pytest.fixture
def by_hand(tmp_path):
    Image.new("RGB", (30, 20), "red").save(tmp_path / "a.png")
    Image.new("L", (30, 20), 255).save(tmp_path / "m.png")

    def write(text, header=HEADER):
        (tmp_path / "index.csv").write_text(header + text)
        return tmp_path
    return write


def test_a_set_written_and_read_is_the_set_in_memory(written):
    read = read_reference_set(written, MNIST_REFERENCE)
    drawn = drained(ask_every_digit(scenes(), 4))
    for name in ("images", "image", "query", "answer", "packed_masks", "masked"):
        np.testing.assert_array_equal(getattr(read, name), getattr(drawn, name))
    np.testing.assert_allclose(read.scale, drawn.scale, atol=1e-4)


def test_a_large_set_is_decoded_once(written, tmp_path, monkeypatch):
    monkeypatch.setattr(decoding, "HELD_IN_MEMORY", 0)
    monkeypatch.setenv("PAN_CACHE", str(tmp_path / "cache"))
    first = read_reference_set(written, MNIST_REFERENCE)
    monkeypatch.setattr(decoding, "_fill", None)  # nothing is decoded again
    second = read_reference_set(written, MNIST_REFERENCE)
    for name in ("images", "packed_masks"):
        assert isinstance(getattr(second, name), np.memmap)
        np.testing.assert_array_equal(getattr(first, name), getattr(second, name))


def test_the_same_seed_writes_the_same_bytes(written, tmp_path):
    list(write_reference_set(tmp_path / "again", scenes()))
    names = sorted(path.relative_to(written) for path in written.rglob("*") if path.is_file())
    assert len(names) > 8
    assert filecmp.cmpfiles(written, tmp_path / "again", names, shallow=False)[0] == names


def test_the_first_digit_alone_gives_even_scales(tmp_path):
    list(write_reference_set(tmp_path / "set", scenes(), every_digit=False))
    assert len(read_index(tmp_path / "set")) == 4


def test_a_folder_with_something_in_it_is_left_alone(tmp_path):
    (tmp_path / "precious").write_text("mine")
    with pytest.raises(InputError, match="not empty"):
        list(write_reference_set(tmp_path, scenes()))
    assert [path.name for path in tmp_path.iterdir()] == ["precious"]


def test_a_set_that_was_not_finished_is_not_taken_for_one_that_was(tmp_path):
    writing = write_reference_set(tmp_path / "set", scenes())
    next(writing)
    writing.close()
    with pytest.raises(InputError, match=r"no readable index\.csv"):
        read_index(tmp_path / "set")


def test_scale_and_mask_may_be_empty(by_hand):
    read = read_reference_set(by_hand("a.png,7,red,,\n"), MNIST_REFERENCE)
    assert np.isnan(read.scale[0])
    assert not read.masked[0]


def test_rows_of_an_image_need_not_stand_together(by_hand, tmp_path):
    Image.new("RGB", (9, 9)).save(tmp_path / "b.png")
    read = read_reference_set(by_hand("a.png,7,red,,\nb.png,1,blue,,\na.png,3,green,1.5,m.png\n"), MNIST_REFERENCE)
    assert [len(rows) for rows in read.rows] == [2, 1]
    assert read.query.tolist() == [7, 3, 1]


def test_a_mask_is_fitted_as_its_image(by_hand):
    read = read_reference_set(by_hand("a.png,7,red,1.0,m.png\n"), MNIST_REFERENCE)
    np.testing.assert_array_equal(read.masks(np.array([0]))[0], read.images[0].any(-1))


def test_words_are_taken_from_the_set_when_they_are_new(by_hand):
    task = words_of(by_hand("a.png,shoe,brown,,\na.png,hat,black,,\n"))
    assert (task.queries, task.answers) == (("hat", "shoe"), ("black", "brown"))


def test_words_of_mnist_reference_keep_their_order(by_hand):
    assert words_of(by_hand("a.png,7,white,,\n")) == MNIST_REFERENCE


@pytest.mark.parametrize(
    ("rows", "sentence"),
    [
        ("a.png,7,red,,\na.png,7,pink,,\n", "line 3: the answer “pink”"),
        ("a.png,x,red,,\n", "line 2: the query “x”"),
        ("gone.png,7,red,,\n", "line 2: there is no file"),
        ("a.png,7,red,,gone.png\n", "line 2: there is no file"),
        ("a.png,7,red\n", "line 2: 3 cells where 5"),
        ("a.png,7,red,big,\n", "line 2: the scale “big”"),
        ("a.png,7,red,inf,\n", "line 2: the scale “inf” is not a number"),
        ("a.png,7,red,-1,\n", "line 2: the scale must be above 0"),
        ("a.png,,red,,\n", "line 2: the query is missing"),
        ("", "has no rows"),
        ('a.png,"7,red,,\n', "is not a CSV file"),
    ],
)
def test_a_wrong_row_is_named_with_its_line(by_hand, rows, sentence):
    with pytest.raises(InputError, match=sentence):
        read_reference_set(by_hand(rows), MNIST_REFERENCE)


def test_a_mask_of_another_size_is_named(by_hand, tmp_path):
    Image.new("L", (5, 5)).save(tmp_path / "m.png")
    with pytest.raises(InputError, match="line 2: the mask"):
        read_reference_set(by_hand("a.png,7,red,,m.png\n"), MNIST_REFERENCE)


def test_a_mask_that_fits_one_image_is_not_taken_for_another(by_hand, tmp_path):
    Image.new("RGB", (40, 10)).save(tmp_path / "b.png")
    with pytest.raises(InputError, match=r"line 3: the mask .* has 30 × 20 pixels, its image 40 × 10"):
        read_reference_set(by_hand("a.png,7,red,,m.png\nb.png,7,red,,m.png\n"), MNIST_REFERENCE)


def test_a_missing_column_and_a_missing_index_are_named(by_hand, tmp_path):
    with pytest.raises(InputError, match="columns image,query,answer; query is not in “image,question,answer”"):
        read_index(by_hand("a.png,7,red\n", header="image,question,answer\n"))
    with pytest.raises(InputError, match="no reference set"):
        read_index(tmp_path / "nowhere")


def test_bytes_that_are_no_text_are_named(tmp_path):
    (tmp_path / "index.csv").write_bytes(b"\xff\xfe\x00")
    with pytest.raises(InputError, match="UTF-8"):
        read_index(tmp_path)
