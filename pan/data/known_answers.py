"""The right answers about an image, from the set that it belongs to."""

from __future__ import annotations

from pathlib import Path

from pan.data.labelled.index import is_labelled, read_labelled_index
from pan.data.parts import INDEX
from pan.data.reference.index import read_index
from pan.system.errors import InputError
from pan.system.names import is_file

ABOVE = 2  # levels of folders that are searched for an index: images are beside it or in a subfolder


def known_answers(image: Path) -> dict[str, tuple[str, ...]]:
    """The queries about an image in its set, with their right answers; none for an image that is in no set.

    A set with errors counts as none, so that its images can still be explained.
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
