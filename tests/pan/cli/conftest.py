"""The command line as a shell calls it, on a machine without MNIST."""

from __future__ import annotations

import math
from typing import NamedTuple

import pytest

from pan.cli import main


class Result(NamedTuple):
    code: int
    out: str
    err: str


@pytest.fixture
def pan(capsys, monkeypatch, tmp_path):
    """Runs `pan` with arguments."""
    monkeypatch.setenv("PAN_DATA", str(tmp_path / "no data"))
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data of the user"))
    monkeypatch.setattr("pan.cli.progress.SECONDS", math.inf)  # a slow machine prints nothing more than a fast one

    def run(*arguments):
        capsys.readouterr()
        code = main([str(argument) for argument in arguments])
        return Result(code, *capsys.readouterr())
    return run


@pytest.fixture
def refused(pan):
    """Runs `pan` with a mistake in it and returns the one sentence that it says."""
    def run(*arguments):
        result = pan(*arguments)
        assert result.code == 2
        assert result.out == ""
        assert result.err.startswith("pan: ")
        assert result.err.endswith(".\n")
        assert result.err.count("\n") == 1
        return result.err
    return run


@pytest.fixture
def reference_set(pan, tmp_path):
    """Three MREF scenes on disk."""
    folder = tmp_path / "set"
    assert pan("data", "build", "mref", "--split", "test", "--count", 3, "--seed", 1, "--out", folder).code == 0
    return folder


@pytest.fixture
def picture(reference_set):
    return reference_set / "images" / "000000.png"
