"""Files are whole or not there, and nothing that is no file is written over."""

import os
import stat

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


def test_what_was_there_stays_when_writing_fails(tmp_path):
    file = tmp_path / "file.txt"
    file.write_text("old")

    def fill_the_disk(beside):
        beside.write_text("half")
        raise OSError(28, "No space left on device")

    with pytest.raises(InputError, match="No space left on device"):
        write_whole(file, fill_the_disk)
    assert [path.name for path in tmp_path.iterdir()] == ["file.txt"]
    assert file.read_text() == "old"
