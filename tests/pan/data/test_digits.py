"""MNIST is found as torchvision keeps it, and its parts share no glyph with those of the bundled digits."""

from __future__ import annotations

import struct

import numpy as np
import pytest

from pan.data.digits import SPLITS, bundled_digits, load_digits

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
    assert "10,000 test digits" in itself.source


def test_training_digits_are_none_by_which_others_validate_and_test(mnist):
    training = {glyph.tobytes() for glyph in load_digits("train", mnist).glyphs}
    for split in ("val", "test"):
        assert not training & {glyph.tobytes() for glyph in bundled_digits(split).glyphs}


def test_without_mnist_the_bundled_digits_serve(tmp_path):
    (tmp_path / "mnist").mkdir()
    assert load_digits("val", tmp_path) is bundled_digits("val")
