"""Figure 12: a network's failures, by the location of its largest attention.

The paper sorts failures by eye: a part of a larger structure, or a distractor. Here they are sorted by the location of
the accumulated attention's maximum: on another digit, on the background, or on the queried digit, which was misread.
"""

from __future__ import annotations

from collections.abc import Generator, Sequence
from enum import Enum
from typing import NamedTuple

import numpy as np
from jaxtyping import Bool

from pan.explaining.explain import Explanation
from pan.report.digits.figures_4_10_11 import ask, mask_of
from pan.report.digits.results import Result
from pan.report.figures_7_8 import Example
from pan.system.steps import Preparing

MOST_SORTED = 200  # more would take minutes, with nearly the same shares
NEAR = 4  # pixels; the width of a gate's cell at pool 2


class Attended(Enum):
    """The location of the largest attention in a failure."""

    ANOTHER = "on another digit"
    BACKGROUND = "on the background"
    TARGET = "on the queried digit itself"


class Failures(NamedTuple):
    """A network's wrong answers.

    Attributes:
        result: The network.
        wrong: Number of wrong answers.
        sorted: The first of them, by the location of the largest attention.
    """

    result: Result
    wrong: int
    sorted: dict[Attended, list[Example]]

    def chosen(self, count: int) -> list[tuple[Attended, Example]]:
        """Some failures of each kind, beginning with those on which most networks fail."""
        return [
            (attended, example)
            for attended, examples in self.sorted.items()
            for example in sorted(examples, key=_right_networks)[:count]
        ]

    def sentence(self) -> str:
        """The number of failures of each kind, as a sentence."""
        total = sum(map(len, self.sorted.values()))
        parts = [f"{attended.value} in {len(examples)}" for attended, examples in self.sorted.items()]
        examined = f"Of {total} examined wrong answers ({self.wrong:,} in all)"
        return f"{examined}, the largest attention is {', '.join(parts)}."


def find_failures(networks: Sequence[Result]) -> Generator[Preparing, None, Failures]:
    """Examine the wrong answers of the last of these networks, yielding progress."""
    about = networks[-1]
    rows = np.flatnonzero(~about.right)
    by_attended: dict[Attended, list[Example]] = {attended: [] for attended in Attended}
    for done, row in enumerate(rows[:MOST_SORTED], start=1):
        example = ask(networks, int(row))
        own = example.explanations[-1]
        if own.layers and own.answer != example.answer:  # rounding may turn a close answer into the right one
            by_attended[attended_to(own, about, int(row))].append(example)
        yield Preparing(f"{about.checkpoint.name} failures", done, min(MOST_SORTED, len(rows)))
    return Failures(about, len(rows), by_attended)


def attended_to(explanation: Explanation, result: Result, row: int) -> Attended:
    """The location of the accumulated attention's maximum."""
    accumulated = explanation.layers[-1].accumulated
    y, x = np.unravel_index(int(accumulated.argmax()), accumulated.shape)
    near = (slice(max(0, int(y) - NEAR), int(y) + NEAR + 1), slice(max(0, int(x) - NEAR), int(x) + NEAR + 1))
    if mask_of(result, row)[near].any():
        return Attended.TARGET
    return Attended.ANOTHER if _ink(result, row)[near].any() else Attended.BACKGROUND


def _ink(result: Result, row: int) -> Bool[np.ndarray, "S S"]:
    """The pixels of all digits of a question's image."""
    questions = result.questions
    masks = questions.masks(questions.rows[questions.image[row]])
    ink: Bool[np.ndarray, "S S"] = np.logical_or.reduce(masks)
    return ink


def _right_networks(example: Example) -> int:
    return sum(each.answer == example.answer for each in example.explanations)
