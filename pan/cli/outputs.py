"""Output files of the commands, checked before the work starts."""

from __future__ import annotations

import os
from collections.abc import Container, Iterable
from pathlib import Path

from pan.cli.terminal import STANDARD_OUTPUT
from pan.data.labelled.index import IMAGES, WORDS
from pan.data.parts import INDEX, SPLIT, folders_of
from pan.system.errors import InputError
from pan.system.files import check_place


def check_output(path: Path, inputs: Container[Path] = ()) -> None:
    """Check that a file can be written, and that the command does not read it.

    Args:
        path: The output file.
        inputs: The files that the command reads, resolved.

    Raises:
        InputError: If the path is a folder or a device, is below a file, is an input, or its folder is not writable.
    """
    check_place(path)
    if path.exists() and path.resolve() in inputs:
        raise InputError(f"{path} is an input of this command; choose another name.")
    above = next(parent for parent in path.absolute().parents if parent.exists())
    if not above.is_dir():
        raise InputError(f"{path} cannot be written: {above} is a file; choose another place.")
    if not os.access(above, os.W_OK | os.X_OK):
        raise InputError(f"{path} cannot be written: {above} is not writable; choose another place.")


def check_json_output(target: str | None, inputs: Container[Path] = ()) -> None:
    """Check the file of `--json`, unless there is none or it is standard output.

    Raises:
        InputError: As `check_output`.
    """
    if target not in (None, STANDARD_OUTPUT):
        check_output(Path(target), inputs)


def resolved(paths: Iterable[Path]) -> frozenset[Path]:
    """The files that links and relative paths stand for."""
    return frozenset(path.resolve() for path in paths)


def set_files(data: Path) -> frozenset[Path]:
    """The files that describe a set: the index, the words, the parts, and the sizes of its images; resolved."""
    folders = (data, *folders_of(data))
    return resolved(folder / name for folder in folders for name in (INDEX, SPLIT, WORDS, IMAGES))
