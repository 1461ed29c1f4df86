"""The help window; it opens at the text about the shown page."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt, QUrl, Slot
from PySide6.QtGui import QDesktopServices, QShowEvent, QTextBlock, QTextCursor, QTextDocument
from PySide6.QtWidgets import QDialog, QHBoxLayout, QListWidget, QTextBrowser, QWidget

from pan_explorer.panels.chrome.help_pages import PAGES, anchor, docs_folder, page_text, page_title
from pan_explorer.session.session import Session
from pan_explorer.system.log import log_file
from pan_explorer.widgets.window_size import resize_within_screen

WIDTH, MARGIN = 860, 24
LIST = 190
TOPICS = {
    "training": ("training", ""),
    "compose": ("window", "compose"),
    "paper": ("window", "paper"),
    "explore": ("window", "see"),
}
"""The help page and its heading for each page of the window."""


def show_help(window: QWidget, session: Session) -> None:
    """Open the help at the text about the shown page; an open help window goes there."""
    page, heading = TOPICS["training" if session.training.is_running() else session.state.page]
    if opened := window.findChild(HelpWindow):
        opened.go_to(page, heading)
        opened.raise_()
    else:
        HelpWindow(window, page, heading).show()


def when_it_fails() -> str:
    """The help text about the log file on this machine."""
    return ("\n\n## When something goes wrong\n\nUnexpected errors are written to the log file "
            f"`{log_file()}`. For a report, add its end and *Help > Copy system information*.\n")


class HelpWindow(QDialog):
    """A list of the pages and the text of one; links to other places open in the browser."""

    def __init__(self, parent: QWidget, page: str, heading: str = "") -> None:
        super().__init__(parent)
        self.setWindowTitle("Help")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)  # its pictures take 16 MB
        resize_within_screen(self, WIDTH + LIST, 640)
        self.pages = QListWidget()
        self.pages.setAccessibleName("pages of the help")
        self.pages.setFixedWidth(LIST)
        self.pages.setWordWrap(True)  # the longest title takes two lines
        self.pages.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.pages.setSpacing(3)
        self.pages.addItems([page_title(name) for name in PAGES])
        self.browser = QTextBrowser(openLinks=False)
        self.browser.setAccessibleName("help")
        self.browser.setToolTip("")
        self.browser.setSearchPaths([str(docs_folder())])
        self.browser.document().setDocumentMargin(MARGIN)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        row.addWidget(self.pages)
        row.addWidget(self.browser)
        self.page = self._heading = ""
        self.go_to(page, heading)
        self.pages.currentRowChanged.connect(self._choose)
        self.browser.anchorClicked.connect(self._open_link)

    def go_to(self, page: str, heading: str = "") -> None:
        """Show a page, scrolled to a heading.

        Args:
            page: One of `PAGES`.
            heading: The fragment of a link to it; empty for the start of the page.
        """
        if page != self.page:
            self.page, self._heading = page, heading  # first, because choosing a row calls this again
            self._render()
            self.pages.setCurrentRow(PAGES.index(page))
        self._heading = heading
        block = _heading_block(self.browser.document(), heading)
        self.browser.setTextCursor(QTextCursor(block))
        top = self.browser.document().documentLayout().blockBoundingRect(block).top()
        self.browser.verticalScrollBar().setValue(int(top) - MARGIN // 2)

    def _render(self) -> None:
        self.browser.setMarkdown(page_text(self.page) + (when_it_fails() if self.page == PAGES[0] else ""))
        _format(self.browser.document())

    @Slot(int)
    def _choose(self, row: int) -> None:
        if PAGES[row] != self.page:
            self.go_to(PAGES[row])

    @Slot(QUrl)
    def _open_link(self, url: QUrl) -> None:
        page = url.path().removesuffix(".md")
        if url.scheme().startswith("http"):
            QDesktopServices.openUrl(url)
        elif page in PAGES or not page:
            self.go_to(page or self.page, url.fragment())
        else:
            QDesktopServices.openUrl(QUrl.fromLocalFile(str(docs_folder() / url.path())))

    def changeEvent(self, event: QEvent) -> None:  # noqa: N802
        """Render the page again when the palette changes; the text has its links' colour in it."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange:
            bar = self.browser.verticalScrollBar()
            place = bar.value()
            self._render()
            bar.setValue(place)

    def showEvent(self, event: QShowEvent) -> None:  # noqa: N802
        """Scroll to the heading again; only a shown window has its final heights. A restored one keeps its place."""
        super().showEvent(event)
        if not event.spontaneous():
            self.go_to(self.page, self._heading)


def _heading_block(document: QTextDocument, heading: str) -> QTextBlock:
    """The heading of a link; the first block if there is none."""
    block = document.begin()
    while block.isValid():
        if block.blockFormat().headingLevel() and anchor(block.text()) == heading:
            return block
        block = block.next()
    return document.begin()


def _format(document: QTextDocument) -> None:
    """Add space between paragraphs, and make pictures as wide as the text."""
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
