"""Tests for files and folders that answer False, instead of an error, for names that the system does not allow."""

from __future__ import annotations

import os
from pathlib import Path


def exists(path: Path) -> bool:
    """Whether there is a file or folder."""
    return os.path.exists(path)  # noqa: PTH110 - Path.exists raises an error for a name that is too long


def is_file(path: Path) -> bool:
    """Whether there is a file."""
    return os.path.isfile(path)  # noqa: PTH113 - as above


def is_folder(path: Path) -> bool:
    """Whether there is a folder."""
    return os.path.isdir(path)  # noqa: PTH112 - as above
