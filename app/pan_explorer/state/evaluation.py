"""Events of the evaluation of networks on a set."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from pan.data.guesses import Guesses
from pan.evaluation.answer_file import Evaluated


@dataclass(frozen=True)
class Progress:
    """The progress of an evaluation.

    Attributes:
        what: The current work, in words.
        done: Number of images read or questions answered.
        total: Number of all.
    """

    what: str
    done: int = 0
    total: int = 0


@dataclass(frozen=True, eq=False)
class Finished:
    """A network has answered all questions of a set."""

    folder: Path
    network: str
    evaluated: Evaluated


@dataclass(frozen=True)
class Refused:
    """A network that cannot be evaluated on a set, with the reason."""

    network: str
    sentence: str


@dataclass(frozen=True)
class Guessed:
    """The accuracy of guesses on a set."""

    folder: Path
    guesses: Guesses


Event = Progress | Finished | Guessed | Refused
