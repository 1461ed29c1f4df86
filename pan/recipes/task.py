"""The task: a closed vocabulary of queries and answers, as one frozen value."""

from __future__ import annotations

from dataclasses import dataclass
from difflib import get_close_matches

from pan.system.errors import InputError

LARGEST_IMAGE = 2_048
"""Upper bound of the height and width of a network's input."""


@dataclass(frozen=True)
class Task:
    """A closed vocabulary of queries and answers about images of one size.

    Attributes:
        image_size: Height and width of the network's input, in pixels.
        queries: The queries; a network's input is a one-hot vector over them.
        answers: The answers, in the order of the network's outputs.
        several: Whether several answers may be right at once (multi-label): each then has its own probability.
    """

    image_size: int
    queries: tuple[str, ...]
    answers: tuple[str, ...]
    several: bool = False

    def __post_init__(self) -> None:
        if not 1 <= self.image_size <= LARGEST_IMAGE:
            raise InputError(f"image_size must be from 1 to {LARGEST_IMAGE} pixels, not {self.image_size}.")
        for kind, words in (("queries", self.queries), ("answers", self.answers)):
            if not words or len(set(words)) < len(words):
                raise InputError(f"the {kind} of a task must be distinct words, at least one.")
            if wrong := [word for word in words if not word.strip() or not _is_unicode(word)]:
                raise InputError(f"“{wrong[0]}” among the {kind} of a task is empty or not valid Unicode.")

    def query_index(self, word: str) -> int:
        """The index of a query.

        Raises:
            InputError: If the word is not a query of the task; the message suggests similar ones.
        """
        if word not in self.queries:
            raise InputError(f"“{word}” cannot be asked; {suggestion(word, self.queries)}.")
        return self.queries.index(word)


def _is_unicode(text: str) -> bool:
    """Whether a text has no surrogates, which cannot be written to a file."""
    return all(not 0xD800 <= ord(sign) <= 0xDFFF for sign in text)


MOST_LISTED = 20  # words in a message
NEAR_WORDS = 5


def suggestion(word: str, words: tuple[str, ...]) -> str:
    """A suggestion for an unknown word: all words if they are few, else the most similar ones."""
    if len(words) <= MOST_LISTED:
        return f"choose one of {', '.join(words)}"
    near = get_close_matches(word.lower(), words, NEAR_WORDS, cutoff=0.5)
    if not near:
        return f"none of the {len(words):,} known words is similar; choose one such as {', '.join(words[:NEAR_WORDS])}"
    return f"of {len(words):,} known words the most similar {'is' if len(near) == 1 else 'are'} {', '.join(near)}"


MNIST_REFERENCE = Task(
    image_size=100,
    queries=tuple("0123456789"),
    answers=("red", "yellow", "green", "blue", "white"),
)
"""“Which colour is the 7?” (section 4.1)."""
