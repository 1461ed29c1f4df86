"""Where the files of a session are: as its file tells it, and as they are found."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol, runtime_checkable

from pan.system.names import exists


@dataclass(frozen=True)
class Place:
    """A file or folder, and where it is seen from the session file; of an image without a file its PNG in Base64."""

    path: str = ""
    beside: str = ""
    name: str = ""
    png: str | None = None


@dataclass(frozen=True)
class WrittenNetwork:
    """A network by its name or its path, whether it is shown, and where its file is seen from the session file."""

    name: str
    shown: bool
    beside: str = ""


@runtime_checkable
class Places(Protocol):
    """Says what a session's file tells of the files it needs."""

    def of(self, path: Path) -> dict[str, str]:
        """The `path` and `beside` of an image or a set."""

    def of_network(self, name: str) -> dict[str, str]:
        """The `name` of a network, and `beside` if it has a file of the user's."""


class PlacesBeside:
    """Files stay where they are: they are told as they are seen from the session file, for both may move together.

    Args:
        session: The session file.
    """

    def __init__(self, session: Path) -> None:
        self._folder = session.absolute().parent

    def of(self, path: Path) -> dict[str, str]:
        """The absolute path, and the relative one unless it is on another drive."""
        absolute = path.absolute()
        try:
            return {"path": str(absolute), "beside": os.path.relpath(absolute, self._folder)}
        except ValueError:
            return {"path": str(absolute)}

    def of_network(self, name: str) -> dict[str, str]:
        """A named network by its name; a file or a run as any other file."""
        if not exists(Path(name)):
            return {"name": name}
        place = self.of(Path(name))
        return {"name": place.pop("path"), **place}


def found(place: Place, beside: Path) -> Path:
    """Where a file is: at its absolute path if it is there, else where it is seen from the session's folder."""
    path, other = Path(place.path), beside / place.beside
    is_there = path.is_absolute() and exists(path)
    return other if place.beside and not is_there and exists(other) else path
