"""Whatever standard output is, the work is done and its result not lost."""

from __future__ import annotations

import os
import subprocess
import sys

import pytest
from PIL import Image

BUILD = ("data", "build", "mref", "--split", "test", "--count", 1, "--seed", 1, "--out")  # waits for no torch


def told(*arguments, redirected="", **environment):
    command = ["sh", "-c", f'exec "$0" -m pan "$@" {redirected}', sys.executable,
               *(os.fsdecode(each) if isinstance(each, bytes) else str(each) for each in arguments)]  # fmt: skip
    own = {**os.environ, "PYTHONPATH": os.pathsep.join(sys.path), **environment}
    return subprocess.run(command, capture_output=True, check=False, env=own)


@pytest.mark.parametrize("redirected", [">&-", ">&- 2>&-", "<&- >&- 2>&-", "2>/dev/full"])
def test_a_closed_stream_costs_no_result(redirected, tmp_path):
    result = told(*BUILD, tmp_path / "set", redirected=redirected)
    assert result.returncode == 0, result.stderr
    index = (tmp_path / "set" / "index.csv").read_text()
    assert {line.count(",") for line in index.splitlines()} == {4}  # what is meant for the terminal is not among them
    with Image.open(tmp_path / "set" / "images" / "000000.png") as image:
        assert image.size == (100, 100)


def test_a_narrow_encoding_and_a_name_in_latin_1_cost_no_result(make_checkpoint, tmp_path):
    name = os.fsencode(tmp_path) + b"/caf\xe9.png"
    Image.new("RGB", (40, 30), "red").save(os.fsdecode(name), "png")
    out = os.fsencode(tmp_path) + b"/out\xe9.png"
    result = told("explain", name, "--query", "3", "--checkpoint", make_checkpoint(), "--out", out,
                  PYTHONIOENCODING="cp1252", PYTHONUTF8="0")  # fmt: skip
    assert result.returncode == 0, result.stderr
    assert os.path.exists(out)  # noqa: PTH110 - a name of bytes
