"""Handwritten digits: MNIST if it is on this machine, else the 5,000 bundled digits of it."""

from __future__ import annotations

import os
import shutil
from dataclasses import dataclass
from functools import cache, cached_property
from pathlib import Path
from typing import Literal

import numpy as np
import platformdirs
from jaxtyping import Int, UInt8

from pan.data.digits.idx import read_mnist
from pan.system.errors import InputError
from pan.system.files import cannot_download
from pan.system.resources import resources_folder

Split = Literal["train", "val", "test"]
SPLITS: tuple[Split, ...] = ("train", "val", "test")


@dataclass(frozen=True, eq=False)
class Digits:
    """Glyphs with their labels.

    Attributes:
        glyphs: White on black, 28 × 28 pixels.
        labels: The digit of each glyph, 0 to 9.
        source: A description of their source for the user.
    """

    glyphs: UInt8[np.ndarray, "N 28 28"]
    labels: UInt8[np.ndarray, " N"]
    source: str

    @cached_property
    def by_label(self) -> tuple[Int[np.ndarray, " _"], ...]:
        """The indices of the glyphs of each digit."""
        return tuple(np.flatnonzero(self.labels == label) for label in range(10))


def default_data_root() -> Path:
    """`PAN_DATA`, or the user's data folder."""
    return Path(os.environ.get("PAN_DATA") or platformdirs.user_data_path("pan-explorer", appauthor=False) / "data")


def load_digits(split: Split, data_root: Path) -> Digits:
    """The glyphs of one part. The parts share no glyph, also if one part is MNIST's and another one bundled.

    With MNIST, `test` is its 10,000 test digits, `val` the last 10,000 training digits, and `train` the rest without
    the bundled digits of the other parts.

    Args:
        split: The part.
        data_root: Folder with MNIST: its files, compressed or not, or torchvision's folders.

    Raises:
        InputError: If MNIST is damaged, or has no glyph of one of the digits in this part.
    """
    mnist = read_mnist(data_root, "t10k" if split == "test" else "train")
    if mnist is None:
        return bundled_digits(split)
    digits = _part_of_mnist(*mnist, split)
    for digit, numbers in enumerate(digits.by_label):
        if not len(numbers):
            raise InputError(f"MNIST in {data_root} has no {digit} in its part {split}; download it again, or give "
                             "another folder.")  # fmt: skip
    return digits


def _part_of_mnist(glyphs: UInt8[np.ndarray, "N 28 28"], labels: UInt8[np.ndarray, " N"], split: Split) -> Digits:
    if split == "test":
        return Digits(glyphs, labels, f"MNIST, its {len(glyphs):,} test digits")
    part = slice(50_000) if split == "train" else slice(50_000, None)
    taken = {glyph.tobytes() for other in SPLITS if other != split for glyph in bundled_digits(other).glyphs}
    keep = np.array([glyph.tobytes() not in taken for glyph in glyphs[part]], bool)
    return Digits(glyphs[part][keep], labels[part][keep], f"MNIST, {keep.sum():,} of its training digits")


def find_digits(split: Split, data_root: Path | None) -> Digits:
    """The glyphs of one part, from the given folder, or by default from the user's data folder or the bundled ones.

    Raises:
        InputError: If MNIST is damaged or not in the given folder.
    """
    digits = load_digits(split, data_root or default_data_root())
    if data_root is not None and digits is bundled_digits(split):
        raise InputError(f"{data_root} holds no MNIST ({split} part); give the folder with its files, or leave out "
                         "--data-root.")  # fmt: skip
    return digits


def download_digits(data_root: Path) -> None:
    """Download MNIST to the data folder, with torchvision's progress on standard error.

    Damaged files are replaced.

    Raises:
        InputError: If no mirror answers or the folder cannot be written.
    """
    from torchvision.datasets import MNIST  # the import takes seconds, and reading does not need it

    folder = data_root / "mnist"
    try:
        read_mnist(folder, "train")
        read_mnist(folder, "t10k")
    except InputError:
        shutil.rmtree(folder / "MNIST" / "raw", ignore_errors=True)
    try:
        MNIST(folder, download=True)
    except (OSError, RuntimeError) as error:
        raise cannot_download("MNIST", error, "go on with the bundled digits") from error


@cache
def bundled_digits(split: Split) -> Digits:
    """One part of the bundled digits."""
    with np.load(resources_folder() / "digits.npz") as arrays:
        glyphs, labels = arrays["glyphs"], arrays["labels"]
    place = np.arange(len(labels)) % 500  # sorted by digit, 500 of each
    keep = {"train": place < 400, "val": (place >= 400) & (place < 450), "test": place >= 450}[split]
    return Digits(glyphs[keep], labels[keep], f"bundled digits, {keep.sum():,} from MNIST's training part")
