"""The summary that is printed for a set built from annotations of any format."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Protocol, runtime_checkable

from pan.cli.terminal import note, say, write_json

NAMED = 3
"""Missing images that are listed by name."""


@runtime_checkable
class Built(Protocol):
    """The summary of a set built from annotations."""

    @property
    def objects(self) -> int:
        """Objects read."""

    @property
    def kept(self) -> int:
        """Objects that are part of a question."""

    @property
    def dropped(self) -> Mapping[str, int]:
        """The number of the other objects, by the first reason that applies."""

    @property
    def queries(self) -> int:
        """Distinct queries."""

    @property
    def answers(self) -> int:
        """Distinct answers."""

    @property
    def rows(self) -> int:
        """Questions written."""

    @property
    def images(self) -> int:
        """Images with at least one question."""

    @property
    def parts(self) -> Mapping[str, int]:
        """Images of each part; empty if the set is not split."""

    @property
    def missing(self) -> Sequence[str]:
        """Images without a readable file."""

    def to_json(self) -> dict[str, object]:
        """As JSON values."""


def tell_built(
    built: Built, folder: Path, json: str | None, answers: str, *, beside: str = "", listed: str = ""
) -> None:
    """Print the summary of a set, or write it as JSON.

    Args:
        built: The summary.
        folder: The set's folder.
        json: The target of the JSON, None to print text.
        answers: The number of answers, in words.
        beside: Further text about the questions.
        listed: The file that lists all missing images.
    """
    if built.missing:
        images = "images have" if len(built.missing) > 1 else "image has"
        named = ", ".join([*built.missing[:NAMED], *(["…"] if len(built.missing) > NAMED else [])])
        note(f"{len(built.missing):,} {images} no readable file; their questions are left out: {named}"
             + (f"; all are listed in {listed}" if listed else ""))
    if json is not None:
        write_json(json, built.to_json())
        return
    parts = ", ".join(f"{count:,} {part}" for part, count in built.parts.items()) or "not split"
    dropped = ", ".join(f"{count:,} {reason.replace('_', ' ')}" for reason, count in built.dropped.items() if count)
    say(f"{folder}: {built.rows:,} questions with {answers} about {built.images:,} images ({parts}){beside}\n"
        f"{built.queries:,} queries, {built.answers:,} answers\n"
        f"{built.objects:,} objects read, {built.kept:,} kept, the others dropped: {dropped or 'none'}\n"
        f"check it with pan data check {folder}")  # fmt: skip
