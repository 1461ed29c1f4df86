"""Help, and the entry in the applications menu."""

from __future__ import annotations

import re
import sys
from pathlib import Path

import pytest
from PySide6.QtCore import QUrl
from PySide6.QtGui import QDesktopServices, QShowEvent
from PySide6.QtSvg import QSvgRenderer  # type: ignore[import-not-found]  # comes with the essentials
from PySide6.QtWidgets import QWidget

from pan_explorer.panels.chrome import help_pages
from pan_explorer.panels.chrome.help_pages import PAGES, docs_folder, page_text
from pan_explorer.panels.chrome.help_window import TOPICS, HelpWindow, show_help
from pan_explorer.session.session import Session
from pan_explorer.system import desktop_entry


def at_the_top(window: HelpWindow) -> str:
    """The line that was turned to."""
    return window.browser.textCursor().block().text()


@pytest.fixture
def owner(qtbot) -> QWidget:
    owner = QWidget()
    qtbot.addWidget(owner)
    return owner


@pytest.mark.parametrize(
    ("topic", "line"), [("training", "Training"), ("compose", "Compose"), ("paper", "Paper"), ("explore", "See")]
)
def test_help_begins_where_the_pages_tell_of_what_is_shown(owner: QWidget, topic: str, line: str) -> None:
    assert at_the_top(HelpWindow(owner, *TOPICS[topic])) == line


def test_help_is_one_window_which_is_gone_when_closed(begun: Session, owner: QWidget, qtbot) -> None:
    show_help(owner, begun)
    begun.pages.show("paper")
    show_help(owner, begun)
    (window,) = owner.findChildren(HelpWindow)
    assert at_the_top(window) == "Paper"
    with qtbot.waitSignal(window.destroyed):
        window.reject()
    assert not owner.findChildren(HelpWindow)


def test_a_help_window_that_is_restored_keeps_the_place_of_reading(owner: QWidget) -> None:
    class Restored(QShowEvent):
        def spontaneous(self) -> bool:
            return True

    window = HelpWindow(owner, "window")
    window.show()
    bar = window.browser.verticalScrollBar()
    bar.setValue(300)
    window.showEvent(Restored())
    assert bar.value() == 300
    window.close()


def test_every_page_of_the_documentation_is_listed_and_shown(owner: QWidget) -> None:
    window = HelpWindow(owner, "window")
    assert set(PAGES) == {path.stem for path in docs_folder().glob("*.md")}
    for row, page in enumerate(PAGES):
        window.pages.setCurrentRow(row)
        assert window.page == page
        assert at_the_top(window) == window.pages.item(row).text()
        assert len(window.browser.toPlainText()) > 500


def test_a_link_to_another_page_is_followed_to_its_heading(owner: QWidget) -> None:
    window = HelpWindow(owner, "training")
    window.browser.anchorClicked.emit(QUrl("python.md#train-a-network"))
    assert (window.page, at_the_top(window)) == ("python", "Train a network")
    assert window.pages.currentItem().text() == "Python"
    window.browser.anchorClicked.emit(QUrl("#ask-a-network"))
    assert at_the_top(window) == "Ask a network"


def test_a_link_to_the_web_goes_to_the_browser(owner: QWidget, monkeypatch: pytest.MonkeyPatch) -> None:
    opened: list[str] = []
    monkeypatch.setattr(QDesktopServices, "openUrl", lambda url: opened.append(url.toString()))
    HelpWindow(owner, "window").browser.anchorClicked.emit(QUrl("https://arxiv.org/abs/1606.02393"))
    assert opened == ["https://arxiv.org/abs/1606.02393"]


def test_a_missing_help_page_has_no_link(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "docs").mkdir()
    (tmp_path / "docs" / "speed.md").write_text("# Speed\n![A picture](x.png) [code](../pan/x.py) [here](speed.md#a)")
    monkeypatch.setattr(help_pages, "PACKAGE", tmp_path)
    assert page_text("speed") == "# Speed\n*A picture* code [here](speed.md#a)"


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


def test_the_entry_starts_a_program_in_a_folder_of_any_name(tmp_path: Path, monkeypatch) -> None:
    folder = tmp_path / """a "b" $HOME `c` 50 % \\d"""
    folder.mkdir()
    (folder / "pan-explorer").touch()
    monkeypatch.setattr(sys, "executable", str(folder / "python"))
    text = desktop_entry.add_to_applications_menu().read_text()
    value = next(line for line in text.splitlines() if line.startswith("Exec=")).removeprefix("Exec=")
    unescaped = value.replace("\\\\", "\\")  # as every value of such a file; then its words are quoted as a shell's
    word = re.fullmatch(r'"((?:\\.|[^"\\$`])*)" %f', unescaped)
    assert re.sub(r"\\(.)", r"\1", word[1]).replace("%%", "%") == str(folder / "pan-explorer")


def test_adding_the_entry_again_replaces_it(own_home: Path) -> None:
    assert desktop_entry.add_to_applications_menu() == desktop_entry.add_to_applications_menu()
    assert len(list(own_home.rglob("*.desktop"))) == 1
