"""What frames all pages: the status line, messages, and the sheets that a menu opens."""

from __future__ import annotations

import pytest
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QPushButton, QWidget

from pan_explorer.panels.chrome.message_strip import MessageStrip
from pan_explorer.panels.chrome.sheets import AboutBox, ShortcutSheet, system_information
from pan_explorer.panels.chrome.status import StatusLine
from pan_explorer.session.session import Session
from pan_explorer.shell.commands import COMMANDS
from tests.pan_explorer.panels.conftest import texts


def test_the_status_line_tells_image_and_device(placed, begun: Session, qtbot) -> None:
    line = placed(StatusLine)
    begun.ask("0" if begun.state.query != "0" else "1")
    qtbot.waitUntil(lambda: any("explained 3 networks" in text for text in texts(line)))
    assert any("shown as the model sees it" in text for text in texts(line))


def test_success_messages_disappear_and_failures_stay(placed, begun: Session, qtbot, monkeypatch) -> None:
    monkeypatch.setattr("pan_explorer.panels.chrome.message_strip.SHORT_MS", 1)
    strip = placed(MessageStrip)
    begun.succeeded.emit("Saved it")
    assert strip.text == "Saved it"
    qtbot.waitUntil(lambda: strip.text == "")
    begun.failed.emit("nothing was saved")
    assert strip.text == "Nothing was saved"
    assert not any(line._fading.isActive() for line in strip._failures)


def test_shortcuts_are_all_different() -> None:
    keys = [key.toString() for command in COMMANDS for key in command.shortcuts]
    assert "Ctrl+Y" in keys
    assert len(keys) == len(set(keys))


def test_the_shortcut_sheet_lists_texts_with_their_keys(qtbot) -> None:
    owner = QWidget()
    qtbot.addWidget(owner)
    sheet = ShortcutSheet(owner, [("Layers", [("Next layer", "Right")])])
    assert texts(sheet) == ["Layers", "Next layer", "Right"]


def test_the_system_information_can_be_copied(qtbot) -> None:
    owner = QWidget()
    qtbot.addWidget(owner)
    box = AboutBox(owner)
    box.findChild(QPushButton).click()
    copied = QGuiApplication.clipboard().text()
    assert copied == system_information()
    assert "PySide6-Essentials 6" in copied


@pytest.mark.parametrize(("title", "kind"), [("About PAN Explorer", AboutBox), ("Shortcuts", ShortcutSheet)])
def test_the_sheets_of_the_help_menu_open_once(session: Session, qtbot, title: str, kind: type[QWidget]) -> None:
    owner = QWidget()
    qtbot.addWidget(owner)
    command = next(each for each in COMMANDS if each.text == title)
    for _ in range(2):
        command.run(owner, session)
    (opened,) = owner.findChildren(kind)
    opened.close()
