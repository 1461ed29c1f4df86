"""What every format is read into: annotated objects, each with the reason why it cannot be asked about, if any."""

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
        where: Its place in the annotations, as the beginning of a sentence.
        image: Its image, as the format names it.
        query: The word that asks about it.
        answers: The words that are right.
        wrong: The words that are known to be wrong.
        outline: Its pixels, None where they are not known.
        box: Its left, top, width and height in pixels, None where they are not known.
        part: The part that its file or its entry belongs to, empty if that is not told.
        reason: Why it cannot be asked about, one of `REASONS`; empty if it can.
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
    """The files of one format, which can be gone through several times.

    Attributes:
        files: The annotation files.
        partial: Whether a word that is neither right nor wrong is not known to be either.
    """

    files: tuple[Path, ...]
    partial: bool

    def objects(self) -> Iterator[AnnotatedObject]:
        """Every object, in the order of the files.

        Raises:
            InputError: If a file is missing, cut short or of another form.
        """
        ...

    def places(self, image: str) -> tuple[str, ...]:
        """Where an image may lie below a folder of images, the likeliest place first."""
        ...

    def size(self, image: str) -> tuple[int, int] | None:
        """Width and height of the picture that was annotated, None if the format does not tell."""
        ...

    def numbers(self) -> dict[str, dict[str, int | str]]:
        """The format's own numbers of `images` and of `categories` (queries), for what goes back to it."""
        ...


def area_of(box: Box | None) -> Box | None:
    """The box if it has an area that is finite."""
    return box if box is not None and all(map(math.isfinite, box)) and box[2] > 0 and box[3] > 0 else None


def part_in_name(path: Path) -> str:
    """The part that a file's name tells, as `instances_val2017.json` does; empty if it tells none."""
    name = path.stem.casefold()
    found = [part for part, sign in (("train", "train"), ("val", "val"), ("test", "test")) if sign in name]
    return found[0] if len(found) == 1 else ""
