"""Files from outside are files: what would be read without end is not opened."""

from __future__ import annotations

import os

import pytest

from pan.data.columns import read_columns
from pan.evaluation.answer_file import load_evaluated
from pan.system.errors import InputError
from pan.system.json_file import read_json
from pan.system.outside import LONGEST_LINE

pytestmark = pytest.mark.skipif(os.name == "nt", reason="pipes and devices of POSIX")


@pytest.fixture(params=["pipe", "endless"])
def special(request, tmp_path):
    path = tmp_path / "index.csv"
    if request.param == "pipe":
        os.mkfifo(path)
    else:
        path.symlink_to("/dev/zero")
    return path


def test_a_pipe_and_a_device_are_refused(special):
    with pytest.raises(InputError):
        list(read_columns(special, ["image"]))
    with pytest.raises(OSError, match="device or a pipe"):
        read_json(special, dict)
    with pytest.raises(InputError, match="device or a pipe"):
        load_evaluated(special)


def test_a_line_without_an_end_is_not_read_to_it(tmp_path):
    path = tmp_path / "index.csv"
    path.write_text("image\n" + "a" * (2 * LONGEST_LINE), encoding="utf-8")
    with pytest.raises(InputError, match="a line has more than"):
        list(read_columns(path, ["image"]))
