"""Help, and the entry in the applications menu."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtSvg import QSvgRenderer  # type: ignore[import-not-found]  # comes with the essentials
from PySide6.QtWidgets import QWidget

from pan_explorer.panels.chrome.help_window import TOPICS, HelpWindow, readme, show_help
from pan_explorer.session.session import Session
from pan_explorer.system import desktop_entry


@pytest.mark.parametrize("topic", list(TOPICS))
def test_help_begins_where_the_readme_tells_of_what_is_shown(qtbot, topic: str) -> None:
    owner = QWidget()
    qtbot.addWidget(owner)
    window = HelpWindow(owner, topic)
    said = window.browser.toPlainText()
    expected = next((words for words in TOPICS[topic] if words in said), said[:10])
    assert expected in window.browser.textCursor().block().text()


def test_help_is_one_window_which_is_gone_when_closed(begun: Session, qtbot) -> None:
    owner = QWidget()
    qtbot.addWidget(owner)
    show_help(owner, begun)
    begun.show_page("paper")
    show_help(owner, begun)
    (window,) = owner.findChildren(HelpWindow)
    assert "Paper" in window.browser.textCursor().block().text()
    with qtbot.waitSignal(window.destroyed):
        window.reject()
    assert not owner.findChildren(HelpWindow)


def test_the_readme_is_found() -> None:
    assert readme().startswith("# PAN Explorer")


def test_the_entry_starts_this_program_and_its_icon_can_be_drawn(own_home: Path) -> None:
    entry = desktop_entry.add_to_applications_menu()
    text = entry.read_text()
    assert entry.is_relative_to(own_home)
    assert "Name=PAN Explorer" in text
    command = next(line for line in text.splitlines() if line.startswith("Exec="))
    assert Path(command.removeprefix("Exec=").split('"')[1]).exists()
    icons = list(own_home.rglob("pan-explorer.svg"))
    assert len(icons) == 1
    assert QSvgRenderer(str(icons[0])).isValid()


def test_adding_the_entry_again_replaces_it(own_home: Path) -> None:
    assert desktop_entry.add_to_applications_menu() == desktop_entry.add_to_applications_menu()
    assert len(list(own_home.rglob("*.desktop"))) == 1
