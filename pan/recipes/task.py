"""What is asked: a closed vocabulary of queries and answers, as one frozen value."""

from __future__ import annotations

from dataclasses import dataclass
from difflib import get_close_matches

from pan.system.errors import InputError

LARGEST_IMAGE = 2_048
"""Height and width of a network's images: more than four times those of any network here."""


@dataclass(frozen=True)
class Task:
    """A closed vocabulary of queries and answers about images of one size.

    Attributes:
        image_size: Height and width of the network's input, in pixels.
        queries: Words that may be asked; a query is their one-hot vector.
        answers: Words that may be answered, in the order of the network's outputs.
        several: Whether several answers are right at once: each has a probability of its own, and what is asked
            about is known by boxes instead of masks.
    """

    image_size: int
    queries: tuple[str, ...]
    answers: tuple[str, ...]
    several: bool = False

    def __post_init__(self) -> None:
        if not 1 <= self.image_size <= LARGEST_IMAGE:
            raise InputError(f"images of networks have from 1 to {LARGEST_IMAGE} pixels a side, not {self.image_size}.")
        for kind, words in (("queries", self.queries), ("answers", self.answers)):
            if not words or len(set(words)) < len(words):
                raise InputError(f"the {kind} of a task are one word or more, each once.")
            if wrong := [word for word in words if not word.strip() or not _is_unicode(word)]:
                raise InputError(f"“{wrong[0]}” among the {kind} of a task is no word.")

    def query_index(self, word: str) -> int:
        """Position of a query word.

        Raises:
            InputError: If the word is not one of the task's queries; it names those, or the nearest where many.
        """
        if word not in self.queries:
            raise InputError(f"“{word}” cannot be asked; {suggestion(word, self.queries)}.")
        return self.queries.index(word)


def _is_unicode(text: str) -> bool:
    """Whether it can be written to a file; half of a surrogate pair cannot."""
    return all(not 0xD800 <= ord(sign) <= 0xDFFF for sign in text)


MOST_LISTED = 20  # words that a sentence still bears
NEAR_WORDS = 5


def suggestion(word: str, words: tuple[str, ...]) -> str:
    """What may be said instead of an unknown word: any of a few words, the nearest of many."""
    if len(words) <= MOST_LISTED:
        return f"choose one of {', '.join(words)}"
    near = get_close_matches(word.lower(), words, NEAR_WORDS, cutoff=0.5)
    if not near:
        return f"none of the {len(words):,} known words is near it; choose one such as {', '.join(words[:NEAR_WORDS])}"
    return f"of {len(words):,} known words the nearest {'is' if len(near) == 1 else 'are'} {', '.join(near)}"


MNIST_REFERENCE = Task(
    image_size=100,
    queries=tuple("0123456789"),
    answers=("red", "yellow", "green", "blue", "white"),
)
"""“Which colour is the 7?” (section 4.1)."""
