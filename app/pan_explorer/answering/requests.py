"""What can be requested of the thread in which networks answer."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

from pan.attention.surgery import Surgery
from pan_explorer.pictures.picture import Picture
from pan_explorer.state.walk import Step


@dataclass(frozen=True, eq=False)
class Question:
    """Asks the models; its number says which question is the latest."""

    number: int
    picture: Picture
    query: str
    models: tuple[str, ...]
    surgeries: Mapping[str, Surgery]


@dataclass(frozen=True)
class Opening:
    """Reads an image file, or a reference set from its folder."""

    path: Path


@dataclass(frozen=True)
class Loading:
    """Loads a checkpoint to see whether it can be used."""

    model: str


@dataclass(frozen=True)
class Listing:
    """Lists the checkpoints that come with the program."""


@dataclass(frozen=True, eq=False)
class TableQuestion:
    """Asks the models several queries at once; its number says which table is the latest."""

    number: int
    picture: Picture
    queries: tuple[str, ...]
    models: tuple[str, ...]
    surgeries: Mapping[str, Surgery]


@dataclass(frozen=True, eq=False)
class Writing:
    """Writes a file."""

    path: Path
    write: Callable[[Path], object]


@dataclass(frozen=True, eq=False)
class Sharing:
    """Asks the models several queries, and writes a web page of what they answer."""

    path: Path
    picture: Picture
    queries: tuple[str, ...]
    models: tuple[str, ...]
    surgeries: Mapping[str, Surgery]


@dataclass(frozen=True)
class SharingWalk:
    """Asks the networks of each step of a walk, and writes a web page of all steps."""

    path: Path
    steps: tuple[Step, ...]


@dataclass(frozen=True, eq=False)
class Drawing:
    """Draws a PNG for the clipboard."""

    write: Callable[[Path], object]


Request = Question | Opening | Loading | Listing | TableQuestion | Writing | Sharing | SharingWalk | Drawing
