"""Masks that are decoded when they are asked for, and kept as bits."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import NamedTuple

import numpy as np
from jaxtyping import UInt8

from pan.data.masks import fit_mask, load_mask
from pan.data.opening import image_size
from pan.system.errors import InputError

KEPT = 64
"""Masks that are decoded once where questions that follow each other share them."""


class MaskFile(NamedTuple):
    """The mask of a question.

    Attributes:
        path: The file, empty if there is none.
        image: The image's, which must be as large as the mask; empty if any size will do.
        where: The line that names it, as the beginning of a sentence.
    """

    path: str
    image: str
    where: str


@dataclass(frozen=True, eq=False)
class MaskFiles:
    """R masks, one a question, taken from as from an array of R × bytes: eight pixels to a byte, none where no file is.

    Attributes:
        files: Where they are.
        size: Height and width S they are fitted to.
        what: What they are, in words.
    """

    files: tuple[MaskFile, ...]
    size: int
    what: str = "masks"
    _decoded: dict[tuple[str, str], UInt8[np.ndarray, " bytes"]] = field(default_factory=dict, init=False)

    def __len__(self) -> int:
        return len(self.files)

    @property
    def shape(self) -> tuple[int, int]:
        """That of the array with all of them."""
        return len(self), -(-self.size**2 // 8)

    @property
    def paths(self) -> tuple[Path | None, ...]:
        """The file of each question."""
        return tuple(Path(file.path) if file.path else None for file in self.files)

    def __getitem__(self, number: int) -> UInt8[np.ndarray, " bytes"]:
        """Decode one.

        Raises:
            InputError: If the file cannot be read, or is not as large as the image.
        """
        file = self.files[number]
        if not file.path:
            return np.zeros(self.shape[1], np.uint8)
        fitted = file.path, file.image  # a mask that fits one image need not fit another
        if fitted not in self._decoded:
            if len(self._decoded) >= KEPT:
                self._decoded.clear()
            self._decoded[fitted] = self._decode(file)
        return self._decoded[fitted]

    def _decode(self, file: MaskFile) -> UInt8[np.ndarray, " bytes"]:
        mask = load_mask(Path(file.path))
        width, height = image_size(Path(file.image)) if file.image else mask.shape[::-1]
        if mask.shape != (height, width):
            raise InputError(f"{file.where}: the mask {file.path} has {mask.shape[1]} × {mask.shape[0]} pixels, "
                             f"its image {width} × {height}.")
        return np.packbits(fit_mask(mask, self.size))
