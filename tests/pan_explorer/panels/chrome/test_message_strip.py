"""What the window says: no message hides another."""

from __future__ import annotations

import pytest
from PySide6.QtWidgets import QLabel, QPushButton

from pan.system.errors import InputError
from pan_explorer.panels.chrome.message_strip import MOST_FAILURES, MessageStrip
from pan_explorer.session.session import Session


@pytest.fixture
def strip(session: Session, qtbot) -> MessageStrip:
    strip = MessageStrip(session)
    qtbot.addWidget(strip)
    return strip


def said(strip: MessageStrip) -> list[str]:
    return strip.text.splitlines()


def test_a_success_does_not_hide_a_failure(session: Session, strip: MessageStrip) -> None:
    session.failed.emit("the disk is full.")
    session.succeeded.emit("Saved one")
    session.succeeded.emit("Saved two")
    assert said(strip) == ["The disk is full.", "Saved two"]


def test_failures_stand_below_each_other_each_once_and_only_the_last_few(session: Session, strip: MessageStrip) -> None:
    for number in (1, 2, 3, 3, 2):
        session.failed.emit(f"failure {number}.")
    assert said(strip) == ["Failure 2.", "Failure 3.", "Failure 1."]
    session.failed.emit("failure 4.")
    assert len(said(strip)) == MOST_FAILURES
    assert said(strip)[0] == "Failure 4."


def test_a_question_stays_until_it_is_answered(session: Session, strip: MessageStrip) -> None:
    answer = QPushButton("Yes")
    answer.clicked.connect(strip.withdraw)
    strip.ask("Really?", answer)
    session.failed.emit("no.")
    session.succeeded.emit("Saved")
    assert said(strip) == ["Really?", "No.", "Saved"]
    answer.click()
    assert said(strip) == ["No.", "Saved"]


def test_one_message_is_dismissed_by_its_own_button(session: Session, strip: MessageStrip) -> None:
    session.failed.emit("one.")
    session.failed.emit("two.")
    buttons = {label.text(): label.parentWidget().findChild(QPushButton) for label in strip.findChildren(QLabel)}
    buttons["One."].click()
    assert said(strip) == ["Two."]
    strip.dismiss()
    assert strip.isHidden()


def test_words_from_a_file_are_not_read_as_markup(session: Session, strip: MessageStrip) -> None:
    session.failed.emit("<b>bold</b> is no image.")
    (label,) = strip.findChildren(QLabel)
    assert label.sizeHint().width() >= label.fontMetrics().horizontalAdvance("<b>bold</b> is no image.") // 2
    assert said(strip) == ["<b>bold</b> is no image."]


def test_failures_of_the_library_and_of_looking_up_runs_reach_the_window(
    session: Session, strip: MessageStrip, qtbot, tmp_path, monkeypatch
) -> None:
    def refuse() -> None:
        raise InputError("the runs cannot be listed.")

    monkeypatch.setattr("pan.training.runs.known.runs_folder", refuse)
    session.training.look_up()
    qtbot.waitUntil(lambda: said(strip) == ["The runs cannot be listed."], timeout=30_000)
    session.library.import_network(tmp_path / "none.safetensors")
    qtbot.waitUntil(lambda: len(said(strip)) == 2, timeout=30_000)
    assert "none.safetensors" in said(strip)[0]
