"""A reader and damaged copies of its files: each is read, or refused in a sentence, and nothing else happens."""

from __future__ import annotations

import os
import random
import shutil
import signal
import sys
import warnings
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from time import process_time
from typing import NamedTuple

from pan.system.errors import LONGEST_SENTENCE, InputError
from tests.pan.outside.damage import damaged
from tests.pan.outside.watching import nothing_outside

HANGS = 120
"""Seconds for one input, hundreds of times what any takes: a hang ends with its number, not with the suite."""
PLACES = ("gone", "folder", "itself", "nowhere", "endless", "pipe")
"""What may stand in a file's place: nothing, a folder, links to itself, to nothing and to a device, a pipe."""
MOST_MEMORY = 1 << 30
"""Bytes that all inputs of one reader may add to the most that this process ever held."""


@dataclass(frozen=True)
class Reader:
    """A reader.

    Attributes:
        name: What it reads.
        make: Writes a sound folder for it.
        damaged: The files of it that are damaged.
        read: Reads the folder, and uses what it reads as the program would.
        places: What may stand in a file's place.
    """

    name: str
    make: Callable[[Path], object]
    damaged: tuple[str, ...]
    read: Callable[[Path], object]
    places: tuple[str, ...] = PLACES


class Counted(NamedTuple):
    """What became of many inputs.

    Attributes:
        read: How many were read.
        refused: How many were refused in a sentence.
        slowest: Seconds of the processor that one took at most.
    """

    read: int
    refused: int
    slowest: float


def fuzz(reader: Reader, inputs: int, seed: int, place: Path) -> Counted:
    """Count what is read and what is refused; anything else is a failure that names the input."""
    sound, folder = place / "sound", place / "folder"
    sound.mkdir()
    reader.make(sound)
    reader.read(_copied(sound, folder))
    paths = (path for pattern in reader.damaged for path in sound.glob(pattern))
    files = sorted(path.relative_to(sound) for path in paths if path.is_file())
    others = [(sound / each).read_bytes() for each in files]
    read, slowest, most = 0, 0.0, _most_memory()
    for number in range(inputs):
        draw = random.Random(f"{reader.name} {seed} {number}")
        _copied(sound, folder)
        chosen = folder / draw.choice(files)
        _harm(chosen, draw, others, reader.places)
        begun = process_time()
        try:
            with nothing_outside(place) as seen, _no_longer_than(HANGS), _streams_into(place / "streams"):
                read += _is_read(reader, folder)
            assert seen == []
            assert (place / "streams").read_bytes() == b""
        except BaseException as error:
            error.add_note(f"{reader.name}, seed {seed}, input {number}, {chosen.name}")
            raise
        slowest = max(slowest, process_time() - begun)
    assert _most_memory() - most < MOST_MEMORY
    return Counted(read, inputs - read, slowest)


def _harm(path: Path, draw: random.Random, others: list[bytes], places: tuple[str, ...]) -> None:
    """Damage a file, or put something else in its place."""
    if draw.random() < 0.97:
        path.write_bytes(damaged(path.read_bytes(), draw, others))
        return
    path.unlink()
    match draw.choice(places):
        case "folder":
            path.mkdir()
        case "itself":
            path.symlink_to(path)
        case "nowhere":
            path.symlink_to(path.with_name("none"))
        case "endless":
            path.symlink_to("/dev/zero")
        case "pipe":
            os.mkfifo(path)


def _is_read(reader: Reader, folder: Path) -> bool:
    with warnings.catch_warnings(record=True) as warned:  # as errors, readers could take them for their own
        warnings.simplefilter("always")
        try:
            reader.read(folder)
        except InputError as error:
            sentence = str(error)
        else:
            sentence = ""
    assert sentence.isprintable()
    assert len(sentence) <= LONGEST_SENTENCE
    assert not [str(each.message) for each in warned]
    return not sentence


class HangsError(BaseException):
    """No error that a reader may take for one of its own."""


@contextmanager
def _no_longer_than(seconds: int) -> Iterator[None]:
    def end(*_: object) -> None:
        raise HangsError(f"more than {seconds} seconds")

    before = signal.signal(signal.SIGALRM, end)
    signal.alarm(seconds)
    try:
        yield
    finally:
        signal.alarm(0)
        signal.signal(signal.SIGALRM, before)


@contextmanager
def _streams_into(path: Path) -> Iterator[None]:
    """What is written to standard output and standard error, by C libraries too, goes into a file."""
    sys.stdout.flush(), sys.stderr.flush()
    kept = [os.dup(number) for number in (1, 2)]
    try:
        with path.open("wb") as file:
            for number in (1, 2):
                os.dup2(file.fileno(), number)
        yield
    finally:
        for number, before in zip((1, 2), kept, strict=True):
            os.dup2(before, number)
            os.close(before)


def _most_memory() -> int:
    """Bytes that this process held at most, ever; 0 where that is not told."""
    status = Path("/proc/self/status")
    lines = status.read_text(encoding="ascii").splitlines() if status.exists() else []
    return sum(int(line.split()[1]) * 1024 for line in lines if line.startswith("VmHWM"))


def _copied(sound: Path, folder: Path) -> Path:
    shutil.rmtree(folder, ignore_errors=True)
    shutil.copytree(sound, folder)
    return folder
