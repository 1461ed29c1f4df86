"""From objects to questions: frequent words, one row for each word of an image."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from typing import NamedTuple

import numpy as np
from jaxtyping import Bool, Float, Int

from pan.data.visual_genome.collect import Collected

RARE_NAME, RARE_ATTRIBUTES = "rare_name", "rare_attributes"


class Question(NamedTuple):
    """One word asked of one image.

    Attributes:
        image: Number of the image.
        query: Number of the word.
        answers: Numbers of the attributes of all objects of that word, each once, as they come.
        boxes: Those objects' boxes.
    """

    image: int
    query: int
    answers: list[int]
    boxes: Float[np.ndarray, "n 4"]


class Selected(NamedTuple):
    """What is left for a set.

    Attributes:
        queries: Numbers of the words that may be asked, the most frequent first.
        answers: Numbers of those that may be answered.
        questions: The questions, those of an image together.
        dropped: Objects that are in no question, by reason.
    """

    queries: list[int]
    answers: list[int]
    questions: list[Question]
    dropped: dict[str, int]


def select(collected: Collected, min_count: int) -> Selected:
    """Keep the words of more than `min_count` objects, and the questions that have an answer left."""
    queries, answers = collected.queries.more_than(min_count), collected.answers.more_than(min_count)
    frequent = np.isin(collected.query, queries)
    questions = list(_questions(collected, frequent, set(answers)))
    answered = sum(len(each.boxes) for each in questions)
    dropped = {RARE_NAME: int((~frequent).sum()), RARE_ATTRIBUTES: int(frequent.sum()) - answered}
    return Selected(queries, answers, questions, dropped)


def _questions(
    collected: Collected, frequent: Bool[np.ndarray, " N"], answers: Collection[int]
) -> Iterator[Question]:
    """Images in the order of the file, and in each its words."""
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
    """Objects of the same word in the same image; the groups as their image and then they themselves come first."""
    if not len(objects):
        return []
    _, first_of_image, image = np.unique(collected.image[objects], return_index=True, return_inverse=True)
    key = image * len(collected.queries.words) + collected.query[objects]
    _, first, group = np.unique(key, return_index=True, return_inverse=True)
    order = np.lexsort((first[group], first_of_image[image]))  # it is stable: inside a group as in the file
    ordered = group[order]
    return np.split(objects[order], np.flatnonzero(np.diff(ordered)) + 1)
