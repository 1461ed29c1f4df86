"""MNIST's files in IDX format, compressed or not, in the usual places below a data folder."""

from __future__ import annotations

import gzip
import zlib
from pathlib import Path

import numpy as np
from jaxtyping import UInt8

from pan.system.errors import InputError

SIDE = 28
MOST = 1_000_000
"""Upper bound of the number of glyphs in a file."""
BYTES = 0x08
"""The format's code for unsigned bytes."""
FOLDERS = ("", "mnist", "MNIST/raw", "mnist/MNIST/raw", "raw")
"""Below a data folder, as torchvision or a user may store MNIST."""
NAMES = ("{}-{}-idx{}-ubyte", "{}-{}.idx{}-ubyte")


def read_mnist(root: Path, part: str) -> tuple[UInt8[np.ndarray, "N 28 28"], UInt8[np.ndarray, " N"]] | None:
    """Glyphs and labels of a part; None if its files are not in the folder.

    Args:
        root: The data folder.
        part: `train` or `t10k`.

    Raises:
        InputError: If the files are damaged.
    """
    images, labels = _find(root, part, "images", 3), _find(root, part, "labels", 1)
    if images is None or labels is None:
        return None
    try:
        glyphs, named = _read(images, 3), _read(labels, 1)
    except (OSError, EOFError, ValueError, zlib.error) as error:
        raise _damaged(root) from error
    if glyphs.shape[1:] != (SIDE, SIDE) or len(glyphs) != len(named) or named.max(initial=0) > 9:
        raise _damaged(root)
    return glyphs, named


def _damaged(root: Path) -> InputError:
    return InputError(f"MNIST in {root} is damaged; download it again with pan data download mnist.")


def _find(root: Path, part: str, what: str, dimensions: int) -> Path | None:
    names = [name.format(part, what, dimensions) for name in NAMES]
    places = (root / folder / f"{name}{packing}" for folder in FOLDERS for name in names for packing in ("", ".gz"))
    return next((path for path in places if path.is_file()), None)


def _read(path: Path, dimensions: int) -> UInt8[np.ndarray, ...]:
    """An array of bytes. The file has two zero bytes, the type, the number of dimensions, their sizes, the values."""
    with gzip.open(path) if path.suffix == ".gz" else path.open("rb") as file:
        if file.read(4) != bytes((0, 0, BYTES, dimensions)):
            raise ValueError("another type of values")
        shape = [int.from_bytes(file.read(4), "big") for _ in range(dimensions)]
        if shape[0] > MOST or any(side > SIDE for side in shape[1:]):
            raise ValueError("more values than any such set has")
        values = np.frombuffer(file.read(int(np.prod(shape))), np.uint8)
    return values.reshape(shape)  # raises ValueError if values are missing
