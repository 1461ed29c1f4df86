"""Words that look alike: they differ only in case, white space or Unicode normalisation."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable

from pan.data.columns import Line
from pan.system.errors import InputError

ONLY = "upper and lower case, white space or Unicode form"


def folded(word: str) -> str:
    """A normal form that words that look alike share."""
    return " ".join(unicodedata.normalize("NFC", word).casefold().split())


def look_alike(word: str, words: Iterable[str]) -> str | None:
    """The one of `words` that looks like `word`, None if there is none."""
    return next((each for each in words if folded(each) == folded(word)), None)


class WordForms:
    """Checks that each word of a file is written in one form only.

    Args:
        kind: The noun for messages: query or answer.
    """

    def __init__(self, kind: str) -> None:
        self._kind = kind
        self._seen: set[str] = set()
        self._forms: dict[str, tuple[str, int]] = {}

    def check(self, line: Line, word: str) -> None:
        """Check a word.

        Raises:
            InputError: If the file has the word in another form too.
        """
        if word in self._seen:
            return
        self._seen.add(word)
        form, number = self._forms.setdefault(folded(word), (word, line.number))
        if form != word:
            raise InputError(f"{line.where}: the {self._kind} “{word}” differs from “{form}” in line {number} only in "
                             f"{ONLY}; use one form everywhere.")
