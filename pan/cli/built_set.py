"""What is told of a set that was made of annotations, whatever their form."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Protocol, runtime_checkable

from pan.cli.terminal import note, say, write_json

NAMED = 3
"""Images that are named of those that are missing."""


@runtime_checkable
class Built(Protocol):
    """What became of the annotations."""

    @property
    def objects(self) -> int:
        """Objects read."""

    @property
    def kept(self) -> int:
        """Those that are in a question."""

    @property
    def dropped(self) -> Mapping[str, int]:
        """Those that are not, by the first reason that holds."""

    @property
    def queries(self) -> int:
        """Words that are asked."""

    @property
    def answers(self) -> int:
        """Words that are answered."""

    @property
    def rows(self) -> int:
        """Questions written."""

    @property
    def images(self) -> int:
        """Images with at least one."""

    @property
    def parts(self) -> Mapping[str, int]:
        """Images of each part; none if the set is not split."""

    @property
    def missing(self) -> Sequence[str]:
        """Images without a file that can be used."""

    def to_json(self) -> dict[str, object]:
        """As JSON values."""


def tell_built(
    built: Built, folder: Path, json: str | None, answers: str, *, beside: str = "", listed: str = ""
) -> None:
    """Say what became of every object, or write it.

    Args:
        built: What was made.
        folder: Where the set lies.
        json: Where JSON goes instead of words.
        answers: How many answers there are, in words.
        beside: What else is told of the questions.
        listed: Where all missing images are named.
    """
    if built.missing:
        images = "images have" if len(built.missing) > 1 else "image has"
        named = ", ".join([*built.missing[:NAMED], *(["…"] if len(built.missing) > NAMED else [])])
        note(f"{len(built.missing):,} {images} no file that can be read, and what is about them is left out: {named}"
             + (f"; all are listed in {listed}" if listed else ""))
    if json is not None:
        write_json(json, built.to_json())
        return
    parts = ", ".join(f"{count:,} {part}" for part, count in built.parts.items()) or "not split"
    dropped = ", ".join(f"{count:,} {reason.replace('_', ' ')}" for reason, count in built.dropped.items() if count)
    say(f"{folder}: {built.rows:,} questions with {answers} about {built.images:,} images ({parts}){beside}\n"
        f"{built.queries:,} words to ask, {built.answers:,} to answer\n"
        f"{built.objects:,} objects read, {built.kept:,} kept, the others dropped: {dropped or 'none'}\n"
        f"look at it by pan data check {folder}")  # fmt: skip
