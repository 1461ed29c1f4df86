"""Questions in memory."""

from __future__ import annotations

import numpy as np

from pan.data.questions import ask


def test_questions_of_an_image_are_asked_in_random_order_and_repeated(rng):
    (asked,) = ask([np.array([4, 5, 6])], 7, rng)
    assert sorted(asked[:3]) == [4, 5, 6]
    np.testing.assert_array_equal(asked[3:6], asked[:3])


def test_one_question_an_image_is_any_of_its_questions(questions):
    places = set()
    for seed in range(20):
        alone = questions.one_question_an_image(np.random.default_rng(seed))
        assert [len(rows) for rows in alone.rows] == [1] * len(questions.images)
        places |= {questions.query[rows].tolist().index(query)
                   for rows, query in zip(questions.rows, alone.query, strict=True)}  # fmt: skip
    assert places >= {0, 1, 2, 3, 4}


def test_a_seed_asks_the_same_one_question_an_image(questions):
    first, again = (questions.one_question_an_image(np.random.default_rng(7)) for _ in range(2))
    np.testing.assert_array_equal(first.query, again.query)


def test_a_choice_of_images_keeps_their_questions(questions):
    chosen = questions.of_images(np.array([3, 1]))
    np.testing.assert_array_equal(chosen.images[0], questions.images[3])
    np.testing.assert_array_equal(chosen.query[chosen.rows[1]], questions.query[questions.rows[1]])
    np.testing.assert_array_equal(chosen.masks(chosen.rows[0]), questions.masks(questions.rows[3]))
