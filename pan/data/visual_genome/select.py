"""Selects the frequent words, and groups objects to questions: one for each word of an image."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from typing import NamedTuple

import numpy as np
from jaxtyping import Bool, Float, Int

from pan.data.visual_genome.collect import Collected

RARE_NAME, RARE_ATTRIBUTES = "rare_name", "rare_attributes"


class Question(NamedTuple):
    """A query about an image.

    Attributes:
        image: The id of the image.
        query: The index of the query.
        answers: The indices of the attributes of all objects of that name, without repetition.
        boxes: The boxes of these objects.
    """

    image: int
    query: int
    answers: list[int]
    boxes: Float[np.ndarray, "n 4"]


class Selected(NamedTuple):
    """The selected words and questions.

    Attributes:
        queries: The indices of the queries, the most frequent first.
        answers: The indices of the answers, the most frequent first.
        questions: The questions, grouped by image.
        dropped: The number of objects that are in no question, by reason.
    """

    queries: list[int]
    answers: list[int]
    questions: list[Question]
    dropped: dict[str, int]


def select(collected: Collected, min_count: int) -> Selected:
    """Keep the words with more than `min_count` objects, and the questions that still have an answer."""
    queries, answers = collected.queries.more_than(min_count), collected.answers.more_than(min_count)
    frequent = np.isin(collected.query, queries)
    questions = list(_questions(collected, frequent, set(answers)))
    answered = sum(len(each.boxes) for each in questions)
    dropped = {RARE_NAME: int((~frequent).sum()), RARE_ATTRIBUTES: int(frequent.sum()) - answered}
    return Selected(queries, answers, questions, dropped)


def _questions(
    collected: Collected, frequent: Bool[np.ndarray, " N"], answers: Collection[int]
) -> Iterator[Question]:
    """The questions, in the order of the file."""
    for objects in _groups(collected, np.flatnonzero(frequent)):
        first = objects[0]
        right = dict.fromkeys(
            word for each in objects
            for word in collected.answer[collected.start[each] : collected.start[each + 1]].tolist()
            if word in answers
        )  # fmt: skip
        if right:
            image, query = int(collected.image[first]), int(collected.query[first])
            yield Question(image, query, list(right), collected.box[objects])


def _groups(collected: Collected, objects: Int[np.ndarray, " n"]) -> list[Int[np.ndarray, " _"]]:
    """Groups of objects with the same name in the same image, ordered by the first occurrence of image and group."""
    if not len(objects):
        return []
    _, first_of_image, image = np.unique(collected.image[objects], return_index=True, return_inverse=True)
    key = image * len(collected.queries.words) + collected.query[objects]
    _, first, group = np.unique(key, return_index=True, return_inverse=True)
    order = np.lexsort((first[group], first_of_image[image]))  # stable: groups keep the order of the file
    ordered = group[order]
    return np.split(objects[order], np.flatnonzero(np.diff(ordered)) + 1)
