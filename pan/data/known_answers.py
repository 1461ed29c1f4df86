"""The right answers about images, from the sets that they belong to."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from pathlib import Path

from pan.data.labelled.index import is_labelled, read_labelled_index
from pan.data.parts import INDEX
from pan.data.reference.index import read_index
from pan.system.errors import InputError
from pan.system.names import is_file

ABOVE = 2  # levels of folders that are searched for an index: images are beside it or in a subfolder

Known = dict[str, tuple[str, ...]]
"""Queries about an image, with their right answers."""


def known_answers(images: Collection[Path]) -> dict[Path, Known]:
    """For each image, the queries about it in its set with their right answers; none for an image that is in no set.

    The index of each set is read once. A set with errors counts as none, so that its images can still be explained.
    """
    known: dict[Path, Known] = {image: {} for image in images}
    of_set: dict[Path, list[Path]] = {}
    for image in known:
        folder = next((above for above in image.absolute().parents[:ABOVE] if is_file(above / INDEX)), None)
        if folder is not None:
            of_set.setdefault(folder, []).append(image)
    for folder, own in of_set.items():
        try:
            found = _found(folder, {image.name for image in own})
        except InputError:
            continue
        known |= {image: found.get((image.name, image.resolve()), {}) for image in own}
    return known


def _found(folder: Path, names: Collection[str]) -> dict[tuple[str, Path], Known]:
    """What a set knows about its images with one of the file names, by that name and the file's real path."""
    found: dict[tuple[str, Path], Known] = {}
    for image, query, right in _rows(folder):
        if image.name in names:
            found.setdefault((image.name, image.resolve()), {})[query] = right
    return found


def _rows(folder: Path) -> Iterator[tuple[Path, str, tuple[str, ...]]]:
    if is_labelled(folder):
        for each in read_labelled_index(folder):
            yield folder / each.name, each.query, each.answers
    else:
        for row in read_index(folder):
            yield row.image, row.query, (row.answer,)
