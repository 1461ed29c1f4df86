"""What the set that an image belongs to says about it."""

from __future__ import annotations

from pathlib import Path

from pan.data.labelled.index import is_labelled, read_labelled_index
from pan.data.parts import INDEX
from pan.data.reference.index import read_index
from pan.system.errors import InputError
from pan.system.names import is_file

ABOVE = 2  # folders in which a set's index is looked for: the images lie beside it or in a folder below


def known_answers(image: Path) -> dict[str, tuple[str, ...]]:
    """The queries that its set asks about an image, with their right answers; none for an image of no set.

    A set whose index is wrong says nothing: its images can be explained all the same.
    """
    for folder in image.absolute().parents[:ABOVE]:
        if is_file(folder / INDEX):
            try:
                return _labelled(folder, image) if is_labelled(folder) else _reference(folder, image)
            except InputError:
                return {}
    return {}


def _labelled(folder: Path, image: Path) -> dict[str, tuple[str, ...]]:
    return {row.query: row.answers for row in read_labelled_index(folder) if _is(folder / row.name, image)}


def _reference(folder: Path, image: Path) -> dict[str, tuple[str, ...]]:
    return {row.query: (row.answer,) for row in read_index(folder) if _is(row.image, image)}


def _is(named: Path, image: Path) -> bool:
    return named.name == image.name and named.resolve() == image.resolve()
