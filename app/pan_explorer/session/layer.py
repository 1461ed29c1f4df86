"""The part of the window's document that says which layer is shown, in all panes at once."""

from __future__ import annotations

from PySide6.QtCore import QObject, QTimer, Slot

from pan_explorer.session.document import Document
from pan_explorer.values.view import INPUT

STEP_MS = 900


class LayerSession(QObject):
    """Steps through the layers, by hand or by itself.

    Args:
        document: Whose layers they are.
    """

    def __init__(self, document: Document) -> None:
        super().__init__(document)
        self._document = document
        self._player = QTimer(self, interval=STEP_MS)
        self._player.timeout.connect(self._play_on)

    def go_to(self, layer: str) -> None:
        """Show a layer; one that the shown networks no longer have is left alone."""
        if layer in self._document.state.layers:
            self._document.change(layer=layer)

    def step(self, steps: int) -> None:
        """Show the layer so many places higher, at most the last, at least the input."""
        layers = self._document.state.layers
        self.go_to(layers[min(max(layers.index(self._document.state.layer) + steps, 0), len(layers) - 1)])

    def toggle_play(self) -> None:
        """Let the layers pass by themselves, from the input to the last, or stop that."""
        state = self._document.state
        if state.playing:
            self._player.stop()
        else:
            if state.layer == state.layers[-1]:
                self.go_to(INPUT)
            self._player.start()
        self._document.change(playing=not state.playing)

    def close(self) -> None:
        """Let the layers pass no more."""
        self._player.stop()

    @Slot()
    def _play_on(self) -> None:
        self.step(1)
        if self._document.state.layer == self._document.state.layers[-1]:
            self.toggle_play()
