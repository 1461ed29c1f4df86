"""Questions of the test scenes, put to several networks at once."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from pan.data.images import Fitted
from pan.explaining.explain import explain
from pan.report.digits.results import Result
from pan.report.figure_7 import Example

SHOWN = ("san", "han", "pan-ctx")
"""The networks whose pictures the paper prints."""

ALSO_SHOWN = ("pan", "pan-ctx-hard", "pan-ctx-best")
"""The others with attention, on pages of their own."""


def shown(networks: Sequence[Result]) -> tuple[Result, ...]:
    """Of a kind's networks, those that pages of pictures have room for."""
    return tuple(each for each in networks if each.model in SHOWN) or tuple(networks)


def also_shown(networks: Sequence[Result]) -> tuple[Result, ...]:
    """Those that a second page shows."""
    return tuple(each for each in networks if each.model in ALSO_SHOWN and each not in shown(networks))


def first_questions(networks: Sequence[Result], count: int) -> list[Example]:
    """The digit placed first in each of the first scenes: nobody chose them, and their scales are even."""
    return [ask(networks, int(rows[0])) for rows in networks[0].questions.rows[:count]]


def ask(networks: Sequence[Result], row: int) -> Example:
    """Put a question of a kind's set to its networks."""
    questions, task = networks[0].questions, networks[0].checkpoint.task
    pixels = questions.images[questions.image[row]]
    size = len(pixels)
    image = Fitted(pixels, (0, 0, size, size), (size, size))
    query = task.queries[questions.query[row]]
    explanations = tuple(explain(each.checkpoint, image, query) for each in networks)
    return Example(row, task.answers[questions.answer[row]], explanations)


def mask_of(result: Result, row: int) -> np.ndarray:
    """The pixels of the digit that a question is about."""
    mask: np.ndarray = result.questions.masks(np.array([row]))[0]
    return mask
