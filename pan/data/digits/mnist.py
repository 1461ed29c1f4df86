"""Handwritten digits: MNIST where it lies on this machine, else 5,000 of its digits that come with the program."""

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

from pan.system.errors import InputError
from pan.system.files import cannot_download
from pan.system.resources import resources_folder

Split = Literal["train", "val", "test"]
SPLITS: tuple[Split, ...] = ("train", "val", "test")


@dataclass(frozen=True, eq=False)
class Digits:
    """Glyphs with their labels, and where they are from.

    Attributes:
        glyphs: White ink on black, 28 × 28.
        labels: The digit each glyph shows, 0 to 9.
        source: One line for the user.
    """

    glyphs: UInt8[np.ndarray, "N 28 28"]
    labels: UInt8[np.ndarray, " N"]
    source: str

    @cached_property
    def by_label(self) -> tuple[Int[np.ndarray, " _"], ...]:
        """The numbers of the glyphs that show each digit."""
        return tuple(np.flatnonzero(self.labels == label) for label in range(10))


def default_data_root() -> Path:
    """`PAN_DATA`, or the user's data folder."""
    return Path(os.environ.get("PAN_DATA") or platformdirs.user_data_path("pan-explorer", appauthor=False) / "data")


def load_digits(split: Split, data_root: Path) -> Digits:
    """The glyphs of one part; no two parts share a glyph, whichever source each of them came from.

    With MNIST, test is its 10,000 test digits, val the last 10,000 of its training digits and train the rest,
    without the digits by which a program that lacks MNIST validates and tests.

    Args:
        split: The part.
        data_root: Folder with MNIST as torchvision keeps it, in itself or in its folder `mnist`.

    Raises:
        InputError: If MNIST is there and damaged.
    """
    folder = next((each for each in (data_root / "mnist", data_root) if (each / "MNIST").is_dir()), None)
    if folder is None:
        return bundled_digits(split)
    mnist = _read(folder, train=split != "test")
    if mnist is None:
        return bundled_digits(split)
    glyphs, labels = mnist
    if split == "test":
        return Digits(glyphs, labels, "MNIST, its 10,000 test digits")
    part = slice(50_000) if split == "train" else slice(50_000, None)
    taken = {glyph.tobytes() for other in SPLITS if other != split for glyph in bundled_digits(other).glyphs}
    keep = np.array([glyph.tobytes() not in taken for glyph in glyphs[part]])
    return Digits(glyphs[part][keep], labels[part][keep], f"MNIST, {keep.sum():,} of its training digits")


def _read(folder: Path, *, train: bool) -> tuple[UInt8[np.ndarray, "N 28 28"], UInt8[np.ndarray, " N"]] | None:
    """Glyphs and labels of one of MNIST's two parts; None if MNIST is not in the folder.

    Raises:
        InputError: If it is there and damaged.
    """
    from torchvision.datasets import MNIST  # takes seconds, and a window that reads samples need not wait

    try:
        mnist = MNIST(folder, train=train)
    except (AssertionError, ValueError, IndexError, OSError, RuntimeError) as error:
        if isinstance(error, RuntimeError) and "not found" in str(error):
            return None
        raise InputError(f"MNIST in {folder} is damaged; bring it anew by pan data download mnist.") from error
    return mnist.data.numpy(), mnist.targets.numpy().astype(np.uint8)


def download_digits(data_root: Path) -> None:
    """Bring MNIST to the data folder, with torchvision's progress on standard error.

    Files of it that are there and damaged give way.

    Raises:
        InputError: If no mirror answers or the folder cannot be written.
    """
    from torchvision.datasets import MNIST  # as above

    folder = data_root / "mnist"
    try:
        _read(folder, train=True)
        _read(folder, train=False)
    except InputError:
        shutil.rmtree(folder / "MNIST" / "raw", ignore_errors=True)
    try:
        MNIST(folder, download=True)
    except (OSError, RuntimeError) as error:
        raise cannot_download("MNIST", error, "go on with the bundled digits") from error


@cache
def bundled_digits(split: Split) -> Digits:
    """One part of the digits that come with the program."""
    with np.load(resources_folder() / "digits.npz") as arrays:
        glyphs, labels = arrays["glyphs"], arrays["labels"]
    place = np.arange(len(labels)) % 500  # sorted by digit, 500 of each
    keep = {"train": place < 400, "val": (place >= 400) & (place < 450), "test": place >= 450}[split]
    return Digits(glyphs[keep], labels[keep], f"bundled digits, {keep.sum():,} from MNIST's training part")
