"""The work of a job that cuts objects out of the images of a set."""

from __future__ import annotations

from collections.abc import Generator
from pathlib import Path

from pan.data.composer.set_objects import CutPicture, SetObjects
from pan.data.parts import folders_of
from pan.recipes.task import MNIST_REFERENCE
from pan.system.errors import InputError
from pan_explorer.background.job import Work
from pan_explorer.state.kit import CutoutKit, DigitKit, Kit

SHOWN_AT_ONCE = 12
"""The first event comes after this number of objects."""


def read_kit(folder: Path) -> Work[Kit]:
    """Read a kit from a set: digits if it has the task of MNIST Reference, otherwise objects cut out of it.

    Args:
        folder: The set; if its parts are folders, the part that the window shows is read.
    """

    def work() -> Generator[Kit, None, None]:
        source = SetObjects.of(folders_of(folder)[-1])
        if source.task == MNIST_REFERENCE:
            yield DigitKit()
        else:
            yield from _kits(folder, source, "")

    return work


def kit_of(kit: CutoutKit, word: str) -> Work[Kit]:
    """The same set's objects of one query; of any with an empty word."""
    return lambda: _kits(kit.folder, kit.source, word)


def _kits(folder: Path, source: SetObjects, word: str) -> Generator[Kit, None, None]:
    cut: list[CutPicture] = []
    for found in source.cut(word):
        cut.append(found)
        if len(cut) == SHOWN_AT_ONCE:
            yield CutoutKit(folder, source, word, tuple(cut))
    if not cut:
        where, also = (f"“{word}” in ", "choose another word or ") if word else ("", "")
        raise InputError(f"No object of {where}“{folder.name}” can be cut out; {also}check the set (i).")
    yield CutoutKit(folder, source, word, tuple(cut))
