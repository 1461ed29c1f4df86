"""Figure 12: where a network is wrong, and what it attended to instead.

The paper sorts failures by eye: a part of a larger structure, or a distractor. What can be measured is what the
accumulated attention is greatest on: another digit, the background, or the queried digit, which was then misread.
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

MOST_SORTED = 200  # more of them take minutes to explain and change no share by much
NEAR = 4  # pixels; a gate's cell is that wide at pool 2


class Attended(Enum):
    """What wrong attention is greatest on."""

    ANOTHER = "on another digit"
    BACKGROUND = "on the background"
    TARGET = "on the queried digit itself"


class Failures(NamedTuple):
    """A network's wrong answers.

    Attributes:
        result: The network.
        wrong: How many there are.
        sorted: The first of them, by what was attended.
    """

    result: Result
    wrong: int
    sorted: dict[Attended, list[Example]]

    def chosen(self, count: int) -> list[tuple[Attended, Example]]:
        """Some of each kind to show, those first that the most networks fail on."""
        return [
            (attended, example)
            for attended, examples in self.sorted.items()
            for example in sorted(examples, key=_right_networks)[:count]
        ]

    def sentence(self) -> str:
        """How many there are of which kind."""
        total = sum(map(len, self.sorted.values()))
        parts = [f"{attended.value} in {len(examples)}" for attended, examples in self.sorted.items()]
        looked_into = f"Of {total} wrong answers looked into ({self.wrong:,} in all)"
        return f"{looked_into}, attention is greatest {', '.join(parts)}."


def find_failures(networks: Sequence[Result]) -> Generator[Preparing, None, Failures]:
    """The wrong answers of the network that the report is about, the last of a kind's, with progress."""
    about = networks[-1]
    rows = np.flatnonzero(~about.right)
    by_attended: dict[Attended, list[Example]] = {attended: [] for attended in Attended}
    for done, row in enumerate(rows[:MOST_SORTED], start=1):
        example = ask(networks, int(row))
        own = example.explanations[-1]
        if own.layers and own.answer != example.answer:  # in float32 an answer on the brink may turn out right
            by_attended[attended_to(own, about, int(row))].append(example)
        yield Preparing(f"{about.checkpoint.name} failures", done, min(MOST_SORTED, len(rows)))
    return Failures(about, len(rows), by_attended)


def attended_to(explanation: Explanation, result: Result, row: int) -> Attended:
    """What lies where the accumulated attention is greatest."""
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
