"""MNIST is found as torchvision keeps it, and its parts share no glyph with those of the bundled digits."""

from __future__ import annotations

import shutil
import struct

import numpy as np
import pytest

from pan.data.digits.mnist import SPLITS, bundled_digits, download_digits, load_digits
from pan.system.errors import InputError

TRAINING, TEST = 60_000, 30


def write_idx(path, array):
    path.write_bytes(struct.pack(f">HBB{array.ndim}I", 0, 8, array.ndim, *array.shape) + array.tobytes())


@pytest.fixture(scope="module")
def mnist(tmp_path_factory):
    """A folder that torchvision reads as MNIST: the bundled digits of all parts, and noise."""
    folder = tmp_path_factory.mktemp("mnist")
    raw = folder / "MNIST" / "raw"
    raw.mkdir(parents=True)
    rng = np.random.default_rng(0)
    known = np.concatenate([bundled_digits(split).glyphs for split in SPLITS])
    glyphs = np.concatenate([known, rng.integers(256, size=(TRAINING - len(known), 28, 28), dtype=np.uint8)])
    for name, images in (("train", glyphs), ("t10k", glyphs[-TEST:])):
        write_idx(raw / f"{name}-images-idx3-ubyte", images)
        write_idx(raw / f"{name}-labels-idx1-ubyte", (np.arange(len(images)) % 10).astype(np.uint8))
    return folder


def test_mnist_is_found_in_the_folder_and_in_its_folder_mnist(mnist, tmp_path):
    (tmp_path / "mnist").symlink_to(mnist)
    inside, itself = (load_digits("test", root) for root in (tmp_path, mnist))
    assert len(inside.glyphs) == len(itself.glyphs) == TEST
    assert f"{TEST} test digits" in itself.source


def test_training_digits_are_none_by_which_others_validate_and_test(mnist):
    training = {glyph.tobytes() for glyph in load_digits("train", mnist).glyphs}
    for split in ("val", "test"):
        assert not training & {glyph.tobytes() for glyph in bundled_digits(split).glyphs}


def test_without_mnist_the_bundled_digits_serve(tmp_path):
    (tmp_path / "mnist").mkdir()
    assert load_digits("val", tmp_path) is bundled_digits("val")


def test_a_damaged_mnist_is_told_and_a_download_takes_its_place(mnist, tmp_path, monkeypatch):
    shutil.copytree(mnist, tmp_path / "mnist")
    images = tmp_path / "mnist" / "MNIST" / "raw" / "train-images-idx3-ubyte"
    images.write_bytes(images.read_bytes()[:1_000])
    with pytest.raises(InputError, match="is damaged; download it again with pan data download mnist"):
        load_digits("train", tmp_path)

    def download(dataset):
        shutil.copytree(mnist / "MNIST" / "raw", dataset.raw_folder)
    monkeypatch.setattr("torchvision.datasets.MNIST.download", download)
    download_digits(tmp_path)
    assert len(load_digits("train", tmp_path).glyphs) > 0


@pytest.mark.parametrize(("count", "split", "digit"), [(100, "val", 0), (50_000, "val", 0), (TRAINING, "train", 3)])
def test_a_part_without_one_of_the_digits_is_told(count, split, digit, tmp_path):
    glyphs = np.random.default_rng(0).integers(256, size=(count, 28, 28), dtype=np.uint8)
    labels = np.where(np.arange(count) % 10 == digit, digit + 1, np.arange(count) % 10).astype(np.uint8)
    write_idx(tmp_path / "train-images-idx3-ubyte", glyphs)
    write_idx(tmp_path / "train-labels-idx1-ubyte", labels)
    with pytest.raises(InputError, match=f"has no {digit} in its part {split}"):
        load_digits(split, tmp_path)
