"""The scene that is composed, and the digits to compose it of."""

from __future__ import annotations

import numpy as np
from jaxtyping import UInt8
from PySide6.QtCore import QPointF, Qt, Slot
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from pan.data.composer.composition import COLOUR_WORDS
from pan.data.composer.drawing import digit_at, glyph_of
from pan.data.digits.glyphs import COLOURS, GLYPH
from pan_explorer.session.session import Session
from pan_explorer.state.composer import Brush, Composed
from pan_explorer.state.scene_edits import moved, nudged
from pan_explorer.widgets.labels import ElidedLabel
from pan_explorer.widgets.scene_canvas import SceneCanvas
from pan_explorer.widgets.tile import Tile

TILE = 44
NOTCH = 1.06
"""A turn of the wheel by a notch scales by so much."""
HINT = "Click a digit and then the scene, or drag it there · wheel scales · arrows nudge, + and - scale · Del deletes"
HIDDEN_AT_LEAST = 0.05
"""Less of a digit under others is not worth a word."""


class ComposerScene(QWidget):
    """Ten digits to take, the canvas, and a line that says what to know about the scene."""

    def __init__(self, session: Session) -> None:
        super().__init__()
        self._composer = session.composer
        self._armed: int | None = None
        self._grip = QPointF()  # from the pointer to the centre of the digit that is dragged
        self._carried = False
        self.canvas = SceneCanvas()
        self._tiles = [Tile(f"digit {digit}", f"{digit}: drag it into the scene, or click and then click there",
                            TILE) for digit in range(10)]
        tiles = QHBoxLayout()
        tiles.setSpacing(4)
        for digit, tile in enumerate(self._tiles):
            tiles.addWidget(tile)
            tile.clicked.connect(self._arm_clicked)
            tile.entered.connect(self._place_in_the_middle)
            tile.pulled.connect(self._begin_to_carry)
            tile.carried.connect(self._carry)
            tile.put_down.connect(self._put_down)
            tile.setProperty("digit", digit)
        tiles.addStretch()
        self._note = ElidedLabel(HINT)
        self._note.setProperty("quiet", True)
        self._note.setTextFormat(Qt.TextFormat.PlainText)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addLayout(tiles)
        column.addWidget(self.canvas, 1)
        column.addWidget(self._note)
        self._connect()
        self._show_brush(self._composer.state.brush)
        self._show_composed(self._composer.state.composed)

    def _connect(self) -> None:
        composer, canvas = self._composer, self.canvas
        canvas.pressed.connect(self._press)
        canvas.dragged.connect(self._drag)
        canvas.stretched.connect(self._stretch)
        canvas.released.connect(composer.let_go)
        canvas.hovered.connect(self._hover)
        canvas.wheeled.connect(self._wheel)
        canvas.nudged.connect(self._nudge)
        canvas.stepped.connect(self._step)
        canvas.dismissed.connect(self._dismiss)
        composer.composed_changed.connect(self._show_composed)
        composer.selected_changed.connect(self._show_frame)
        composer.brush_changed.connect(self._show_brush)

    def _arm(self, digit: int | None) -> None:
        self._armed = digit
        for number, tile in enumerate(self._tiles):
            tile.setChecked(number == digit)
        brush = self._composer.state.brush
        self.canvas.show_ghost(None if digit is None else _picture(digit, brush.colour, int(GLYPH * brush.scale)))

    def _digit_of_sender(self) -> int:
        return int(self.sender().property("digit"))

    @Slot()
    def _arm_clicked(self) -> None:
        digit = self._digit_of_sender()
        self._arm(None if digit == self._armed else digit)

    @Slot()
    def _place_in_the_middle(self) -> None:
        self._composer.place(self._digit_of_sender(), 50.0, 50.0)
        self.canvas.setFocus()

    @Slot(QPointF)
    def _begin_to_carry(self, place: QPointF) -> None:  # noqa: ARG002 - as the signal has it
        self._arm(self._digit_of_sender())
        self._carried = False

    @Slot(QPointF)
    def _carry(self, place: QPointF) -> None:
        on_canvas = self.canvas.mapFromGlobal(place)
        x, y = self.canvas.to_scene(on_canvas).toTuple()
        if self._carried:
            self._composer.edit(moved(x, y), "move")
        elif self._armed is not None and self.canvas.rect().toRectF().contains(on_canvas):
            digit, self._carried = self._armed, True
            self._arm(None)
            self._composer.place(digit, x, y)

    @Slot(QPointF)
    def _put_down(self, place: QPointF) -> None:
        if self._carried and not self.canvas.rect().toRectF().contains(self.canvas.mapFromGlobal(place)):
            self._composer.undo()  # it was carried away again
        self._carried = False
        self._arm(None)
        self._composer.let_go()
        self.canvas.setFocus()

    @Slot(float, float)
    def _press(self, x: float, y: float) -> None:
        self._grip = QPointF()
        if self._armed is not None:
            digit = self._armed
            self._arm(None)
            self._composer.place(digit, x, y)
        elif self._composer.select_at(x, y) and (held := self._composer.state.digit):
            self._composer.let_go()
            self._grip = QPointF(held.x - x, held.y - y)

    @Slot(float, float)
    def _drag(self, x: float, y: float) -> None:
        self._composer.edit(moved(x + self._grip.x(), y + self._grip.y()), "move")

    @Slot(float, float)
    def _nudge(self, dx: float, dy: float) -> None:
        self._composer.edit(nudged(dx, dy), "nudge")

    @Slot(float)
    def _stretch(self, side: float) -> None:
        self._composer.scale(side / GLYPH)

    @Slot(float)
    def _wheel(self, notches: float) -> None:
        if digit := self._composer.state.digit:
            self._composer.scale(digit.scale * NOTCH**notches)

    @Slot(float, float)
    def _hover(self, x: float, y: float) -> None:
        composed = self._composer.state.composed
        self.canvas.show_grip(there=digit_at(composed.composition, composed.scene, x, y) is not None)

    @Slot(int)
    def _step(self, step: int) -> None:
        """Select the digit before or behind the selected one, as they lie over one another."""
        state = self._composer.state
        count = len(state.composed.composition.placed)
        if count:
            before = state.selected if state.selected is not None else -1 if step > 0 else 0
            self._composer.select((before + step) % count)

    @Slot()
    def _dismiss(self) -> None:
        if self._armed is None:
            self._composer.select(None)
        self._arm(None)

    @Slot(object)
    def _show_composed(self, composed: Composed) -> None:
        self.canvas.show_image(composed.scene.image)
        self._show_frame()
        remarks = remarks_on(composed)
        self._note.setText(" · ".join(remarks) or HINT)
        self._note.setToolTip(self._note.text())

    @Slot()
    def _show_frame(self) -> None:
        if digit := self._composer.state.digit:
            top, left = digit.corner
            self.canvas.show_frame(left, top, digit.side)
            self.canvas.setAccessibleDescription(f"{digit.digit}, {digit.colour}, {digit.scale:.2f} times, "
                                                 f"at {digit.x:.0f}, {digit.y:.0f}")
        else:
            self.canvas.hide_frame()
            self.canvas.setAccessibleDescription("nothing is selected")

    @Slot(object)
    def _show_brush(self, brush: Brush) -> None:
        for digit, tile in enumerate(self._tiles):
            tile.show_image(_picture(digit, brush.colour, 2 * (TILE - 8)))


def remarks_on(composed: Composed) -> list[str]:
    """What is to be known about a scene before its answers are judged, in short sentences."""
    placed, remarks = composed.composition.placed, []
    for query in range(10):
        colours = {each.colour for each in placed if each.digit == query}
        if len(colours) > 1 and str(query) not in composed.picture.truths:
            remarks.append(f"{query}s of {len(colours)} colours: no answer is the right one")
    if not composed.composition.clear:
        remarks.append("what the background itself shows is not known")
    for place, digit in enumerate(placed):
        hidden = composed.scene.hidden(place)
        if hidden >= HIDDEN_AT_LEAST:
            remarks.append(f"the {digit.digit} is {'hidden' if hidden == 1 else f'{100 * hidden:.0f} % hidden'}")
    return remarks


def _picture(digit: int, colour: str, side: int) -> UInt8[np.ndarray, "side side 4"]:
    """A digit in a colour on nothing."""
    rgba = np.empty((side, side, 4), np.uint8)
    rgba[..., :3] = np.rint(COLOURS[COLOUR_WORDS.index(colour)])
    rgba[..., 3] = glyph_of(digit, 0, side)
    return rgba
