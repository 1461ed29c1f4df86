"""One pass over the annotations: counts the words, and keeps a few numbers of each object."""

from __future__ import annotations

from array import array
from collections import Counter
from collections.abc import Generator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
from jaxtyping import Float, Int

from pan.data.visual_genome.official import Photograph, clipped_box, names, read_annotations
from pan.data.visual_genome.words import attribute_words, object_word

NO_NAME, NO_ATTRIBUTE, NOT_IN_IMAGE_DATA, NO_AREA = "no_name", "no_attribute", "not_in_image_data", "no_area"


@dataclass
class Vocabulary:
    """Words by index, with the number of objects of each."""

    words: list[str] = field(default_factory=list)
    counts: list[int] = field(default_factory=list)
    _places: dict[str, int] = field(default_factory=dict)

    def count(self, word: str) -> int:
        """Count one more object with the word; returns the word's index."""
        place = self._places.setdefault(word, len(self.words))
        if place == len(self.words):
            self.words.append(word)
            self.counts.append(0)
        self.counts[place] += 1
        return place

    def more_than(self, count: int) -> list[int]:
        """The indices of the words with more objects than `count`, the most frequent first."""
        kept = [place for place, own in enumerate(self.counts) if own > count]
        return sorted(kept, key=lambda place: (-self.counts[place], self.words[place]))


@dataclass(frozen=True, eq=False)
class Collected:
    """N objects with a name, attributes and a box inside an image, in the order of the file.

    Attributes:
        queries: The names of all objects that have a name and an attribute, with or without a box.
        answers: Their attributes.
        image: For each object, the id of its image.
        query: For each object, the index of its name.
        box: Left, top, width and height in pixels, clipped to the image.
        answer: The attribute indices of all objects, concatenated.
        start: The start of each object's attributes, and last their total number.
        objects: The number of objects read.
        dropped: The number of objects that are not among the N, by reason.
    """

    queries: Vocabulary
    answers: Vocabulary
    image: Int[np.ndarray, " N"]
    query: Int[np.ndarray, " N"]
    box: Float[np.ndarray, "N 4"]
    answer: Int[np.ndarray, " A"]
    start: Int[np.ndarray, " N1"]
    objects: int
    dropped: dict[str, int]


def collect(
    annotations: Path, photographs: Mapping[int, Photograph], aliases: Mapping[str, str]
) -> Generator[int, None, Collected]:
    """Read `attributes.json`, yielding the number of bytes read whenever it has grown.

    Raises:
        InputError: If the file is missing or of another format.
    """
    queries, answers, dropped = Vocabulary(), Vocabulary(), Counter[str]()
    objects, reported = 0, -1
    image, query, answer, start, box = array("q"), array("i"), array("i"), array("q", [0]), array("d")
    for annotated in read_annotations(annotations):
        photograph = photographs.get(annotated.image)
        for values in annotated.objects:
            objects += 1
            word, attributes = object_word(names(values), aliases), attribute_words(values.get("attributes"))
            if not word or not attributes:
                dropped[NO_ATTRIBUTE if word else NO_NAME] += 1
                continue
            asked, right = queries.count(word), [answers.count(each) for each in attributes]
            clipped = photograph and clipped_box(values, photograph)
            if clipped is None:
                dropped[NO_AREA if photograph else NOT_IN_IMAGE_DATA] += 1
                continue
            image.append(annotated.image)
            query.append(asked)
            box.extend(clipped)
            answer.extend(right)
            start.append(len(answer))
        if annotated.read > reported:
            reported = annotated.read
            yield reported
    return Collected(
        queries, answers, np.array(image, np.int64), np.array(query, np.int32), np.array(box).reshape(-1, 4),
        np.array(answer, np.int32), np.array(start, np.int64), objects, dict(dropped),
    )  # fmt: skip
