"""Long work says how far it is, also where its output is a file."""

from __future__ import annotations

from pan.cli.progress import ProgressBar
from pan.system.steps import Preparing


def test_without_a_terminal_a_line_comes_every_minute(monkeypatch, capsys):
    times = iter([0, 30, 61, 90, 125])
    monkeypatch.setattr("pan.cli.progress.monotonic", lambda: next(times))

    def work():
        yield Preparing("images read", 500, 2000)
        yield Preparing("images read", 1000, 2000)
        yield Preparing("images read", 1500, 2000)
        yield Preparing("objects", 2000, 0)
        return "done"

    assert ProgressBar().run(work()) == "done"
    assert capsys.readouterr().err == "images read: 1,000 of 2,000\nobjects: 2,000\n"
