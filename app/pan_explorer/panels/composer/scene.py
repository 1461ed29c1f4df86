"""The composed scene, and the objects to place in it."""

from __future__ import annotations

from PySide6.QtCore import QPointF, Slot
from PySide6.QtWidgets import QVBoxLayout, QWidget

from pan.data.composer.drawing import object_at
from pan.data.composer.placed import Placed
from pan_explorer.panels.composer.shelf import ObjectShelf
from pan_explorer.session.session import Session
from pan_explorer.state.composer import Composed
from pan_explorer.state.kit import Kit
from pan_explorer.state.scene_edits import moved, nudged
from pan_explorer.widgets.labels import ElidedLabel
from pan_explorer.widgets.scene_canvas import SceneCanvas

NOTCH = 1.06
"""The scale factor of one notch of the wheel."""
HINT = "Click an object and then the scene, or drag it · wheel, + and - scale · arrows nudge · Del deletes"
HIDDEN_AT_LEAST = 0.05
"""The smallest hidden share of an object that is reported."""


class ComposerScene(QWidget):
    """The available objects, the canvas, and a line of remarks about the scene."""

    def __init__(self, session: Session) -> None:
        super().__init__()
        self._composer = session.composer
        self._armed: Placed | None = None
        self._grip = QPointF()  # from the pointer to the centre of the object that is dragged
        self._grabbed_scale = 1.0  # of the object whose handle is dragged, for its size is rounded
        self._carried = False
        self.canvas = SceneCanvas()
        self._shelf = ObjectShelf(session.composer)
        self._note = ElidedLabel(HINT)
        self._note.setProperty("quiet", True)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addWidget(self._shelf)
        column.addWidget(self.canvas, 1)
        column.addWidget(self._note)
        self._connect()
        self._show_composed()

    def _connect(self) -> None:
        composer, canvas, shelf = self._composer, self.canvas, self._shelf
        shelf.armed.connect(self._arm)
        shelf.return_pressed.connect(self._place_in_the_middle)
        shelf.drag_started.connect(self._start_drag)
        shelf.drag_moved.connect(self._move_drag)
        shelf.drag_ended.connect(self._drop)
        canvas.pressed.connect(self._press)
        canvas.dragged.connect(self._drag)
        canvas.handle_pressed.connect(self._press_handle)
        canvas.handle_dragged.connect(self._drag_handle)
        canvas.released.connect(composer.end_stroke)
        canvas.hovered.connect(self._hover)
        canvas.wheeled.connect(self._wheel)
        canvas.nudged.connect(self._nudge)
        canvas.stepped.connect(self._step)
        canvas.dismissed.connect(self._dismiss)
        composer.composed_changed.connect(self._show_composed)
        composer.note_changed.connect(self._show_note)
        composer.kit_changed.connect(self._arm_again)
        composer.coming_changed.connect(self._disarm)
        composer.selected_changed.connect(self._show_frame)

    @Slot(object)
    def _arm(self, placed: Placed | None) -> None:
        self._armed = placed
        self._shelf.arm(placed)
        self.canvas.show_ghost(None if placed is None else placed.sprite.rgba)

    @Slot(object)
    def _arm_again(self, kit: Kit) -> None:
        """Update the object to place, whose colour may have changed, or drop it if it is gone."""
        self._arm(None if self._armed is None else kit.as_now(self._armed))

    @Slot()
    def _disarm(self) -> None:
        """Drop the object to place: while another kit is read, the objects of the last one are not offered."""
        self._arm(None)

    @Slot(object)
    def _place_in_the_middle(self, placed: Placed) -> None:
        middle = self._composer.state.composed.composition.side / 2
        self._composer.place(placed, middle, middle)
        self.canvas.setFocus()

    @Slot(object)
    def _start_drag(self, placed: Placed) -> None:
        self._arm(placed)
        self._carried = False

    @Slot(QPointF)
    def _move_drag(self, place: QPointF) -> None:
        on_canvas = self.canvas.mapFromGlobal(place)
        x, y = self.canvas.to_scene(on_canvas).toTuple()
        if self._carried:
            self._composer.edit(moved(x, y), "move")
        elif self._armed is not None and self.canvas.rect().toRectF().contains(on_canvas):
            taken, self._carried = self._armed, True
            self._arm(None)
            self._composer.place(taken, x, y)

    @Slot(QPointF)
    def _drop(self, place: QPointF) -> None:
        if self._carried and not self.canvas.rect().toRectF().contains(self.canvas.mapFromGlobal(place)):
            self._composer.undo()  # the drag left the canvas
        self._carried = False
        self._arm(None)
        self._composer.end_stroke()
        self.canvas.setFocus()

    @Slot(float, float)
    def _press(self, x: float, y: float) -> None:
        self._grip = QPointF()
        if self._armed is not None:
            taken = self._armed
            self._arm(None)
            self._composer.place(taken, x, y)
        elif self._composer.select_at(x, y) and (held := self._composer.state.object):
            self._composer.end_stroke()
            self._grip = QPointF(held.x - x, held.y - y)

    @Slot(float, float)
    def _drag(self, x: float, y: float) -> None:
        self._composer.edit(moved(x + self._grip.x(), y + self._grip.y()), "move")

    @Slot(float, float)
    def _nudge(self, dx: float, dy: float) -> None:
        self._composer.edit(nudged(dx, dy), "nudge")

    @Slot()
    def _press_handle(self) -> None:
        if held := self._composer.state.object:
            self._grabbed_scale = held.scale

    @Slot(float)
    def _drag_handle(self, times: float) -> None:
        self._composer.scale(times * self._grabbed_scale)

    @Slot(float)
    def _wheel(self, notches: float) -> None:
        if held := self._composer.state.object:
            self._composer.scale(held.scale * NOTCH**notches)

    @Slot(float, float)
    def _hover(self, x: float, y: float) -> None:
        composed = self._composer.state.composed
        self.canvas.show_grip(there=object_at(composed.composition, composed.scene, x, y) is not None)

    @Slot(int)
    def _step(self, step: int) -> None:
        """Select the object before or behind the selected one, in stacking order."""
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

    @Slot()
    def _show_composed(self) -> None:
        self.canvas.show_image(self._composer.state.composed.scene.image)
        self._show_frame()
        self._show_note()

    @Slot()
    def _show_note(self) -> None:
        state = self._composer.state
        remarks = [*([state.note] if state.note else []), *remarks_on(state.composed)]
        self._note.setText(" · ".join(remarks) or HINT)

    @Slot()
    def _show_frame(self) -> None:
        if held := self._composer.state.object:
            (top, left), (height, width) = held.corner, held.size
            self.canvas.show_frame(left, top, width, height)
            self.canvas.setAccessibleDescription(f"{held.title}, {held.scale:.2f} times, "
                                                 f"at {held.x:.0f}, {held.y:.0f}")
        else:
            self.canvas.hide_frame()
            self.canvas.setAccessibleDescription("nothing is selected")


def remarks_on(composed: Composed) -> list[str]:
    """Remarks about a scene that help to judge its answers, in short sentences."""
    placed, remarks = composed.composition.placed, []
    for query in sorted({each.query for each in placed}):
        answers = {frozenset(each.answers) for each in placed if each.query == query}
        if len(answers) > 1 and query not in composed.picture.truths:
            remarks.append(f"“{query}” has {len(answers)} answers here: none is the right one")
    if not composed.composition.clear:
        remarks.append("the content of the background is unknown")
    for place, each in enumerate(placed):
        hidden = composed.scene.hidden(place)
        if hidden >= HIDDEN_AT_LEAST:
            remarks.append(f"the {each.query} is {'hidden' if hidden == 1 else f'{100 * hidden:.0f} % hidden'}")
    return remarks
