"""The log file keeps what no sentence can hold, and is named wherever it is needed."""

from __future__ import annotations

import logging
import sys
import threading
from collections.abc import Iterator
from io import StringIO
from pathlib import Path

import pytest
from PySide6.QtTest import QSignalSpy
from PySide6.QtWidgets import QWidget

from pan_explorer.panels.chrome.help_window import HelpWindow
from pan_explorer.panels.chrome.sheets import system_information
from pan_explorer.system.faults import Faults, in_words
from pan_explorer.system.log import LOG, log_file, start_log, stop_log


@pytest.fixture
def log(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[Path]:
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path))
    monkeypatch.setattr(sys, "excepthook", sys.excepthook)
    monkeypatch.setattr(threading, "excepthook", threading.excepthook)
    start_log()
    yield log_file()
    stop_log()


def fail() -> None:
    raise ValueError("first line\nsecond line")


def test_a_fault_is_written_whole_and_the_message_says_where(
    log: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    printed = StringIO()
    stop_log()
    monkeypatch.setattr(sys, "stderr", printed)
    start_log()
    faults = Faults()
    told = QSignalSpy(faults.caught)
    with pytest.raises(ValueError, match="first") as caught:
        fail()
    faults.hook(caught.type, caught.value, caught.tb)
    assert str(log) in told.at(0)[0]
    for written in (log.read_text(encoding="utf-8"), printed.getvalue()):
        assert "second line" in written
        assert "in fail" in written


def test_a_fault_in_another_thread_is_told_and_written_too(log: Path) -> None:
    faults = Faults()
    faults.install()
    told = QSignalSpy(faults.caught)
    thread = threading.Thread(target=fail)
    thread.start()
    thread.join()
    assert "ValueError" in told.at(0)[0]
    assert "in fail" in log.read_text(encoding="utf-8")


def test_a_fault_that_a_worker_tells_in_words_is_written(log: Path) -> None:
    with pytest.raises(ValueError, match="first") as caught:
        fail()
    assert str(log) in in_words(caught.value)
    assert "in fail" in log.read_text(encoding="utf-8")


def test_a_folder_that_cannot_be_written_costs_the_file_alone(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    (tmp_path / "file").touch()
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "file"))
    start_log()
    assert not any(isinstance(handler, logging.FileHandler) and str(tmp_path) in handler.baseFilename
                   for handler in LOG.handlers)
    stop_log()


def test_the_log_is_named_in_the_system_information_and_in_help(log: Path, qtbot) -> None:
    owner = QWidget()
    qtbot.addWidget(owner)
    assert str(log) in system_information()
    assert str(log) in HelpWindow(owner, "window").browser.toPlainText()
