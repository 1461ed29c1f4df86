"""The result of the check in words, for the terminal and the window."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

from pan.data.check.check import Checked

SHOWN = 5
"""Words and remarks shown of each kind."""


class Fact(NamedTuple):
    """A line: its label, empty if it continues the line before, and its text."""

    name: str
    text: str


def headline(checked: Checked) -> str:
    """A summary of the set in one line."""
    kind = "several answers" if checked.several else "one answer"
    return f"{checked.data}: {checked.questions:,} questions with {kind} about {checked.images:,} images"


def notice(checked: Checked) -> str:
    """The set and its most important problem in one line."""
    found = [*checked.contradictions, *checked.remarks, *checked.duplicates]
    more = f" And {len(found) - 1:,} more." if len(found) > 1 else ""
    told = f"{found[0].rstrip('.')}.{more}" if found else "Nothing is odd about it."
    images = f"{checked.images:,} images" + ("" if checked.is_complete else f", {checked.opened:,} of them opened")
    return f"“{Path(checked.data).name}”: {checked.questions:,} questions about {images}. {told}"


def facts(checked: Checked) -> list[Fact]:
    """The content of the set, and its guessing baselines."""
    masks = checked.masks
    parts = ", ".join(f"{count:,} {part}" for part, count in checked.parts.items())
    faults = {"empty": masks.empty, "the whole image": masks.whole, "unreadable": masks.unreadable}
    odd = ", ".join(f"{count:,} {what}" for what, count in faults.items() if count)
    return [
        Fact("queries", _counted(checked.queries)),
        Fact("answers", _counted(checked.answers)),
        Fact("parts", parts or "none: every tenth image is kept for validation"),
        Fact("masks", f"{masks.known:,} known, {masks.missing:,} missing{f'; {odd}' if odd else ''}"),
        Fact("guesses", f"{100 * checked.image_blind:.1f} % without the image, by each query's most frequent answer"),
        Fact("", f"at most {100 * checked.query_blind:.1f} % without the query, by each image's most frequent answer"),
    ]


def faults(checked: Checked) -> list[str]:
    """The problems, grouped by kind; empty if there are none."""
    kinds = {"contradictions": checked.contradictions, "duplicates": checked.duplicates, "remarks": checked.remarks}
    return [line for kind, found in kinds.items() if found for line in _some(kind, found)]


def commands(checked: Checked) -> list[Fact]:
    """The commands for training and evaluation."""
    return [Fact("train", checked.train), Fact("evaluate", checked.evaluate)]


def _counted(words: Mapping[str, int]) -> str:
    shown = ", ".join(f"{word} {count:,}" for word, count in [*words.items()][:SHOWN])
    more = len(words) - SHOWN
    return f"{len(words):,}: {shown}{f', and {more:,} more' if more > 0 else ''}"


def _some(kind: str, found: Sequence[str]) -> list[str]:
    more = len(found) - SHOWN
    return [f"{kind}: {len(found):,}", *(f"  {each}" for each in found[:SHOWN]),
            *([f"  and {more:,} more (pan data check --json has all)"] if more > 0 else [])]  # fmt: skip
