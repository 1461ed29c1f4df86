"""Files are whole or not there, and nothing that is no file is written over."""

import os
import stat
import subprocess
import sys

import pytest

from pan.system.errors import InputError
from pan.system.files import write_whole


def test_a_pipe_is_refused_and_stays_a_pipe(tmp_path):
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    with pytest.raises(InputError, match="is a device or a pipe"):
        write_whole(pipe, lambda beside: beside.write_text("new"))
    assert stat.S_ISFIFO(pipe.stat().st_mode)


def test_a_folder_is_refused_before_anything_is_written(tmp_path):
    with pytest.raises(InputError, match="is a folder; give the name of a file"):
        write_whole(tmp_path, lambda beside: pytest.fail("it was written"))


def test_a_link_stays_a_link_to_the_file_that_is_written(tmp_path):
    (tmp_path / "elsewhere").mkdir()
    file, link = tmp_path / "elsewhere" / "file.txt", tmp_path / "link.txt"
    file.write_text("old")
    link.symlink_to(file)
    write_whole(link, lambda beside: beside.write_text("new"))
    assert link.is_symlink()
    assert file.read_text() == "new"


def test_a_failed_write_keeps_the_existing_file(tmp_path):
    file = tmp_path / "file.txt"
    file.write_text("old")

    def fill_the_disk(beside):
        beside.write_text("half")
        raise OSError(28, "No space left on device")

    with pytest.raises(InputError, match="No space left on device"):
        write_whole(file, fill_the_disk)
    assert [path.name for path in tmp_path.iterdir()] == ["file.txt"]
    assert file.read_text() == "old"


def test_a_new_file_is_for_those_whom_the_mask_lets_and_an_old_one_keeps_its_own(tmp_path):
    (tmp_path / "old.txt").touch()
    (tmp_path / "old.txt").chmod(0o600)
    before = os.umask(0o027)
    try:
        for name in ("new.txt", "old.txt"):
            write_whole(tmp_path / name, lambda beside: beside.write_text("text"))
    finally:
        os.umask(before)
    assert [stat.S_IMODE((tmp_path / name).stat().st_mode) for name in ("new.txt", "old.txt")] == [0o640, 0o600]


def test_a_library_that_makes_the_file_again_does_not_choose_its_permissions(tmp_path):
    def write(beside):
        beside.unlink()
        beside.touch(mode=0o600)

    before = os.umask(0o022)
    try:
        write_whole(tmp_path / "new.txt", write)
    finally:
        os.umask(before)
    assert stat.S_IMODE((tmp_path / "new.txt").stat().st_mode) == 0o644


def test_a_drive_that_refuses_modes_is_written(tmp_path, monkeypatch):
    def refuse(*_, **__):
        raise PermissionError(1, "Operation not permitted")

    (tmp_path / "file.txt").write_text("old")
    monkeypatch.setattr("pathlib.Path.chmod", refuse)
    write_whole(tmp_path / "file.txt", lambda beside: beside.write_text("new"))
    assert (tmp_path / "file.txt").read_text() == "new"


@pytest.mark.parametrize("name", ["a" * 251 + ".txt", "a." + "b" * 253, "ä" * 127, " ", ".hidden", "赤\n.txt"])
def test_any_name_that_the_system_takes_is_written(name, tmp_path):
    write_whole(tmp_path / name, lambda beside: beside.write_text("new"))
    assert [path.name for path in tmp_path.iterdir()] == [name]


def test_a_name_that_is_too_long_is_one_sentence(tmp_path):
    with pytest.raises(InputError, match="File name too long"):
        write_whole(tmp_path / ("a" * 300), lambda beside: beside.write_text("new"))


def test_a_link_to_itself_is_one_sentence(tmp_path):
    (tmp_path / "loop").symlink_to(tmp_path / "loop")
    with pytest.raises(InputError, match="cannot be written"):
        write_whole(tmp_path / "loop", lambda beside: beside.write_text("new"))


def test_the_next_write_removes_only_temporary_files_of_killed_processes(tmp_path):
    script = ("import os, sys; from pathlib import Path; from pan.system.files import write_whole\n"
              "write_whole(Path(sys.argv[1]), lambda beside: os.kill(os.getpid(), 9))")  # fmt: skip
    subprocess.run([sys.executable, "-c", script, str(tmp_path / "file.txt")], check=False)
    assert len(list(tmp_path.iterdir())) == 1
    (tmp_path / ".pan-unfinished").write_text("mine")
    (tmp_path / ".draft-12345678.txt").write_text("mine")
    write_whole(tmp_path / "other.txt", lambda beside: beside.write_text("new"))
    assert {path.name for path in tmp_path.iterdir()} == {".pan-unfinished", ".draft-12345678.txt", "other.txt"}


def test_a_library_that_stumbles_over_a_full_disk_is_told_as_one(tmp_path):
    def write(beside):
        try:
            raise OSError(28, "No space left on device")
        finally:
            raise AttributeError("the stream that it was closing")

    with pytest.raises(InputError, match="No space left on device"):
        write_whole(tmp_path / "figure.pdf", write)
    with pytest.raises(AttributeError):
        write_whole(tmp_path / "figure.pdf", lambda beside: beside.nothing)


def test_a_sentence_of_the_writer_is_told_as_it_is(tmp_path):
    def write(_):
        try:
            (tmp_path / "gone.png").read_bytes()
        except OSError as error:
            raise InputError("gone.png is missing; copy it again.") from error
    with pytest.raises(InputError, match=r"gone\.png is missing; copy it again"):
        write_whole(tmp_path / "out", write)
