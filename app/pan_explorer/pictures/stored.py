"""Pictures of a set on disk: their labels are in the index, their pixels are read when they are shown."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import cached_property, lru_cache
from pathlib import Path
from typing import NamedTuple

import numpy as np
from jaxtyping import Bool

from pan.data.images import Fitted, fit_image
from pan.data.opening import load_image
from pan.data.reference.index import Row
from pan.data.reference.reading import read_mask
from pan.system.errors import InputError
from pan_explorer.pictures.picture import Picture, Truth

MOST_KEPT = 256
"""Images, and masks, in the cache: about 10 MB."""


class Loaded(NamedTuple):
    """An image read from its file, or black and a sentence that says why it could not be."""

    fitted: Fitted
    fault: str = ""


class Shelf:
    """A cache of a set's images and masks, the latest used.

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
        object.__setattr__(self, "answers", (row.answer,))
        object.__setattr__(self, "_row", row)
        object.__setattr__(self, "_read", read)

    @property
    def mask(self) -> Bool[np.ndarray, "S S"] | None:
        """The queried object's pixels."""
        return self._read(self._row)


class StoredPicture(Picture):
    """An image of a set.

    Args:
        path: Its file.
        name: What the user calls it.
        complete: Whether the set says all there is in it.
        queries: The words its set asks.
        truths: Tells what the index says, by query; asked when it is needed first.
        read: Reads a file, fitted.
    """

    _truths: Callable[[], Mapping[str, Truth]]
    _read: Callable[[Path], Loaded]

    def __init__(
        self,
        path: Path,
        name: str,
        complete: bool,
        queries: tuple[str, ...],
        truths: Callable[[], Mapping[str, Truth]],
        read: Callable[[Path], Loaded],
    ) -> None:
        known = {"path": path, "name": name, "complete": complete, "queries": queries, "_truths": truths, "_read": read}
        for field, value in known.items():
            object.__setattr__(self, field, value)

    @cached_property
    def truths(self) -> Mapping[str, Truth]:
        """What the index says, by query."""
        return self._truths()

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
        assert self.path is not None  # noqa: S101 - it was given
        return self._read(self.path)


def stored_picture(rows: Sequence[Row], complete: bool, queries: tuple[str, ...], shelf: Shelf) -> StoredPicture:
    """An image of a set whose questions have one answer.

    Args:
        rows: The questions about it.
        complete: Whether they are about all there is in it.
        queries: The words its set asks.
        shelf: The set's.
    """
    path, folder = rows[0].image, rows[0].folder

    def truths() -> dict[str, Truth]:
        return {row.query: StoredTruth(row, shelf.mask) for row in rows}

    return StoredPicture(path, f"{folder.name}/{path.name}", complete, queries, truths, shelf.image)
