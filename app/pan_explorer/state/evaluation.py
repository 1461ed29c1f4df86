"""How far the evaluation of networks on a set has come, and what it found, as frozen values."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from pan.data.guesses import Guesses
from pan.evaluation.answer_file import Evaluated


@dataclass(frozen=True)
class Progress:
    """How far an evaluation has come.

    Attributes:
        what: What is being done, in words.
        done: Images read, or questions answered.
        total: Of how many.
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
    """A network cannot be evaluated on a set, and why."""

    network: str
    sentence: str


@dataclass(frozen=True)
class Guessed:
    """What guesses reach on a set."""

    folder: Path
    guesses: Guesses


Event = Progress | Finished | Guessed | Refused
