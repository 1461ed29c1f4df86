"""Image files that are decoded on access, for sets that do not fit into memory."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import overload

import numpy as np
from jaxtyping import Int, UInt8

from pan.data.images import fit_image
from pan.data.opening import load_image


@dataclass(frozen=True, eq=False)
class ImageFiles:
    """N image files, indexed like an array of N × S × S × 3 bytes.

    Attributes:
        paths: The files.
        size: The height and width S that they are fitted to.
        what: A noun for the files.
    """

    paths: tuple[Path, ...]
    size: int
    what: str = "images"

    def __len__(self) -> int:
        return len(self.paths)

    def __iter__(self) -> Iterator[UInt8[np.ndarray, "S S 3"]]:
        return map(self.__getitem__, range(len(self)))

    @property
    def shape(self) -> tuple[int, int, int, int]:
        """The shape of the array of all images."""
        return len(self), self.size, self.size, 3

    def of(self, numbers: Int[np.ndarray, " M"]) -> ImageFiles:
        """A selection of the files, not decoded."""
        return ImageFiles(tuple(self.paths[number] for number in numbers), self.size)

    @overload
    def __getitem__(self, numbers: int | np.integer) -> UInt8[np.ndarray, "S S 3"]: ...
    @overload
    def __getitem__(self, numbers: Sequence[int] | Int[np.ndarray, " M"]) -> UInt8[np.ndarray, "M S S 3"]: ...
    def __getitem__(
        self, numbers: int | np.integer | Sequence[int] | Int[np.ndarray, " M"]
    ) -> UInt8[np.ndarray, ...]:
        """Decode one image or several.

        Raises:
            InputError: If a file is missing or not an image.
        """
        if isinstance(numbers, int | np.integer):
            return fit_image(load_image(self.paths[numbers]), self.size).pixels
        taken = np.empty((len(numbers), self.size, self.size, 3), np.uint8)
        for place, number in enumerate(numbers):
            taken[place] = self[int(number)]
        return taken
