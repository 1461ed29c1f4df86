"""Each program that measures the window is one."""

from __future__ import annotations

import runpy
import sys

import pytest

PROGRAMS = ("redraw_time", "dragging", "responsiveness", "drawing_cost")


@pytest.mark.parametrize("program", PROGRAMS)
def test_a_program_can_be_run_and_says_how(program: str, monkeypatch, capsys: pytest.CaptureFixture[str]) -> None:
    name = f"pan_explorer.speed.{program}"
    monkeypatch.delitem(sys.modules, name, raising=False)
    monkeypatch.setattr(sys, "argv", [program, "--help"])
    with pytest.raises(SystemExit) as ended:
        runpy.run_module(name, run_name="__main__")
    assert ended.value.code == 0
    assert f"usage: python -m {name}" in capsys.readouterr().out
