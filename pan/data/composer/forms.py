"""The two forms in which composed scenes are rows of an index: with one answer to a question, or with several."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from math import isnan
from pathlib import Path
from typing import NamedTuple

from pan.data.composer.drawing import Known
from pan.data.composer.placed import Placed
from pan.data.labelled.index import NEEDED, is_labelled, join_words, read_labelled_rows_of
from pan.data.reference.index import HEADER, read_rows_of
from pan.system.errors import InputError


class Form(NamedTuple):
    """A form of an index.

    Attributes:
        header: Its columns.
        row: The row of an image, one of its known queries, and that query's mask.
        read: Reads a file that is, or may become, the index of a folder; wrong ones are refused.
    """

    header: Sequence[str]
    row: Callable[[str, Known, str], list[str]]
    read: Callable[[Path, Path], object]

    def check(self, folder: Path, placed: Sequence[Placed]) -> None:
        """Refuse objects that this form has no place for.

        Raises:
            InputError: If several answers may be right, and the set has one to a question.
        """
        if self is ONE_ANSWER and (several := [each.query for each in placed if each.several]):
            raise InputError(f"{folder} has one answer to a question, and “{several[0]}” may have several; "
                             "choose a new folder, nothing was added to the set.")


def _with_one(image: str, known: Known, mask: str) -> list[str]:
    return [image, known.query, known.answers[0], "" if isnan(known.scale) else f"{known.scale:g}", mask]


def _with_several(image: str, known: Known, mask: str) -> list[str]:
    return [image, known.query, join_words(known.answers), mask]


ONE_ANSWER = Form(HEADER, _with_one, read_rows_of)
SEVERAL_ANSWERS = Form((*NEEDED, "mask"), _with_several, read_labelled_rows_of)


def form_of(folder: Path) -> Form:
    """The form of a set's index."""
    return SEVERAL_ANSWERS if is_labelled(folder) else ONE_ANSWER


def form_for(placed: Sequence[Placed]) -> Form:
    """The form of a new set that begins with a scene of these objects."""
    return SEVERAL_ANSWERS if any(each.several for each in placed) else ONE_ANSWER
