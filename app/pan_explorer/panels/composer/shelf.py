"""The objects that can be put into a scene, as tiles."""

from __future__ import annotations

from PySide6.QtCore import QPointF, Qt, Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from pan.data.composer.placed import Placed
from pan_explorer.session.composer.session import ComposerSession
from pan_explorer.state.kit import Kit
from pan_explorer.state.scene_edits import as_large
from pan_explorer.widgets.chooser import Chooser
from pan_explorer.widgets.foreign_words import as_tip
from pan_explorer.widgets.labels import ElidedLabel, quiet
from pan_explorer.widgets.scroll_areas import scrolled
from pan_explorer.widgets.tile import Tile

TILE = 44
SHARPNESS = 2 * (TILE - 8)
"""Side of a tile's picture in pixels, enough for a high-resolution screen."""
ROOM_FOR_BAR = 10
ANY = "any"


class ObjectShelf(QWidget):
    """A tile for each object of the kit; in a set with several words, those of the chosen word.

    While objects are cut out of another set, a sentence says so.
    """

    armed = Signal(object)  # Placed | None: the object that the next click on the scene places
    return_pressed = Signal(object)  # Placed, by the Return key
    drag_started = Signal(object)  # Placed
    drag_moved = Signal(QPointF)
    drag_ended = Signal(QPointF)

    def __init__(self, composer: ComposerSession) -> None:
        super().__init__()
        self._composer = composer
        self._objects: tuple[Placed, ...] = ()
        self._tiles: list[Tile] = []
        self._choices: tuple[str, ...] = ()
        self._words = Chooser(name="word of the objects", hint="Which objects of the set are shown")
        self._words.activated.connect(self._choose)
        self._about = quiet("Objects of")
        body = QWidget()
        self._row = QHBoxLayout(body)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.setSpacing(4)
        self._row.addStretch()
        self._area = scrolled(body, along=Qt.Orientation.Horizontal)
        self._coming = ElidedLabel(mode=Qt.TextElideMode.ElideMiddle)
        self._coming.setProperty("quiet", True)
        for each in (self._area, self._coming):
            each.setFixedHeight(TILE + ROOM_FOR_BAR)
        head = QHBoxLayout()
        head.addWidget(self._about)
        head.addWidget(self._words)
        head.addStretch()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        column.addLayout(head)
        column.addWidget(self._area)
        column.addWidget(self._coming)
        composer.kit_changed.connect(self._show)
        composer.coming_changed.connect(self._show_coming)
        composer.kits.ready.connect(self._show_choice)  # also where a chosen word has no objects, and the kit stays
        self._show(composer.state.kit)

    def arm(self, placed: Placed | None) -> None:
        """Check this object's tile alone."""
        for each, tile in zip(self._objects, self._tiles, strict=True):
            tile.setChecked(each == placed)

    @Slot(object)
    def _show(self, kit: Kit) -> None:
        self._show_words(kit)
        self._objects = kit.objects
        while len(self._tiles) < len(self._objects):
            self._add_tile()
        for spare in self._tiles[len(self._objects) :]:
            self._row.removeWidget(spare)
            spare.hide()
            spare.deleteLater()
        del self._tiles[len(self._objects) :]
        for each, tile in zip(self._objects, self._tiles, strict=True):
            tile.setAccessibleName(each.title)
            tile.setToolTip(as_tip(f"{each.title}: drag it into the scene, or click and then click there"))
            tile.show_image(as_large(each, SHARPNESS).sprite.rgba)
        self._show_coming()

    @Slot()
    def _show_coming(self) -> None:
        """While another kit is read, say so in place of the tiles of the last one."""
        coming, kit = self._composer.state.coming, self._composer.state.kit
        self._coming.setText(coming)
        self._coming.setVisible(bool(coming))
        self._area.setVisible(not coming)
        for widget in (self._words, self._about):
            widget.setVisible(len(kit.choices) > 1 and not coming)

    def _show_words(self, kit: Kit) -> None:
        if kit.choices != self._choices:
            self._choices = kit.choices
            self._words.clear()
            self._words.addItems([ANY, *kit.choices])
        self._show_choice()

    @Slot()
    def _show_choice(self) -> None:
        kit = self._composer.state.kit
        self._words.setCurrentIndex(1 + kit.choices.index(kit.choice) if kit.choice in kit.choices else 0)

    def _add_tile(self) -> None:
        tile = Tile("", "", TILE)
        tile.clicked.connect(self._click)
        tile.return_pressed.connect(self._enter)
        tile.drag_started.connect(self._start_drag)
        tile.drag_moved.connect(self.drag_moved)
        tile.drag_ended.connect(self.drag_ended)
        self._tiles.append(tile)
        self._row.insertWidget(len(self._tiles) - 1, tile)

    def _of_sender(self) -> Placed:
        return next(each for each, tile in zip(self._objects, self._tiles, strict=True) if tile is self.sender())

    @Slot(int)
    def _choose(self, place: int) -> None:
        self._composer.kits.choose("" if place == 0 else self._words.itemText(place))

    @Slot(bool)
    def _click(self, down: bool) -> None:
        self.armed.emit(self._of_sender() if down else None)

    @Slot()
    def _enter(self) -> None:
        self.return_pressed.emit(self._of_sender())

    @Slot()
    def _start_drag(self) -> None:
        self.drag_started.emit(self._of_sender())
