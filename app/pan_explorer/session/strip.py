"""The part of the session for the image strip: opened images, then those of a set."""

from __future__ import annotations

from PySide6.QtCore import QObject, Slot

from pan_explorer import settings
from pan_explorer.answering.thread import Answering
from pan_explorer.pictures.picture import Picture
from pan_explorer.pictures.reading import PictureSet
from pan_explorer.pictures.stored import StoredPicture
from pan_explorer.session.document import Document
from pan_explorer.session.inference import Inference
from pan_explorer.state.window import query_among
from pan_explorer.values.view import WHOLE


class StripSession(QObject):
    """Chooses and adds images.

    Args:
        document: The document.
        answering: The inference thread, which also reads images.
        inference: Asks the networks about the chosen image.
    """

    def __init__(self, document: Document, answering: Answering, inference: Inference) -> None:
        super().__init__(document)
        self._document = document
        self._inference = inference
        answering.picture_read.connect(self._take)

    def choose(self, picture: Picture) -> None:
        """Show an image; if it is known not to show the queried object, the query changes to one that it shows."""
        state = self._document.state
        if picture is state.picture:
            return
        words, query = picture.queries or state.queries, state.query
        if state.picture is None:
            query = self._inference.first_query or next(iter(picture.truths), query)
        if query not in words or (state.picture is not None and picture.lacks(query)):
            query = next(word for word in (*picture.truths, *words) if word in words)
        self.ask_about(picture, query)

    @Slot(object, str)
    def ask_about(self, picture: Picture, query: str) -> None:
        """Show an image and ask a query about it."""
        state = self._document.state
        viewport = state.viewport if picture is state.picture else WHOLE
        self._document.change(picture=picture, queries=picture.queries or state.queries, query=query, viewport=viewport)
        self._inference.ask()

    def step(self, steps: int) -> None:
        """Show the image this many places further."""
        pictures, picture = self._document.state.pictures, self._document.state.picture
        if picture in pictures:
            self.choose(pictures[min(max(pictures.index(picture) + steps, 0), len(pictures) - 1)])

    def add(self, picture: Picture) -> None:
        """Add an image at the front, and show it."""
        self._document.change(pictures=(picture, *self._document.state.pictures))
        self.choose(picture)

    def take_set(self, read: PictureSet) -> None:
        """Replace the images of the last set, and show the first image of the new one.

        The query stays if this image shows its object; otherwise it changes to one that it shows. If the session has a
        first query, the first image that shows its object is chosen instead.
        """
        state = self._document.state
        opened = tuple(each for each in state.pictures if not isinstance(each, StoredPicture))
        first, query = read.pictures[0], state.query
        wanted = self._inference.first_query if state.picture is None else ""
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
