"""The files that the index of a set names, and their names in all its files."""

from __future__ import annotations

import os
from pathlib import Path

from pan.system.errors import InputError
from pan.system.names import is_file


class NamedFiles:
    """The files of a set. Each folder is listed only once, since a set may name a hundred thousand files.

    Args:
        folder: The set's folder.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._root = str(folder)
        self._listed: dict[str, frozenset[str]] = {}
        self._paths: dict[str, Path] = {}

    def name(self, given: str) -> str:
        """The name of a file, by which it is known in all files of the set: with slashes for backslashes.

        Windows separates folders by backslashes. Elsewhere they may be part of a name, and stay if only that file is
        there.
        """
        slashed = given.replace("\\", "/")
        return given if slashed != given and not self._has(slashed) and self._has(given) else slashed

    def find(self, where: str, name: str) -> str:
        """The name of an existing file, as `name` gives it.

        Args:
            where: The file and line with the name, as the start of a message.
            name: A path relative to the set's folder, or absolute.

        Raises:
            InputError: If there is no such file.
        """
        if "\0" in name:
            raise InputError(f"{where}: a name has a NUL character in it, so the file is not a CSV file in UTF-8.")
        found = self.name(name)
        if not self._has(found):
            raise InputError(f"{where}: there is no file {self.folder / name}.")
        return found

    def path(self, name: str) -> Path:
        """The path of a name; the same object for the same name."""
        if name not in self._paths:
            self._paths[name] = self.folder / name
        return self._paths[name]

    def _has(self, name: str) -> bool:
        """Whether a file exists: by the listing, or for another case or Unicode form by the file system."""
        head, tail = os.path.split(name)
        if head not in self._listed:
            self._listed[head] = _files_in(os.path.join(self._root, head))  # noqa: PTH118 - a Path takes ten times as long
        return tail in self._listed[head] or is_file(self.folder / name)


def _files_in(folder: str) -> frozenset[str]:
    try:
        with os.scandir(folder) as entries:
            return frozenset(entry.name for entry in entries if entry.is_file())
    except (OSError, ValueError):  # ValueError: a NUL character
        return frozenset()
