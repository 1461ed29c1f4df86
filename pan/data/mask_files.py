"""Mask files that are decoded on access, to one bit a pixel."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import NamedTuple

import numpy as np
from jaxtyping import UInt8

from pan.data.masks import check_mask_size, fit_mask, load_mask
from pan.data.opening import image_size

KEPT = 64
"""Decoded masks in the cache, for consecutive questions that share a mask."""


class MaskFile(NamedTuple):
    """The mask of a question.

    Attributes:
        path: The file, empty if there is none.
        image: The image's file, which must have the mask's size; empty to allow any size.
        where: The line that names it, as the start of a message.
    """

    path: str
    image: str
    where: str


@dataclass(frozen=True, eq=False)
class MaskFiles:
    """R masks, one for each question, indexed like an array of R × bytes with eight pixels to a byte.

    A question without a file has an empty mask.

    Attributes:
        files: The files.
        size: The height and width S that they are fitted to.
        what: A noun for the files.
    """

    files: tuple[MaskFile, ...]
    size: int
    what: str = "masks"
    _decoded: dict[tuple[str, str], UInt8[np.ndarray, " bytes"]] = field(default_factory=dict, init=False)

    def __len__(self) -> int:
        return len(self.files)

    @property
    def shape(self) -> tuple[int, int]:
        """The shape of the array of all masks."""
        return len(self), -(-self.size**2 // 8)

    @property
    def paths(self) -> tuple[Path | None, ...]:
        """The file of each question."""
        return tuple(Path(file.path) if file.path else None for file in self.files)

    def __getitem__(self, number: int) -> UInt8[np.ndarray, " bytes"]:
        """Decode one.

        Raises:
            InputError: If the file cannot be read, or has another size than the image.
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
        if file.image:
            check_mask_size(mask, image_size(Path(file.image)), f"{file.where}: the mask {file.path}")
        return np.packbits(fit_mask(mask, self.size))
