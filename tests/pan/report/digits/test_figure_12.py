"""Failures are sorted by what lies where attention is greatest."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from pan.report.digits.figure_12 import NEAR, Attended, attended_to, find_failures
from pan.report.digits.figures_4_10_11 import ask, shown
from tests.pan.conftest import drained


def peaked(example, y, x):
    explanation = example.explanations[0]
    accumulated = np.zeros((100, 100), np.float32)
    accumulated[y, x] = 1
    return replace(explanation, layers=(replace(explanation.layers[-1], accumulated=accumulated),))


def test_the_peak_decides(results):
    result = results.get("mref", "san")
    example = ask([result], 0)
    masks = result.questions.masks(result.questions.rows[0])
    for mask, expected in ((masks[0], Attended.TARGET), (masks[1], Attended.ANOTHER)):
        peaks = [attended_to(peaked(example, *peak), result, 0) for peak in np.argwhere(mask)]
        assert expected in peaks
    y, x = next((y, x) for y, x in np.ndindex(100, 100)
                if not masks[:, max(0, y - NEAR) : y + NEAR + 1, max(0, x - NEAR) : x + NEAR + 1].any())  # fmt: skip
    assert attended_to(peaked(example, y, x), result, 0) is Attended.BACKGROUND


def test_every_failure_is_a_wrong_answer_of_the_last_network(results):
    failures = drained(find_failures(shown(results.of_kind("mref"))))
    assert failures.result.model == "pan-ctx"
    assert failures.wrong == int((~failures.result.right).sum()) > 0
    for _, example in failures.chosen(100):
        assert example.explanations[-1].answer != example.answer
    assert f"({failures.wrong} in all)" in failures.sentence()


@pytest.mark.parametrize("count", [1, 2])
def test_a_given_number_of_failures_of_each_kind_is_shown(results, count):
    failures = drained(find_failures(results.of_kind("mref")))
    for attended, examples in failures.sorted.items():
        chosen = [example for kind, example in failures.chosen(count) if kind is attended]
        assert len(chosen) == min(count, len(examples))
