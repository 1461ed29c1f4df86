"""Images are decoded once, in processes that end with the work, and kept where they are large."""

from __future__ import annotations

import errno
import multiprocessing
import os
import subprocess
import sys
import time
from contextlib import closing
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from pan.data import decoding
from pan.data.decoding import decode
from pan.data.image_files import ImageFiles
from pan.system.errors import InputError
from pan.system.unfinished import unfinished
from tests.pan.conftest import drained


@pytest.fixture
def files(tmp_path):
    """Forty photographs of different sizes, one of them grey."""
    rng = np.random.default_rng(0)
    paths = []
    for number in range(40):
        size = rng.integers(8, 40, 2)
        picture = Image.fromarray(rng.integers(0, 256, (*size, 3), np.uint8))
        paths.append(tmp_path / f"{number}.png")
        (picture.convert("L") if number == 3 else picture).save(paths[-1])
    return ImageFiles(tuple(paths), 16)


@pytest.fixture
def on_disk(tmp_path, monkeypatch):
    """Every set counts as large; its file goes to a folder of the test."""
    monkeypatch.setattr(decoding, "HELD_IN_MEMORY", 0)
    monkeypatch.setattr(decoding, "cache_folder", lambda: tmp_path / "cache")
    return tmp_path / "cache"


def test_decoded_images_are_those_of_the_files(files):
    np.testing.assert_array_equal(drained(decode(files, 0)), files[range(40)])


def test_a_large_set_is_kept_in_a_file_and_read_from_it_the_next_time(files, on_disk, monkeypatch):
    first = drained(decode(files, 0))
    monkeypatch.setattr(decoding, "_fill", None)  # nothing is decoded again
    second = drained(decode(files, 0))
    assert isinstance(second, np.memmap)
    np.testing.assert_array_equal(first, files[range(40)])
    np.testing.assert_array_equal(second[[4, 2]], files[[4, 2]])


def test_a_changed_image_is_decoded_again(files, on_disk):
    drained(decode(files, 0))
    Image.new("RGB", (20, 30), "red").save(files.paths[7])
    np.testing.assert_array_equal(drained(decode(files, 0))[7], files[7])


def test_sets_used_longest_ago_make_room_for_new_ones(files, on_disk, monkeypatch):
    monkeypatch.setattr(decoding, "KEPT_ON_DISK", 2 * files[range(10)].nbytes)
    tens = [files.of(np.arange(start, start + 10)) for start in (0, 10, 20)]
    kept = []
    for number, ten in enumerate((tens[0], tens[1], tens[0], tens[2])):
        used = drained(decode(ten, 0))
        os.utime(used.filename, (number, number))
        kept.append(used)
    assert {path.name for path in on_disk.iterdir()} == {Path(kept[0].filename).name, Path(kept[3].filename).name}
    np.testing.assert_array_equal(kept[1], tens[1][range(10)])  # mapped still


def test_cancelling_leaves_no_file(files, on_disk):
    with closing(decode(files, 0)) as work:
        next(work)
    assert list(on_disk.iterdir()) == []


@pytest.mark.slow
def test_processes_decode_the_same_and_none_is_left(files, on_disk, monkeypatch):
    monkeypatch.setattr(decoding, "FEWEST_FOR_PROCESSES", 1)
    np.testing.assert_array_equal(drained(decode(files, 2)), files[range(40)])
    assert multiprocessing.active_children() == []
    Image.new("RGB", (20, 30), "red").save(files.paths[7])
    with closing(decode(files, 2)) as work:
        next(work)
        assert multiprocessing.active_children() != []
    assert multiprocessing.active_children() == []


def test_images_that_cannot_be_read_are_counted_and_some_are_named(files):
    for path in files.paths[:5]:
        path.write_bytes(b"")
    with pytest.raises(InputError, match=r"5 of 40 images cannot be used: .*0\.png.*, and 2 more\.$"):
        drained(decode(files, 0))


def test_without_a_cache_images_are_held_in_memory_as_far_as_there_is_some(files, on_disk, monkeypatch):
    on_disk.write_text("a file where the folder would be")
    assert np.array_equal(drained(decode(files, 0)), files[range(len(files))])
    monkeypatch.setattr("pan.data.decoding._memory", lambda: 100)
    with pytest.raises(InputError, match=r"cannot be written.*PAN_CACHE"):
        drained(decode(files, 0))


@pytest.mark.skipif(not hasattr(os, "posix_fallocate"), reason="room cannot be taken at once here")
def test_a_full_disk_is_found_before_an_image_is_decoded(files, on_disk, monkeypatch):
    def full(handle, start, size):
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
    monkeypatch.setattr(os, "posix_fallocate", full)
    assert np.array_equal(drained(decode(files, 0)), files[range(len(files))])  # held in memory
    assert list(on_disk.iterdir()) == []


def test_temporary_cache_files_of_a_killed_process_are_removed(files, on_disk):
    on_disk.mkdir()
    mine, left, elsewhere = unfinished(on_disk), unfinished(on_disk), on_disk / ".pan-unfinished-ffffffff-1-00000000"
    left = left.with_name(left.name.replace(f"-{os.getpid()}-", f"-{ended_process()}-"))
    for path in (mine, left, elsewhere):
        path.touch()
    drained(decode(files, 0))
    assert {*on_disk.glob(".*")} == {mine, elsewhere}  # of a process at work, and of another machine today
    os.utime(elsewhere, (time.time() - 2 * 24 * 3600,) * 2)
    drained(decode(files.of(np.arange(30)), 0))
    assert {*on_disk.glob(".*")} == {mine}


def ended_process():
    process = subprocess.Popen([sys.executable, "-c", ""])
    process.wait()
    return process.pid


def test_the_cache_lies_where_a_variable_says(files, on_disk, monkeypatch, tmp_path):
    monkeypatch.undo()
    monkeypatch.setenv("PAN_CACHE", str(tmp_path / "named"))
    assert decoding.cache_folder() == tmp_path / "named" / "images"


def test_a_damaged_cache_is_made_anew(files, on_disk):
    whole = np.array(drained(decode(files, 0)))
    (cached,) = on_disk.glob("*.u8")
    cached.write_bytes(cached.read_bytes()[:-7])
    assert np.array_equal(drained(decode(files, 0)), whole)


def test_a_script_without_a_guard_decodes_in_processes(files, tmp_path):
    script = tmp_path / "script.py"
    script.write_text(
        "from pathlib import Path\nfrom pan.data import decoding\nfrom pan.data.image_files import ImageFiles\n"
        "decoding.FEWEST_FOR_PROCESSES = 1\n"
        f"paths = tuple(Path({str(files.paths[0].parent)!r}).glob('*.png'))\n"
        "work = decoding.decode(ImageFiles(paths, 8), 1)\n"
        "print('begins', len(list(work)))\n"
    )  # fmt: skip
    told = subprocess.run([sys.executable, script], capture_output=True, text=True, check=False,
                          env={**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)})  # fmt: skip
    assert (told.returncode, told.stdout.count("begins")) == (0, 1), told.stderr
