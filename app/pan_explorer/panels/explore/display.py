"""The display settings of the attention, and its measures."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import QCheckBox, QGridLayout, QHBoxLayout, QLabel, QSlider, QVBoxLayout, QWidget

from pan_explorer.panels.explore.numbers import AttentionNumbers, PointerNumbers, ScaleNumbers
from pan_explorer.panels.explore.scale_words import scale_words
from pan_explorer.session.session import Session
from pan_explorer.state.rendering import bar_colours
from pan_explorer.theme import COLOUR_MAPS
from pan_explorer.values.display import Display
from pan_explorer.widgets.chooser import Chooser
from pan_explorer.widgets.colour_bar import ColourBar
from pan_explorer.widgets.labels import quiet
from pan_explorer.widgets.scroll_areas import scrolled
from pan_explorer.widgets.segmented import Segmented

QUANTITIES = (
    ("attention", "Attention"), ("before", "Features before attention"), ("after", "Features after attention"),
)
SHOWS = (("faded", "Faded"), ("heat", "Heat"), ("cells", "Cells"))
SHOW_HINTS = {
    "faded": "The image, dark where it is not attended (F)",
    "heat": "The values as colours over the image (H)",
    "cells": "The map's own cells, not interpolated (N)",
}
SCALES = (("map", "per map"), ("model", "per model"), ("shared", "shared"))

CURVES = (("root", "square root"), ("linear", "linear"))
NARROWEST = 222


class DisplayPanel(QWidget):
    """The display panel, in the right column."""

    def __init__(self, session: Session) -> None:
        super().__init__()
        self._session = session
        self.setProperty("surface", "panel")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._quantity = Chooser(name="what is shown", hint="The pictures of the paper's Fig. 7 (V for the next)")
        for word, label in QUANTITIES:
            self._quantity.addItem(label, word)
        self._show = Segmented(SHOWS, name="show")
        for word, hint in SHOW_HINTS.items():
            self._show.button(word).setToolTip(hint)
        self._accumulated = self._check("Accumulated", "accumulated", "The product of all maps up to the layer, as in "
                                        "the paper, instead of the layer's own map (A)")
        self._field = self._check("Receptive field", "field", "Receptive field of the cell under the pointer; "
                                  "dashed: that of its attention with the local context (R)")
        self._outline = self._check("Outline", "outline", "The edge of the queried object, if it is known (O)")
        self._colour_map = Chooser(name="colour map", hint="Perceptually uniform colours of heat and cells")
        self._scale = Chooser(name="scale", hint="Which maps share the brightest value")
        self._curve = Chooser(name="curve", hint="Curve from value to brightness: the square root shows weak "
                              "attention too; the paper's figures are linear (D)")
        self._colour_map.addItems(COLOUR_MAPS)
        for word, label in CURVES:
            self._curve.addItem(label, word)
        for word, label in SCALES:
            self._scale.addItem(label, word)
        self._opacity = QSlider(Qt.Orientation.Horizontal)
        self._opacity.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self._opacity.setRange(0, 100)
        self._opacity.setAccessibleName("opacity")
        self._opacity.setToolTip("Darkness of unattended places, or opacity of the colours")
        self._bar, self._words = ColourBar(), quiet()
        self._words.setWordWrap(True)
        content = QWidget()
        column = QVBoxLayout(content)
        column.setContentsMargins(12, 10, 12, 4)
        column.setSpacing(6)
        column.addWidget(self._quantity)
        column.addWidget(self._show)
        ticks = QHBoxLayout()
        ticks.addWidget(self._accumulated)
        ticks.addWidget(self._outline)
        column.addLayout(ticks)
        column.addWidget(self._field)
        column.addLayout(self._choices())
        column.addWidget(self._bar)
        column.addWidget(ScaleNumbers(session))
        column.addWidget(self._words)
        column.addWidget(AttentionNumbers(session))
        column.addWidget(PointerNumbers(session))
        column.addStretch()
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(scrolled(content, along=Qt.Orientation.Vertical))
        self.ensurePolished()
        self.setFixedWidth(max(NARROWEST, content.minimumSizeHint().width()))  # fonts differ in width
        self._quantity.activated.connect(self._choose_quantity)
        self._show.chosen.connect(self._choose_show)
        self._colour_map.textActivated.connect(self._choose_colour_map)
        self._scale.activated.connect(self._choose_scale)
        self._curve.activated.connect(self._choose_curve)
        self._opacity.valueChanged.connect(self._choose_opacity)
        session.display_changed.connect(self._show_display)
        self._show_display(session.state.display)

    def _choices(self) -> QGridLayout:
        grid = QGridLayout()
        grid.setVerticalSpacing(4)
        grid.setColumnStretch(1, 1)
        for row, (label, widget) in enumerate((
            ("Colours", self._colour_map), ("Scale", self._scale), ("Curve", self._curve),
            ("Opacity", self._opacity),
        )):  # fmt: skip
            grid.addWidget(QLabel(label), row, 0)
            grid.addWidget(widget, row, 1)
        return grid

    def _check(self, text: str, name: str, hint: str) -> QCheckBox:
        made = QCheckBox(text)
        made.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        made.setToolTip(hint)
        made.toggled.connect(lambda on: self._change(**{name: on}))
        return made

    def _change(self, **fields: object) -> None:
        self._session.view.set_display(replace(self._session.state.display, **fields))  # type: ignore[arg-type]

    @Slot(int)
    def _choose_quantity(self, place: int) -> None:
        self._change(quantity=self._quantity.itemData(place))

    @Slot(str)
    def _choose_show(self, show: str) -> None:
        self._change(show=show)

    @Slot(str)
    def _choose_colour_map(self, name: str) -> None:
        self._change(colour_map=name)

    @Slot(int)
    def _choose_scale(self, place: int) -> None:
        self._change(scale=self._scale.itemData(place))

    @Slot(int)
    def _choose_curve(self, place: int) -> None:
        self._change(curve=self._curve.itemData(place))

    @Slot(int)
    def _choose_opacity(self, percent: int) -> None:
        self._session.view.set_display(self._session.state.display.with_opacity(percent / 100))

    @Slot(object)
    def _show_display(self, display: Display) -> None:
        self._quantity.setCurrentIndex(self._quantity.findData(display.quantity))
        self._show.choose(display.show)
        self._accumulated.setChecked(display.accumulated)
        self._field.setChecked(display.field)
        self._outline.setChecked(display.outline)
        self._accumulated.setEnabled(display.show != "cells" and display.quantity == "attention")
        self._colour_map.setCurrentText(display.colour_map)
        self._colour_map.setEnabled(display.show != "faded")
        self._scale.setCurrentIndex(self._scale.findData(display.scale))
        self._curve.setCurrentIndex(self._curve.findData(display.curve))
        self._opacity.setValue(round(100 * display.opacity))
        self._bar.show_colours(bar_colours(display))
        self._words.setText(scale_words(display))
