"""Whatever a file holds, it is read or refused in one sentence: no warning, no process, nothing written outside."""

from __future__ import annotations

import os
import random
import shutil
import sys
import warnings
from pathlib import Path

import pytest

from pan.system.errors import LONGEST_SENTENCE, InputError
from tests.pan.outside.damage import damaged
from tests.pan.outside.readers import READERS, Reader

QUICK, SLOW = 30, 1_700
"""Inputs for each of the readers; the slow run has 20,000 and more."""

_watched: dict[str, object] = {"folder": None, "seen": []}


def _watch(event: str, arguments: tuple[object, ...]) -> None:
    folder = _watched["folder"]
    if folder is None:
        return
    seen = _watched["seen"]
    assert isinstance(seen, list)
    if event in ("subprocess.Popen", "os.system", "os.exec", "os.fork", "os.posix_spawn", "socket.connect"):
        seen.append(event)
    elif event == "open" and isinstance(arguments[0], str | bytes):
        flags = arguments[2] if isinstance(arguments[2], int) else 0
        path = os.path.realpath(os.fsdecode(arguments[0]))
        if flags & (os.O_WRONLY | os.O_RDWR | os.O_CREAT) and not path.startswith((str(folder), "/dev/")):
            seen.append(f"{path} was written")


sys.addaudithook(_watch)


@pytest.fixture
def seen(tmp_path):
    _watched.update(folder=os.path.realpath(tmp_path), seen=[])
    yield _watched["seen"]
    _watched.update(folder=None)


def fuzz(reader: Reader, inputs: int, seed: int, place: Path, seen: list[str]) -> tuple[int, int]:
    """How many of the inputs were read, and how many were refused; anything else is a failure."""
    sound, folder = place / "sound", place / "folder"
    sound.mkdir()
    reader.make(sound)
    reader.read(_copied(sound, folder))
    paths = (path for pattern in reader.damaged for path in sound.glob(pattern))
    files = sorted(path.relative_to(sound) for path in paths if path.is_file())
    read = refused = 0
    for number in range(inputs):
        draw = random.Random(f"{reader.name} {seed} {number}")
        _copied(sound, folder)
        chosen = folder / draw.choice(files)
        chosen.write_bytes(damaged(chosen.read_bytes(), draw))
        where = f"{reader.name}, seed {seed}, input {number}, {chosen.name}"
        try:
            with warnings.catch_warnings():
                warnings.simplefilter("error")
                reader.read(folder)
        except InputError as error:
            refused += 1
            sentence = str(error)
            assert sentence.isprintable(), where
            assert len(sentence) <= LONGEST_SENTENCE, where
        except BaseException as error:
            error.add_note(where)
            raise
        else:
            read += 1
        assert not seen, where
    return read, refused


def _copied(sound: Path, folder: Path) -> Path:
    shutil.rmtree(folder, ignore_errors=True)
    shutil.copytree(sound, folder)
    return folder


@pytest.mark.parametrize("reader", READERS, ids=lambda reader: reader.name)
def test_a_damaged_file_is_read_or_refused_in_a_sentence(reader, tmp_path, seen):
    assert sum(fuzz(reader, QUICK, 0, tmp_path, seen)) == QUICK


@pytest.mark.slow
@pytest.mark.parametrize("reader", READERS, ids=lambda reader: reader.name)
def test_so_are_twenty_thousand(reader, tmp_path, seen):
    read, refused = fuzz(reader, SLOW, 1, tmp_path, seen)
    print(f"{reader.name}: {read} read, {refused} refused")  # noqa: T201 - the numbers of docs/reliability.md
