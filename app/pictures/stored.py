"""Pictures of a set on disk: what is known of them stands in the index, pixels are read when they are looked at."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import cached_property, lru_cache
from pathlib import Path
from typing import NamedTuple

import numpy as np
from jaxtyping import Bool

from app.pictures.picture import Picture, Truth
from pan.data.images import Fitted, fit_image, load_image
from pan.data.reference_index import Row
from pan.data.reference_set import read_mask
from pan.errors import InputError

MOST_KEPT = 256
"""Images, and masks, that stay in memory: some 10 MB."""


class Loaded(NamedTuple):
    """An image read from its file, or black and a sentence that says why it could not be."""

    fitted: Fitted
    fault: str = ""


class Shelf:
    """The images and masks of a set that were looked at lately.

    Args:
        size: Of the networks' images.
    """

    def __init__(self, size: int) -> None:
        self._size = size
        self.image = lru_cache(MOST_KEPT)(self._read_image)
        self.mask = lru_cache(MOST_KEPT)(self._read_mask)

    def _read_image(self, path: Path) -> Loaded:
        try:
            return Loaded(fit_image(load_image(path), self._size))
        except InputError as error:
            black = np.zeros((self._size, self._size, 3), np.uint8)
            return Loaded(Fitted(black, (0, 0, self._size, self._size), (self._size, self._size)), str(error))

    def _read_mask(self, row: Row) -> Bool[np.ndarray, "S S"] | None:
        try:
            return read_mask(row, self.image(row.image).fitted.original, self._size)
        except InputError:
            return None


class StoredTruth(Truth):
    """What a row of the index says; a mask that cannot be read is as one that is not given."""

    _row: Row
    _read: Callable[[Row], Bool[np.ndarray, "S S"] | None]

    def __init__(self, row: Row, read: Callable[[Row], Bool[np.ndarray, "S S"] | None]) -> None:
        object.__setattr__(self, "answer", row.answer)
        object.__setattr__(self, "_row", row)
        object.__setattr__(self, "_read", read)

    @property
    def mask(self) -> Bool[np.ndarray, "S S"] | None:
        """The queried object's pixels."""
        return self._read(self._row)


class StoredPicture(Picture):
    """An image of a set.

    Args:
        rows: The questions about it.
        complete: Whether they are about all there is in it.
        queries: The words its set asks.
        shelf: The set's.
    """

    _rows: Sequence[Row]
    _shelf: Shelf

    def __init__(self, rows: Sequence[Row], complete: bool, queries: tuple[str, ...], shelf: Shelf) -> None:
        known = {"path": rows[0].image, "complete": complete, "queries": queries, "_rows": rows, "_shelf": shelf}
        for name, value in known.items():
            object.__setattr__(self, name, value)

    @property
    def name(self) -> str:
        """The set's and the file's."""
        return f"{self._rows[0].folder.name}/{self._rows[0].image.name}"

    @cached_property
    def truths(self) -> Mapping[str, Truth]:
        """What the index says, by query."""
        return {row.query: StoredTruth(row, self._shelf.mask) for row in self._rows}

    @property
    def fitted(self) -> Fitted:
        """The image at the networks' size, black if it cannot be read."""
        return self._loaded.fitted

    @property
    def fault(self) -> str:
        """Why it cannot be read, empty if it can."""
        return self._loaded.fault

    @property
    def _loaded(self) -> Loaded:
        return self._shelf.image(self._rows[0].image)
