"""The network's attention in one image, epoch by epoch."""

from __future__ import annotations

import numpy as np
from jaxtyping import Float, UInt8
from PySide6.QtCore import QSignalBlocker, Qt, QTimer, Slot
from PySide6.QtGui import QHideEvent
from PySide6.QtWidgets import QLabel, QStackedLayout, QVBoxLayout, QWidget

from pan.training.events import Probe
from pan_explorer.state.training import TrainingState
from pan_explorer.widgets.buttons import show_icon, toggle
from pan_explorer.widgets.combo_box import combo_box
from pan_explorer.widgets.labels import ElidedLabel
from pan_explorer.widgets.probe_strip import Frame, ProbeStrip

REPLAY_MS = 350
DARKEST = 0.1  # share of the image's brightness without attention


class TrainingProbe(QWidget):
    """The probe image faded by attention after each epoch, with a scrubber over the epochs.

    Attributes:
        strip: The pictures.
        layers: Chooses the layer up to which attention is accumulated; the caller places it.
        replay: Plays the epochs; the caller places it.
    """

    def __init__(self) -> None:
        super().__init__()
        self._probes: tuple[Probe, ...] = ()
        self._pictures: dict[tuple[Probe, int], UInt8[np.ndarray, "S S 3"]] = {}
        self.strip = ProbeStrip()
        self.strip.setAccessibleName("The probe's attention, epoch by epoch")
        self._caption = ElidedLabel()
        self._caption.setProperty("quiet", True)
        self.layers = combo_box("Layer", "Attention accumulated up to this layer")
        self.replay = toggle("", "Replay the attention, epoch by epoch")
        show_icon(self.replay, "play")
        self.replay.setAccessibleName("Replay")
        self._player = QTimer(self, interval=REPLAY_MS)
        self._empty = QLabel("While a network trains, its attention to one image is drawn here after each epoch.",
                             alignment=Qt.AlignmentFlag.AlignCenter)
        self._empty.setProperty("quiet", True)
        self._empty.setWordWrap(True)
        content = QWidget()
        column = QVBoxLayout(content)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        column.addWidget(self._caption)
        column.addWidget(self.strip, 1)
        self._stack = QStackedLayout(self)
        self._stack.addWidget(self._empty)
        self._stack.addWidget(content)
        self.strip.chosen_changed.connect(self._show_caption)
        self.layers.currentIndexChanged.connect(self._draw)
        self.replay.toggled.connect(self._play)
        self._player.timeout.connect(self._play_on)

    def show_state(self, state: TrainingState) -> None:
        """Draw the probes of the run, if there are new ones."""
        if state.probes is self._probes:
            return
        self._probes = state.probes
        drawn = set(self._probes)
        self._pictures = {key: picture for key, picture in self._pictures.items() if key[0] in drawn}
        names = list(self._probes[-1].layers) if self._probes else []
        if names != [self.layers.itemText(number) for number in range(self.layers.count())]:
            with QSignalBlocker(self.layers):  # otherwise all frames are drawn for the first layer too
                self.layers.clear()
                self.layers.addItems(names)
                self.layers.setCurrentIndex(len(names) - 1)
        self._draw()

    @Slot(bool)
    def _play(self, on: bool) -> None:
        if not on:
            self._player.stop()
            return
        if self.strip.chosen == len(self._probes) - 1:
            self.strip.choose(0)
        self._player.start()

    @Slot()
    def _play_on(self) -> None:
        self.strip.choose(self.strip.chosen + 1)
        if self.strip.chosen >= len(self._probes) - 1:
            self.replay.setChecked(False)

    def hideEvent(self, event: QHideEvent) -> None:  # noqa: N802
        """Stop the replay."""
        super().hideEvent(event)
        self.replay.setChecked(False)

    @Slot()
    def _draw(self) -> None:
        layer = self.layers.currentIndex()
        self.strip.set_frames([Frame(str(probe.epoch), self._picture(probe, layer)) for probe in self._probes])
        self._stack.setCurrentIndex(1 if self._probes else 0)
        self._show_caption()

    def _picture(self, probe: Probe, layer: int) -> UInt8[np.ndarray, "S S 3"]:
        if (probe, layer) not in self._pictures:
            self._pictures[probe, layer] = faded(probe.image, probe.accumulated[layer])
        return self._pictures[probe, layer]

    @Slot()
    def _show_caption(self) -> None:
        if not 0 <= self.strip.chosen < len(self._probes):
            return
        probe = self._probes[self.strip.chosen]
        when = f"after epoch {probe.epoch}" if probe.epoch else "before training"
        right = "right" if probe.predicted == probe.answer else f"wrong, it is {probe.answer}"
        self._caption.setText(f"{when}: {probe.query} is {probe.predicted}, {right}")


def faded(image: UInt8[np.ndarray, "S S 3"], attention: Float[np.ndarray, "S S"]) -> UInt8[np.ndarray, "S S 3"]:
    """The image, darker where the attention is below its maximum."""
    highest = float(attention.max())
    share = attention / highest if highest > 0 else np.zeros_like(attention)
    light = DARKEST + (1 - DARKEST) * share[..., None]
    return np.rint(image * light).astype(np.uint8)
