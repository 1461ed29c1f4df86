"""Files of a folder that are replaced together."""

from __future__ import annotations

import pytest

from pan.system.errors import InputError
from pan.system.together import together


def write(folder, text):
    with together(folder) as beside:
        for name in ("one", "two"):
            (beside / name).write_text(text)


def contents(folder):
    return {path.name: path.read_text() for path in folder.iterdir()}


def test_a_folder_that_is_not_there_is_made(tmp_path):
    write(tmp_path / "new" / "folder", "first")
    assert contents(tmp_path / "new" / "folder") == {"one": "first", "two": "first"}


def test_files_of_the_same_names_are_replaced_and_others_stay(tmp_path):
    (tmp_path / "notes").write_text("kept")
    write(tmp_path, "first")
    write(tmp_path, "second")
    assert contents(tmp_path) == {"notes": "kept", "one": "second", "two": "second"}


def test_failed_work_replaces_no_file_and_leaves_no_temporary_folder(tmp_path):
    write(tmp_path, "first")
    with pytest.raises(TypeError):
        write(tmp_path, None)
    assert contents(tmp_path) == {"one": "first", "two": "first"}


def test_a_folder_in_the_place_of_one_file_keeps_all_files_as_they_were(tmp_path):
    (tmp_path / "one").write_text("first")
    (tmp_path / "two").mkdir()
    with pytest.raises(InputError):
        write(tmp_path, "second")
    assert (tmp_path / "one").read_text() == "first"


def test_a_file_in_the_place_of_the_folder_is_one_sentence(tmp_path):
    (tmp_path / "file").write_text("kept")
    with pytest.raises(InputError, match="cannot be written"):
        write(tmp_path / "file", "first")
