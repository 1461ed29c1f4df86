"""Whatever standard output is, the work is done and its result not lost."""

from __future__ import annotations

import os
import subprocess
import sys

import pytest
from PIL import Image


def told(*arguments, redirected="", **environment):
    command = ["sh", "-c", f'exec "$0" -m pan "$@" {redirected}', sys.executable, *map(os.fsdecode, arguments)]
    own = {**os.environ, "PYTHONPATH": os.pathsep.join(sys.path), **environment}
    return subprocess.run(command, capture_output=True, check=False, env=own)


@pytest.mark.parametrize("redirected", [">&-", ">&- 2>&-", "<&- >&- 2>&-", "2>/dev/full"])
def test_a_closed_stream_costs_no_result(redirected, make_checkpoint, tmp_path):
    Image.new("RGB", (40, 30), "red").save(tmp_path / "x.png")
    result = told("explain", tmp_path / "x.png", "--query", "3", "--checkpoint", make_checkpoint(),
                  "--out", tmp_path / "figure.png", redirected=redirected)  # fmt: skip
    assert result.returncode == 0, result.stderr
    with Image.open(tmp_path / "figure.png") as figure:
        assert figure.width > 100


def test_a_narrow_encoding_and_a_name_in_latin_1_cost_no_result(make_checkpoint, tmp_path):
    name = os.fsencode(tmp_path) + b"/caf\xe9.png"
    Image.new("RGB", (40, 30), "red").save(os.fsdecode(name), "png")
    out = os.fsencode(tmp_path) + b"/out\xe9.png"
    result = told("explain", name, "--query", "3", "--checkpoint", make_checkpoint(), "--out", out,
                  PYTHONIOENCODING="cp1252", PYTHONUTF8="0")  # fmt: skip
    assert result.returncode == 0, result.stderr
    assert os.path.exists(out)  # noqa: PTH110 - a name of bytes


def test_full_standard_output_is_one_sentence():
    result = told("info", redirected=">/dev/full")
    assert result.returncode == 2
    assert result.stderr.decode().count("\n") == 1
