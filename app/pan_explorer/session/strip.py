"""The part of the window's document that holds the strip: opened images, then those of a set."""

from __future__ import annotations

from PySide6.QtCore import QObject, Slot

from pan_explorer import settings
from pan_explorer.answering.thread import Answering
from pan_explorer.pictures.picture import Picture
from pan_explorer.pictures.reading import PictureSet
from pan_explorer.pictures.stored import StoredPicture
from pan_explorer.session.asking import Asking
from pan_explorer.session.document import Document
from pan_explorer.state.window import query_among
from pan_explorer.values.view import WHOLE


class StripSession(QObject):
    """Chooses images of the strip and adds images.

    Args:
        document: Whose strip it is.
        answering: The thread that reads images.
        asking: Asks the networks about the chosen image.
    """

    def __init__(self, document: Document, answering: Answering, asking: Asking) -> None:
        super().__init__(document)
        self._document = document
        self._asking = asking
        answering.picture_read.connect(self._take)

    def choose(self, picture: Picture) -> None:
        """Show an image; a query that it is known to lack is replaced by one that it has."""
        state = self._document.state
        if picture is state.picture:
            return
        words, query = picture.queries or state.queries, state.query
        if state.picture is None:
            query = self._asking.first_query or next(iter(picture.truths), query)
        if query not in words or (state.picture is not None and picture.lacks(query)):
            query = next(word for word in (*picture.truths, *words) if word in words)
        self.ask_about(picture, query)

    @Slot(object, str)
    def ask_about(self, picture: Picture, query: str) -> None:
        """Show an image and ask about something in it."""
        state = self._document.state
        viewport = state.viewport if picture is state.picture else WHOLE
        self._document.change(picture=picture, queries=picture.queries or state.queries, query=query, viewport=viewport)
        self._asking.ask()

    def step(self, steps: int) -> None:
        """Show the image this many places further."""
        pictures, picture = self._document.state.pictures, self._document.state.picture
        if picture in pictures:
            self.choose(pictures[min(max(pictures.index(picture) + steps, 0), len(pictures) - 1)])

    def add(self, picture: Picture) -> None:
        """Put an image first, and show it."""
        self._document.change(pictures=(picture, *self._document.state.pictures))
        self.choose(picture)

    def take_set(self, read: PictureSet) -> None:
        """Replace the last set's images by those of another, behind the opened images, and show the first.

        The query stays if that image has it; otherwise it becomes one that the image has. A first query selects the
        first image that has it.
        """
        state = self._document.state
        opened = tuple(each for each in state.pictures if not isinstance(each, StoredPicture))
        first, query = read.pictures[0], state.query
        wanted = self._asking.first_query if state.picture is None else ""
        if wanted in read.queries:
            first, query = next((each for each in read.pictures if wanted in each.truths), first), wanted
        elif query not in first.truths:
            query = query_among(next(iter(first.truths), query), read.queries)
        self._document.change(folder=read.folder, pictures=(*opened, *read.pictures), queries=read.queries, query=query)
        self.ask_about(first, query)

    @Slot(object)
    def _take(self, picture: Picture) -> None:
        if picture.path:
            settings.keep_recent_file(picture.path)
        self.add(picture)
