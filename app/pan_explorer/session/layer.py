"""The part of the session for the layer that all panes show."""

from __future__ import annotations

from PySide6.QtCore import QObject, QTimer, Slot

from pan_explorer.session.document import Document
from pan_explorer.values.view import INPUT

STEP_MS = 900


class LayerSession(QObject):
    """Steps through the layers, or plays them as an animation.

    Args:
        document: The document.
    """

    def __init__(self, document: Document) -> None:
        super().__init__(document)
        self._document = document
        self._player = QTimer(self, interval=STEP_MS)
        self._player.timeout.connect(self._play_on)

    def go_to(self, layer: str) -> None:
        """Show a layer; an unknown one is ignored."""
        if layer in self._document.state.layers:
            self._document.change(layer=layer)

    def step(self, steps: int) -> None:
        """Show the layer this many steps further, between the input and the last layer."""
        layers = self._document.state.layers
        self.go_to(layers[min(max(layers.index(self._document.state.layer) + steps, 0), len(layers) - 1)])

    def toggle_play(self) -> None:
        """Start or stop the animation from the input to the last layer."""
        state = self._document.state
        if state.playing:
            self._player.stop()
        else:
            if state.layer == state.layers[-1]:
                self.go_to(INPUT)
            self._player.start()
        self._document.change(playing=not state.playing)

    def close(self) -> None:
        """Stop the timer."""
        self._player.stop()

    @Slot()
    def _play_on(self) -> None:
        self.step(1)
        if self._document.state.layer == self._document.state.layers[-1]:
            self.toggle_play()
