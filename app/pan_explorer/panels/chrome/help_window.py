"""The README in a window of its own, opened where it tells of what is shown."""

from __future__ import annotations

import re
from importlib import metadata
from pathlib import Path

from PySide6.QtCore import Qt, QUrl, Slot
from PySide6.QtGui import QDesktopServices, QShowEvent, QTextCursor, QTextDocument
from PySide6.QtWidgets import QDialog, QTextBrowser, QVBoxLayout, QWidget

from pan_explorer.session.session import Session
from pan_explorer.system.log import log_file

WIDTH, MARGIN = 860, 24
CHECKOUT = Path(__file__).parents[4]
TOPICS = {
    "training": ("Train.", "Train"),
    "compose": ("Compose.", "Compose", "composer"),
    "paper": ("Paper", "What it gives", "Report."),
    "explore": ("See.", "What you can do with it"),
}
"""What is looked for in the README, the first that is found."""


def show_help(window: QWidget, session: Session) -> None:
    """Open the README where it tells of the page that is shown, or turn to it there where it is open already."""
    topic = "training" if session.training.is_running() else session.state.page
    if opened := window.findChild(HelpWindow):
        opened.go_to(topic)
        opened.raise_()
    else:
        HelpWindow(window, topic).show()


def readme() -> str:
    """The README of the checkout, or the one that was installed with the package."""
    file = CHECKOUT / "README.md"
    if file.is_file():
        return file.read_text(encoding="utf-8")
    try:
        described: str = metadata.metadata("pan-explorer").json["description"]  # type: ignore[assignment]  # one text
    except (metadata.PackageNotFoundError, KeyError):
        return "The README is not installed; see the project's page."
    return described


def when_it_fails() -> str:
    """Where to look for what went wrong on this machine."""
    return ("\n\n## When something goes wrong\n\nWhat the window could not handle is written to the log file "
            f"`{log_file()}`. A report needs its end, and *Help > Copy system information*.\n")


class HelpWindow(QDialog):
    """Shows text and pictures; links lead to the browser."""

    def __init__(self, parent: QWidget, topic: str) -> None:
        super().__init__(parent)
        self.setWindowTitle("Help")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)  # its pictures take 16 MB
        self.resize(WIDTH, 640)
        self.browser = QTextBrowser(openLinks=False)
        self.browser.setAccessibleName("help")
        self.browser.setToolTip("")
        self.browser.setSearchPaths([str(CHECKOUT)])
        self.browser.document().setDocumentMargin(MARGIN)
        self.browser.setMarkdown(_with_pictures_that_are_there(readme()) + when_it_fails())
        _set_out(self.browser.document())
        self.browser.anchorClicked.connect(self._follow)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.browser)
        self.go_to(topic)

    def go_to(self, topic: str) -> None:
        """Put the first line about a topic to the top."""
        self._topic = topic
        document = self.browser.document()
        for words in TOPICS.get(topic, ()):
            found = document.find(words, 0, QTextDocument.FindFlag.FindCaseSensitively)
            if not found.isNull():
                found.movePosition(QTextCursor.MoveOperation.StartOfBlock)
                self.browser.setTextCursor(found)
                top = document.documentLayout().blockBoundingRect(found.block()).top()
                self.browser.verticalScrollBar().setValue(int(top) - MARGIN // 2)
                return

    def showEvent(self, event: QShowEvent) -> None:  # noqa: N802
        """Only now is it known how high everything is."""
        super().showEvent(event)
        self.go_to(self._topic)

    @Slot(QUrl)
    def _follow(self, url: QUrl) -> None:
        if url.scheme().startswith("http"):
            QDesktopServices.openUrl(url)


def _set_out(document: QTextDocument) -> None:
    """Room between paragraphs, and pictures as wide as the text."""
    cursor = QTextCursor(document)
    block = document.begin()
    while block.isValid():
        cursor.setPosition(block.position())
        form = block.blockFormat()
        form.setBottomMargin(10)
        if form.headingLevel():
            form.setTopMargin(12)
        cursor.setBlockFormat(form)
        fragments = block.begin()
        while not fragments.atEnd():
            fragment = fragments.fragment()
            if fragment.charFormat().isImageFormat():
                picture = fragment.charFormat().toImageFormat()
                picture.setWidth(WIDTH - 4 * MARGIN)
                cursor.setPosition(fragment.position())
                cursor.movePosition(QTextCursor.MoveOperation.Right, QTextCursor.MoveMode.KeepAnchor, fragment.length())
                cursor.setCharFormat(picture)
            fragments += 1
        block = block.next()


def _with_pictures_that_are_there(markdown: str) -> str:
    def keep(match: re.Match[str]) -> str:
        return match[0] if (CHECKOUT / match[2]).is_file() else f"*{match[1]}*"

    return re.sub(r"!\[([^\]]*)\]\(([^)]+)\)", keep, markdown)
