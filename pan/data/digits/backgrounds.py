"""Backgrounds of the scenes: black (MREF), patches of other digits (MDIST), photographs (MBG)."""

from __future__ import annotations

import os
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from hashlib import sha256
from pathlib import Path

import numpy as np
from jaxtyping import Float, UInt8
from PIL import Image, ImageOps

from pan.data.digits.glyphs import COLOURS, GLYPH, LARGEST, SMALLEST, mix_paints, resize_glyph
from pan.data.digits.mnist import Digits, Split
from pan.data.opening import SUFFIXES, is_image_file, load_image
from pan.recipes.task import MNIST_REFERENCE
from pan.system.errors import InputError
from pan.system.files import cannot_download
from pan.system.resources import resources_folder

SIZE = MNIST_REFERENCE.image_size
Canvas = Float[np.ndarray, "100 100 3"]

SHORTER_SIDE = 128
MOST_OBLONG = 16
"""Largest aspect ratio of a photograph; longer ones are cropped before they are scaled."""


def black(rng: np.random.Generator) -> Canvas:  # noqa: ARG001 - same signature as the other backgrounds
    """MREF."""
    return np.zeros((SIZE, SIZE, 3), np.float32)


@dataclass(frozen=True)
class Distractors:
    """MDIST: 17 coloured 5 × 5 patches of glyphs, scaled like digits, added to black and clipped."""

    digits: Digits
    count: int = 17
    side: int = 5

    def __call__(self, rng: np.random.Generator) -> Canvas:
        """A canvas."""
        canvas = np.zeros((SIZE, SIZE, 3), np.float32)
        paints = mix_paints(rng.integers(len(COLOURS), size=self.count), rng)
        glyphs = self.digits.glyphs[rng.integers(len(self.digits.glyphs), size=self.count)]
        corners = rng.integers(GLYPH - self.side + 1, size=(self.count, 2))
        sides = (self.side * rng.uniform(SMALLEST, LARGEST, self.count)).astype(np.intp)
        tops, lefts = ((SIZE + 1 - sides) * rng.random((2, self.count))).astype(np.intp)
        for paint, glyph, (y, x), side, top, left in zip(
            paints, glyphs, corners, sides, tops, lefts, strict=True
        ):
            piece = resize_glyph(glyph[y : y + self.side, x : x + self.side], int(side))
            canvas[top : top + side, left : left + side] += piece[..., None] * (paint / 255)
        return np.minimum(canvas, 255)


@dataclass(frozen=True)
class Photographs:
    """MBG: a random crop of a random photograph, scaled to a shorter side of 128; half of the crops are mirrored."""

    paths: Sequence[Path]

    def __call__(self, rng: np.random.Generator) -> Canvas:
        """A canvas.

        Raises:
            InputError: If the photograph drawn cannot be read.
        """
        photograph = _photograph(self.paths[int(rng.integers(len(self.paths)))])
        top, left = (rng.integers(side - SIZE + 1) for side in photograph.shape[:2])
        crop = photograph[top : top + SIZE, left : left + SIZE]
        return (crop[:, ::-1] if rng.random() < 0.5 else crop).astype(np.float32)


@lru_cache(maxsize=2048)  # about 65 KB each
def _photograph(path: Path) -> UInt8[np.ndarray, "H W 3"]:
    image = load_image(path)
    most = MOST_OBLONG * min(image.size)
    if max(image.size) > most:
        image = ImageOps.fit(image, (min(image.width, most), min(image.height, most)))
    width, height = (max(SHORTER_SIDE, round(side * SHORTER_SIDE / min(image.size))) for side in image.size)
    return np.asarray(image.resize((width, height), Image.Resampling.BILINEAR))


def find_photographs(split: Split, folder: Path | None) -> Photographs:
    """The photographs of one part of a folder, or the bundled ones.

    If the folder contains `train` and `val`, these are the parts, and `test` falls back to `val`. The photographs of
    any other folder are split 80/10/10 by a hash of their relative path.

    Raises:
        InputError: If there are none.
    """
    folder = folder or resources_folder() / "photographs"
    if not folder.is_dir():
        raise InputError(f"{folder} is not a folder of photographs.")
    if (folder / "train").is_dir() and (folder / "val").is_dir():
        part = folder / split
        paths = _images_below(part if part.is_dir() else folder / "val")
    else:
        paths = [path for path in _images_below(folder) if _part(path.relative_to(folder)) == split]
    if not paths:
        raise InputError(f"{folder} holds no photograph for the {split} part; "
                         f"add some, or folders train and val ({', '.join(sorted(SUFFIXES))}).")
    return Photographs(tuple(paths))


def download_photographs(data_root: Path) -> Path:
    """Download SUN397 (37 GB) to the data folder and return the folder of its photographs.

    Raises:
        InputError: If no server answers, the archive is damaged or the folder cannot be written.
    """
    from torchvision.datasets import SUN397  # the import takes seconds, and scenes do not need it

    folder = data_root / "sun"
    try:
        folder.mkdir(parents=True, exist_ok=True)
        SUN397(folder, download=True)
    except (OSError, RuntimeError) as error:
        raise cannot_download("SUN397", error, "go on with the bundled photographs") from error
    return folder / "SUN397"


def _images_below(folder: Path) -> list[Path]:
    return sorted(path for path in folder.rglob("*") if is_image_file(path))


def _part(path: Path) -> Split:
    draw = int.from_bytes(sha256(os.fsencode(path.as_posix())).digest()[:8], "big") % 10
    return "train" if draw < 8 else "val" if draw == 8 else "test"
