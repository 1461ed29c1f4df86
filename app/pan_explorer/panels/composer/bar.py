"""The bar above the scene: start, background, undo, and saving."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path

from PySide6.QtCore import Slot
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QHBoxLayout, QMenu, QWidget

from pan_explorer.panels.composer import dialogs
from pan_explorer.panels.file_dialogs import choose_file
from pan_explorer.session.session import Session
from pan_explorer.state.kit import Kit
from pan_explorer.state.scene_edits import cleared
from pan_explorer.widgets.buttons import button, icon_button, menu_button, show_icon
from pan_explorer.widgets.foreign_words import as_label
from pan_explorer.widgets.labels import quiet

VARIATIONS = (10, 100, 1_000)


class ComposerBar(QWidget):
    """Menus and buttons above the scene."""

    def __init__(self, session: Session) -> None:
        super().__init__()
        self._session, self._composer = session, session.composer
        composer = self._composer
        self._saving = quiet()
        self._undo = icon_button("undo", "Undo (Ctrl+Z)", name="undo")
        self._redo = icon_button("redo", "Redo (Ctrl+Shift+Z)", name="redo")
        for narrow in (self._undo, self._redo):
            narrow.setFixedWidth(34)
        self._undo.clicked.connect(composer.undo)
        self._redo.clicked.connect(composer.redo)
        clear = button("Clear", "Remove all objects")
        clear.clicked.connect(self._clear)
        explore = button("Explore", "Add the scene with its right answers to Explore's images", primary=True)
        show_icon(explore, "right", last=True)
        explore.clicked.connect(session.explore_composed)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(6)
        row.addWidget(menu_button("Random", "Start from a random scene", self._scenes()))
        row.addWidget(menu_button("Background", "The background of the objects", self._backgrounds()))
        row.addWidget(clear)
        row.addWidget(self._undo)
        row.addWidget(self._redo)
        row.addStretch()
        row.addWidget(self._saving)
        row.addWidget(menu_button("Save", "Save the scene, or a series of it, in a reference set", self._saves()))
        row.addWidget(explore)
        composer.history_changed.connect(self._show_history)
        composer.saving_changed.connect(self._saving.setText)
        self._show_history()

    def _scenes(self) -> QMenu:
        menu = QMenu(self)
        reopen = _add(menu, "Saved scene …", self._reopen)
        reopen.setToolTip("Open a scene that was saved")
        self._begin_with(menu, lambda kit: kit.scenes, reopen)
        menu.triggered.connect(self._draw_random)
        return menu

    def _backgrounds(self) -> QMenu:
        menu = QMenu(self)
        shown = _add(menu, "The image shown in Explore", self._take_image)
        _add(menu, "Image file …", self._open_background)
        self._begin_with(menu, lambda kit: kit.backgrounds, shown)
        menu.triggered.connect(self._draw_background)
        return menu

    def _begin_with(self, menu: QMenu, kinds: Callable[[Kit], Mapping[str, str]], before: QAction) -> None:
        """Put the current kit's entries at the top of a menu; none while another kit is being read."""
        menu.insertSeparator(before)
        offered: list[QAction] = []

        def fill() -> None:
            for old in offered:
                menu.removeAction(old)
            offered.clear()
            state = self._composer.state
            for kind, title in ({} if state.coming else kinds(state.kit)).items():
                action = QAction(title, menu)
                action.setData(kind)
                offered.append(action)
            menu.insertActions(menu.actions()[0], offered)

        menu.aboutToShow.connect(fill)
        fill()

    def _saves(self) -> QMenu:
        menu = QMenu(self)
        self._save_again = _add(menu, "", self._save_into_same)
        menu.aboutToShow.connect(self._name_folder)
        _add(menu, "Save scene in a set …", self._save_scene)
        _add(menu, "Save scene as an image …", self._save_image)
        menu.addSeparator()
        _add(menu, "Save the scale sweep of the object as a set …", self._save_sweep)
        for number in VARIATIONS:
            _add(menu, f"Save {number:,} variations as a set …", self._save_variations).setData(number)
        menu.addSeparator()
        self._open_saved = _add(menu, "", self._open_set)
        return menu

    @Slot(QAction)
    def _draw_random(self, action: QAction) -> None:
        if kind := action.data():
            self._composer.draw_random(kind)

    @Slot(QAction)
    def _draw_background(self, action: QAction) -> None:
        if kind := action.data():
            self._composer.draw_background(kind)

    @Slot()
    def _clear(self) -> None:
        self._composer.edit(cleared)

    @Slot()
    def _take_image(self) -> None:
        if picture := self._session.state.picture:
            self._composer.files.take_picture(picture)

    @Slot()
    def _open_background(self) -> None:
        dialogs.choose_background(self, self._composer.files)

    @Slot()
    def _reopen(self) -> None:
        dialogs.choose_composition(self, self._composer.files)

    @Slot()
    def _name_folder(self) -> None:
        folder = self._composer.state.folder
        self._save_again.setVisible(folder is not None)
        name = as_label(folder.name) if folder else ""
        self._save_again.setText(f"Save scene in “{name}”")
        self._open_saved.setVisible(folder is not None)
        self._open_saved.setText(f"Open “{name}” in Explore")

    @Slot()
    def _save_into_same(self) -> None:
        if folder := self._composer.state.folder:
            self._composer.files.save_scene(folder)

    @Slot()
    def _open_set(self) -> None:
        if folder := self._composer.state.folder:
            self._session.files.open(folder)

    @Slot()
    def _save_scene(self) -> None:
        dialogs.choose_set(self, self._composer.state.folder, self._composer.files.save_scene)

    @Slot()
    def _save_image(self) -> None:
        choose_file(self, "Save scene as an image", "scene.png", "Image", self._composer.files.save_image)

    @Slot()
    def _save_sweep(self) -> None:
        dialogs.choose_set(self, self._composer.state.folder, self._composer.files.save_sweep)

    @Slot()
    def _save_variations(self) -> None:
        action = self.sender()
        number = int(action.data()) if isinstance(action, QAction) else VARIATIONS[0]
        save = _variations_into(self._composer.files.save_variations, number)
        dialogs.choose_set(self, self._composer.state.folder, save)

    @Slot()
    def _show_history(self) -> None:
        history = self._composer.state.history
        self._undo.setEnabled(bool(history.past))
        self._redo.setEnabled(bool(history.future))


def _add(menu: QMenu, text: str, act: Callable[[], None]) -> QAction:
    action = menu.addAction(text)
    action.triggered.connect(act)
    return action


def _variations_into(save: Callable[[Path, int], None], number: int) -> Callable[[Path], None]:
    return lambda folder: save(folder, number)
