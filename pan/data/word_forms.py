"""Words that look alike: the same but for capitals, white space or the way Unicode composes their letters."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable

from pan.data.columns import Line
from pan.system.errors import InputError

ONLY = "capital letters, white space or the composition of its letters"


def folded(word: str) -> str:
    """What words that look alike have in common."""
    return " ".join(unicodedata.normalize("NFC", word).casefold().split())


def look_alike(word: str, words: Iterable[str]) -> str | None:
    """A word that looks like another one that is not among the words."""
    return next((each for each in words if folded(each) == folded(word)), None)


class WordForms:
    """The words of one kind in a file, each in one form.

    Args:
        kind: What the words are in a sentence: query or answer.
    """

    def __init__(self, kind: str) -> None:
        self._kind = kind
        self._seen: set[str] = set()
        self._forms: dict[str, tuple[str, int]] = {}

    def check(self, line: Line, word: str) -> None:
        """Refuse a second form of a word.

        Raises:
            InputError: If the word was there before in another form.
        """
        if word in self._seen:
            return
        self._seen.add(word)
        form, number = self._forms.setdefault(folded(word), (word, line.number))
        if form != word:
            raise InputError(f"{line.where}: the {self._kind} “{word}” differs from “{form}” in line {number} in "
                             f"nothing but {ONLY}; write one of them everywhere.")
