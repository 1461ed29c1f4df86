"""The files that an index names, in the folder of a set."""

from __future__ import annotations

import os
from pathlib import Path

from pan.system.errors import InputError
from pan.system.names import is_file


class NamedFiles:
    """The files of a set, each of its folders listed once: a large set names a hundred thousand of them.

    Args:
        folder: The set's.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._root = str(folder)
        self._listed: dict[str, frozenset[str]] = {}
        self._paths: dict[str, Path] = {}

    def find(self, where: str, name: str) -> str:
        """The name by which a file is found: as it is given, or with Windows' back slashes turned.

        Args:
            where: File and line that give the name.
            name: Relative to the set's folder, or absolute.

        Raises:
            InputError: If there is no such file.
        """
        if "\0" in name:
            raise InputError(f"{where}: a name has a NUL character in it, so the file is not a CSV file in UTF-8.")
        for each in (name, name.replace("\\", "/")):
            if self._has(each):
                return each
        raise InputError(f"{where}: there is no file {self.folder / name}.")

    def path(self, name: str) -> Path:
        """The file of that name, the same object each time."""
        if name not in self._paths:
            self._paths[name] = self.folder / name
        return self._paths[name]

    def _has(self, name: str) -> bool:
        """A listing tells it, save where case or form of letters differ."""
        head, tail = os.path.split(name)
        if head not in self._listed:
            self._listed[head] = _files_in(os.path.join(self._root, head))  # noqa: PTH118 - a Path takes ten times as long
        return tail in self._listed[head] or is_file(self.folder / name)


def _files_in(folder: str) -> frozenset[str]:
    try:
        with os.scandir(folder) as entries:
            return frozenset(entry.name for entry in entries if entry.is_file())
    except OSError:
        return frozenset()
