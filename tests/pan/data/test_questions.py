"""Questions in memory."""

from __future__ import annotations

import numpy as np

from pan.data.questions import ask


def test_questions_of_an_image_are_asked_in_random_order_and_repeated(rng):
    (asked,) = ask([np.array([4, 5, 6])], 7, rng)
    assert sorted(asked[:3]) == [4, 5, 6]
    np.testing.assert_array_equal(asked[3:6], asked[:3])


def test_one_question_an_image_is_its_first(questions):
    alone = questions.one_question_an_image()
    assert [len(rows) for rows in alone.rows] == [1] * len(questions.images)
    np.testing.assert_array_equal(alone.query, [questions.query[rows[0]] for rows in questions.rows])


def test_a_choice_of_images_keeps_their_questions(questions):
    chosen = questions.of_images(np.array([3, 1]))
    np.testing.assert_array_equal(chosen.images[0], questions.images[3])
    np.testing.assert_array_equal(chosen.query[chosen.rows[1]], questions.query[questions.rows[1]])
    np.testing.assert_array_equal(chosen.masks(chosen.rows[0]), questions.masks(questions.rows[3]))
