"""The paths of the files that a session refers to: how they are written, and how they are found again."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol, runtime_checkable

from pan.system.names import exists


@dataclass(frozen=True)
class Place:
    """A file or folder of a session.

    Attributes:
        path: Its absolute path.
        beside: Its path relative to the session file; empty on another drive.
        name: The name of an image.
        png: An image without a file, as PNG in Base64.
    """

    path: str = ""
    beside: str = ""
    name: str = ""
    png: str | None = None


@dataclass(frozen=True)
class WrittenNetwork:
    """A network of a session.

    Attributes:
        name: Its name or absolute path.
        shown: Whether it has a pane.
        beside: Its path relative to the session file; empty for a shipped network.
    """

    name: str
    shown: bool
    beside: str = ""


@runtime_checkable
class Places(Protocol):
    """Gives the paths that are written into a session file."""

    def of(self, path: Path) -> dict[str, str]:
        """The keys `path` and `beside` for an image or a set."""

    def of_network(self, name: str) -> dict[str, str]:
        """The key `name` for a network, and `beside` if it is a file of the user."""


class PlacesBeside:
    """Absolute paths, and paths relative to the session file, for session and files may move together.

    Args:
        session: The session file.
    """

    def __init__(self, session: Path) -> None:
        self._folder = session.absolute().parent

    def of(self, path: Path) -> dict[str, str]:
        """The absolute path, and the relative one unless the file is on another drive."""
        absolute = path.absolute()
        try:
            return {"path": str(absolute), "beside": os.path.relpath(absolute, self._folder)}
        except ValueError:
            return {"path": str(absolute)}

    def of_network(self, name: str) -> dict[str, str]:
        """The name of a shipped network; the paths of a checkpoint file or run folder."""
        if not exists(Path(name)):
            return {"name": name}
        place = self.of(Path(name))
        return {"name": place.pop("path"), **place}


def found(place: Place, beside: Path) -> Path:
    """The absolute path if the file exists there, else the path relative to the session's folder."""
    path, other = Path(place.path), beside / place.beside
    is_there = path.is_absolute() and exists(path)
    return other if place.beside and not is_there and exists(other) else path
