"""Objects of an opened set, cut out behind the window."""

from __future__ import annotations

from collections.abc import Generator
from pathlib import Path

from pan.data.composer.set_objects import CutPicture, cut_objects, rows_with_masks, scene_side
from pan.data.parts import folders_of
from pan.data.reference.reading import words_in
from pan.recipes.task import MNIST_REFERENCE
from pan.system.errors import InputError
from pan_explorer.background.job import Work
from pan_explorer.state.kit import CutoutKit, DigitKit, Kit

SHOWN_AT_ONCE = 12
"""So many objects are shown before the others are cut out."""


def read_kit(folder: Path, word: str = "") -> Work[Kit]:
    """What a set gives to compose with: its objects, or digits where they are what it asks about.

    Args:
        folder: The set; of one whose parts are folders it is the part that the window shows.
        word: The query whose objects are wanted; empty for any.
    """

    def work() -> Generator[Kit, None, None]:
        rows = rows_with_masks(folders_of(folder)[-1])
        task, side = words_in(rows), scene_side(rows)
        if task == MNIST_REFERENCE:
            yield DigitKit()
            return
        cut: list[CutPicture] = []
        for found in cut_objects(rows, side, word):
            cut.append(found)
            if len(cut) == SHOWN_AT_ONCE:
                yield CutoutKit(folder, side, task.queries, task.answers, word, tuple(cut))
        if not cut:
            where, also = (f"“{word}” in ", "choose another word or ") if word else ("", "")
            raise InputError(f"No mask of {where}“{folder.name}” can be read and shows an object; "
                             f"{also}look through the set (i).")
        yield CutoutKit(folder, side, task.queries, task.answers, word, tuple(cut))

    return work
