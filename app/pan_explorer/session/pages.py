"""The part of the session for the pages of the window."""

from __future__ import annotations

from PySide6.QtCore import QObject, Slot

from pan_explorer.session.composer.session import ComposerSession
from pan_explorer.session.document import Document
from pan_explorer.session.inference import Inference
from pan_explorer.state.window import query_among
from pan_explorer.values.view import Page


class PageSession(QObject):
    """Changes the page; the networks answer about the scene on the composer's page, else about the image.

    Args:
        document: The document.
        inference: Asks the networks about the chosen image.
        composer: Asks the networks about the composed scene.
    """

    def __init__(self, document: Document, inference: Inference, composer: ComposerSession) -> None:
        super().__init__(document)
        self._document, self._inference, self._composer = document, inference, composer
        self._query_before = ""  # the query when the composer's page was opened

    @Slot(str)
    def show(self, page: Page) -> None:
        """Show a page."""
        left = self._document.state.page
        self._document.change(page=page)
        if page == "compose":
            self._open_composer(left)
        else:
            self._composer.leave()
            if left == "compose":
                self._ask_about_image()

    def _open_composer(self, left: Page) -> None:
        if left != "compose":
            self._query_before = self._document.state.query
        self._composer.enter(self._document.state.kind)

    def _ask_about_image(self) -> None:
        """Keep the composer's query for the image, unless the image is known not to show its object."""
        state = self._document.state
        if state.picture is not None and state.picture.lacks(state.query):
            self._inference.ask_about(query_among(self._query_before, state.queries))
