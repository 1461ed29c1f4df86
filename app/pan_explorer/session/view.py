"""The part of the window's document for the view: the way of comparing, the display, the viewport, the pointer."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal

from pan_explorer.session.document import Document
from pan_explorer.session.layer import LayerSession
from pan_explorer.values.display import Display
from pan_explorer.values.view import Pointer, View, Viewport


class ViewSession(QObject):
    """Changes how the answers are shown; asks no network.

    Args:
        document: Whose view it is.
        layers: Chooses the layer.
    """

    page_wanted = Signal(str)

    def __init__(self, document: Document, layers: LayerSession) -> None:
        super().__init__(document)
        self._document, self._layers = document, layers

    def compare_as(self, view: View) -> None:
        """Compare in that way, or side by side if networks are compared so already."""
        seen = self._document.state.seen
        self.page_wanted.emit("explore")
        self._document.change(view="panes" if view == seen else view)

    def leave_table(self) -> None:
        """Compare side by side."""
        self._document.change(view="panes")

    def look_into(self, layer: str) -> None:
        """Leave the grid for one of its layers."""
        self._document.change(view="panes")
        self._layers.go_to(layer)

    def show(self, display: Display) -> None:
        """Show attention in another way."""
        self._document.change(display=display)

    def look_at(self, viewport: Viewport) -> None:
        """Show a part of the image in all panes."""
        self._document.change(viewport=viewport)

    def point_at(self, pointer: Pointer | None) -> None:
        """Set the pixel under the pointer."""
        self._document.change(pointer=pointer)
