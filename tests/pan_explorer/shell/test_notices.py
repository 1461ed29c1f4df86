"""The word that training has ended: in the window, and on the desktop only to whoever looks elsewhere."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import ClassVar

import pytest
from PySide6.QtWidgets import QApplication, QWidget

from pan_explorer import settings
from pan_explorer.panels.chrome.message_strip import MessageStrip
from pan_explorer.shell.notices import Notices
from pan_explorer.state.training import TrainingState
from tests.pan_explorer.fake_training import RECIPE, epoch

RUNNING = TrainingState("training", RECIPE, Path("run"), "cpu", epochs=(epoch(1),), step=9, steps=99, seconds=65.0)
DONE = replace(RUNNING, phase="done", message="Finished: best 80.0 %, in epoch 1.")


class Tray:
    """Stands in for the desktop's tray."""

    said: ClassVar[list[tuple[str, str]]] = []

    class MessageIcon:
        NoIcon = 0

    def __init__(self, icon, parent):
        assert not icon.isNull()

    @staticmethod
    def isSystemTrayAvailable():  # noqa: N802
        return True

    def show(self):
        pass

    def hide(self):
        pass

    def showMessage(self, title, text, icon, milliseconds):  # noqa: N802
        self.said.append((title, text))


@pytest.fixture
def told(session, qtbot, monkeypatch):
    """A strip with its notices, and the alerts there were."""
    window = QWidget()
    qtbot.addWidget(window)
    strip = MessageStrip(session)
    qtbot.addWidget(strip)
    notices = Notices(session.training, strip, window)
    alerts: list[QWidget] = []
    monkeypatch.setattr(QApplication, "alert", lambda window: alerts.append(window))
    monkeypatch.setattr("pan_explorer.shell.notices.QSystemTrayIcon", Tray)
    monkeypatch.setattr(Tray, "said", [])
    yield session.training.state_changed.emit, strip, alerts
    notices._hiding.stop()
    strip.dismiss()


def test_the_end_of_a_run_is_told_in_the_window_and_on_the_desktop(told) -> None:
    emit, strip, alerts = told
    emit(RUNNING)
    assert strip.text == ""
    emit(DONE)
    assert strip.text == "Mref/pan-ctx: Finished: best 80.0 %, in epoch 1. 1 min 5 s in all."
    assert len(alerts) == 1
    assert Tray.said == [("Training has ended: mref/pan-ctx", "Finished: best 80.0 %, in epoch 1.")]
    emit(DONE)  # a past run is looked at
    assert len(alerts) == 1


def test_a_failure_stays_until_it_is_dismissed(told) -> None:
    emit, strip, _ = told
    emit(RUNNING)
    emit(replace(RUNNING, phase="failed", message="The disk is full; make room on it."))
    assert "failed: The disk is full" in strip.text
    assert not any(line._fading.isActive() for line in strip._failures)


def test_a_run_cancelled_by_hand_is_not_told(told) -> None:
    emit, strip, alerts = told
    emit(RUNNING)
    emit(TrainingState(message="Cancelled; nothing of the run was kept."))
    assert strip.text == ""
    assert alerts == []


def test_a_short_run_causes_no_desktop_notification(told) -> None:
    emit, strip, alerts = told
    emit(RUNNING)
    emit(replace(DONE, seconds=2.0))
    assert strip.text
    assert alerts == []


def test_the_desktop_is_left_alone_if_so_chosen(told) -> None:
    emit, _, alerts = told
    settings.keep_notifies(False)
    emit(RUNNING)
    emit(DONE)
    assert Tray.said == []
    assert len(alerts) == 1
