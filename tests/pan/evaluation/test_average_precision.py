"""Average precision by hand, by a loop over the definition, and beside scikit-learn's."""

from __future__ import annotations

import numpy as np
import pytest
from sklearn.metrics import average_precision_score

from pan.evaluation.average_precision import answer_precision, average_precision


def precision(scores, right):
    return average_precision(np.array(scores, float), np.array(right, bool))


def test_average_precision_is_the_hand_computed_one():
    # Ranked: right, wrong, right, right, wrong. Precision 1, 1/2, 2/3, 3/4, 3/5 at recall 1/3, 1/3, 2/3, 1, 1;
    # its envelope: 1, 3/4, 3/4, 3/4, 3/5. Recall 0 to 0.3 is reached with 1, all above with 3/4.
    all_points, eleven_points = precision([5, 4, 3, 2, 1], [1, 0, 1, 1, 0])
    assert all_points == pytest.approx((1 + 3 / 4 + 3 / 4) / 3)
    assert eleven_points == pytest.approx((4 * 1 + 7 * 3 / 4) / 11)


def test_a_perfect_ranking_has_one_and_the_worst_one_the_share_behind():
    assert precision([3, 2, 1, 0], [1, 1, 0, 0]) == (1, 1)
    assert precision([3, 2, 1, 0], [0, 0, 1, 1]) == pytest.approx((1 / 2, 1 / 2))


def test_an_answer_that_is_never_right_has_none():
    assert np.isnan(precision([1, 2], [0, 0])).all()


def test_questions_of_equal_score_have_no_order():
    assert precision([1, 1, 1, 1], [1, 0, 0, 0]) == precision([1, 1, 1, 1], [0, 0, 0, 1]) == (1 / 4, 1 / 4)


def test_a_recall_of_exactly_three_tenths_is_reached():
    # Three of ten found without a mistake, the others after ninety of them: 0, 0.1, 0.2, 0.3 have precision 1.
    right = [1] * 3 + [0] * 90 + [1] * 7
    assert precision(range(100, 0, -1), right).eleven_points == pytest.approx((4 * 1 + 7 * 10 / 100) / 11)


def by_definition(scores, right):
    """Precision and recall at every threshold, in plain Python."""
    curve = []
    for threshold in sorted(set(scores), reverse=True):
        chosen = [hit for score, hit in zip(scores, right, strict=True) if score >= threshold]
        curve.append((sum(chosen) / sum(right), sum(chosen) / len(chosen)))
    area, before = 0.0, 0.0
    for recall, _ in curve:
        area += (recall - before) * max(p for r, p in curve if r >= recall)
        before = recall
    eleven = [max(p for r, p in curve if r >= tenth / 10 - 1e-12) for tenth in range(11)]
    return area, sum(eleven) / 11


def test_average_precision_follows_its_definition(rng):
    for _ in range(30):
        scores, right = rng.integers(0, 12, 40).astype(float), rng.random(40) < 0.3
        right[0] = True
        assert tuple(average_precision(scores, right)) == pytest.approx(
            by_definition(scores.tolist(), right.tolist())
        )  # fmt: skip


def test_the_envelope_lifts_scikit_learns_steps_by_little(rng):
    right = rng.random(4000) < 0.1
    scores = rng.normal(size=4000) + right
    steps = average_precision_score(right, scores)
    all_points, eleven_points = average_precision(scores, right)
    assert steps <= all_points < steps + 0.005  # half a point
    assert eleven_points == pytest.approx(all_points, abs=0.05)


def test_where_the_curve_falls_already_it_is_scikit_learns():
    scores, right = np.arange(6, 0, -1.0), np.array([1, 1, 1, 0, 0, 0], bool)
    assert average_precision(scores, right).all_points == average_precision_score(right, scores)


def test_answers_weigh_as_much_as_questions_have_them():
    scores = np.array([[3.0, 1, 0], [2, 2, 0], [1, 3, 0]])
    right = np.array([[1, 1, 0], [1, 0, 0], [1, 0, 0]], bool)
    result = answer_precision(scores, right, np.ones_like(right))
    assert result.examples.tolist() == [3, 1, 0]
    assert result.all_points[:2].tolist() == [1, 1 / 3]
    assert np.isnan(result.all_points[2])
    assert result.mean == pytest.approx((3 * 1 + 1 * 1 / 3) / 4)
    assert result.mean_of_eleven_points == pytest.approx((3 * 1 + 1 * 1 / 3) / 4)


def test_without_any_right_answer_there_is_no_mean():
    assert np.isnan(answer_precision(np.zeros((2, 2)), np.zeros((2, 2), bool), np.ones((2, 2), bool)).mean)
