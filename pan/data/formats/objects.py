"""The common form of all formats: annotated objects, with the reason if an object cannot be used."""

from __future__ import annotations

import math
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple, Protocol, runtime_checkable

from pan.data.formats.outlines import Outline
from pan.data.labelled.index import Box

NO_NAME, NO_ANSWER, NO_IMAGE_ENTRY = "no_name", "no_answer", "no_image_entry"
NO_AREA, CROWD, NOT_SINGLED_OUT = "no_area", "crowd", "not_singled_out"
NO_IMAGE_FILE, UNREADABLE_IMAGE, AMBIGUOUS = "no_image_file", "unreadable_image", "ambiguous"
REASONS = (NO_NAME, NO_ANSWER, NO_IMAGE_ENTRY, NO_AREA, CROWD, NOT_SINGLED_OUT, NO_IMAGE_FILE, UNREADABLE_IMAGE,
           AMBIGUOUS)  # fmt: skip


class AnnotatedObject(NamedTuple):
    """One object of one image.

    Attributes:
        where: Its place in the annotations, as the start of a message.
        image: Its image, by the format's name.
        query: The query.
        answers: The right answers.
        wrong: The answers that are known to be wrong.
        outline: Its outline, None if unknown.
        box: Left, top, width and height in pixels, None if unknown.
        part: The part that its file or entry names; empty if none.
        reason: Why it cannot be used, one of `REASONS`; empty if it can.
    """

    where: str
    image: str
    query: str = ""
    answers: tuple[str, ...] = ()
    wrong: tuple[str, ...] = ()
    outline: Outline | None = None
    box: Box | None = None
    part: str = ""
    reason: str = ""


@runtime_checkable
class Format(Protocol):
    """The reader of a format. Its objects can be read several times.

    Attributes:
        files: The annotation files.
        partial: Whether labels are incomplete: a word that is neither right nor wrong is unknown.
    """

    files: tuple[Path, ...]
    partial: bool

    def objects(self) -> Iterator[AnnotatedObject]:
        """Every object, in the order of the files.

        Raises:
            InputError: If a file is missing, truncated or of another format.
        """
        ...

    def places(self, image: str) -> tuple[str, ...]:
        """Relative paths where an image may be, the most likely one first."""
        ...

    def size(self, image: str) -> tuple[int, int] | None:
        """Width and height of the annotated image, None if the format does not have them."""
        ...

    def numbers(self) -> dict[str, dict[str, int | str]]:
        """The format's ids of `images` and of `categories` (queries), for results in the same format."""
        ...


def area_of(box: Box | None) -> Box | None:
    """The box, None if it has no finite positive area."""
    return box if box is not None and all(map(math.isfinite, box)) and box[2] > 0 and box[3] > 0 else None


def part_in_name(path: Path) -> str:
    """The part in a file's name, as in `instances_val2017.json`; empty if there is none."""
    name = path.stem.casefold()
    found = [part for part, sign in (("train", "train"), ("val", "val"), ("test", "test")) if sign in name]
    return found[0] if len(found) == 1 else ""
