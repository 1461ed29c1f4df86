"""The part of the session for the view: view of the comparison, display settings, viewport, pointer."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal

from pan_explorer.session.document import Document
from pan_explorer.session.layer import LayerSession
from pan_explorer.values.display import Display
from pan_explorer.values.view import Pointer, View, Viewport


class ViewSession(QObject):
    """Changes how answers are shown; no network is asked again.

    Args:
        document: The document.
        layers: Chooses the layer.
    """

    page_wanted = Signal(str)

    def __init__(self, document: Document, layers: LayerSession) -> None:
        super().__init__(document)
        self._document, self._layers = document, layers

    def toggle(self, view: View) -> None:
        """Switch to a view, or back to panes if it is shown already."""
        seen = self._document.state.seen
        self.page_wanted.emit("explore")
        self._document.change(view="panes" if view == seen else view)

    def close_table(self) -> None:
        """Switch from the table of queries back to panes."""
        self._document.change(view="panes")

    def open_layer(self, layer: str) -> None:
        """Switch from the grid of layers to panes that show one of them."""
        self._document.change(view="panes")
        self._layers.go_to(layer)

    def set_display(self, display: Display) -> None:
        """Set the display settings."""
        self._document.change(display=display)

    def set_viewport(self, viewport: Viewport) -> None:
        """Set the visible part of the image in all panes."""
        self._document.change(viewport=viewport)

    def set_pointer(self, pointer: Pointer | None) -> None:
        """Set the pixel under the pointer."""
        self._document.change(pointer=pointer)
