"""All commands as one table; menus, shortcuts and the sheet of shortcuts are made from it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction, QActionGroup, QGuiApplication, QIcon, QKeySequence
from PySide6.QtWidgets import QMenu, QWidget

from pan.system.errors import InputError
from pan_explorer import settings
from pan_explorer.panels import file_dialogs as dialogs
from pan_explorer.panels.chrome import exchange
from pan_explorer.panels.chrome.export_dialog import show_export
from pan_explorer.panels.chrome.help_window import show_help
from pan_explorer.panels.chrome.sheets import AboutBox, ShortcutSheet, system_information
from pan_explorer.panels.networks.dialog import show_models
from pan_explorer.session.composer.session import ComposerSession
from pan_explorer.session.session import Session
from pan_explorer.state.scene_edits import deleted, duplicated, in_front
from pan_explorer.system.desktop_entry import add_to_applications_menu, has_applications_menu
from pan_explorer.theme import MODES, Theme
from pan_explorer.values.display import CURVES, QUANTITIES, Show
from pan_explorer.values.view import INPUT, WHOLE

Run = Callable[[QWidget, Session], object]


@dataclass(frozen=True)
class Command:
    """One command.

    Attributes:
        menu: The menu it stands in.
        text: What it is called.
        keys: Its shortcut, as Qt writes it; empty for none.
        run: What it does to a window and its session.
        icon: Name of a themed icon; empty for none.
    """

    menu: str
    text: str
    keys: str
    run: Run
    icon: str = ""


def _show(show: Show) -> Run:
    return lambda _, session: session.view.show(replace(session.state.display, show=show))


def _show_next_quantity(_: QWidget, session: Session) -> None:
    display = session.state.display
    place = QUANTITIES.index(display.quantity) + 1
    session.view.show(replace(display, quantity=QUANTITIES[place % len(QUANTITIES)]))


def _show_next_curve(_: QWidget, session: Session) -> None:
    display = session.state.display
    place = CURVES.index(display.curve) + 1
    session.view.show(replace(display, curve=CURVES[place % len(CURVES)]))


def _toggle_display(name: str) -> Run:
    def toggle(_: QWidget, session: Session) -> None:
        display = session.state.display
        session.view.show(replace(display, **{name: not getattr(display, name)}))  # type: ignore[arg-type]  # a bool's name

    return toggle


def _resize_brush(cells: int) -> Run:
    return lambda _, session: session.surgery.choose_size(session.surgery.state.size + cells)


def _on_scene(act: Callable[[ComposerSession, str], object]) -> Run:
    def run(_: QWidget, session: Session) -> None:
        if session.state.page == "compose":
            act(session.composer, session.state.kind)

    return run


def _toggle_browser(_: QWidget, session: Session) -> None:
    session.browser.toggle(session.state.asked)


def _evaluate(_: QWidget, session: Session) -> None:
    session.browser.evaluate(session.state.asked)


def _show_shortcuts(window: QWidget, _: Session) -> None:
    menus = dict.fromkeys(command.menu for command in COMMANDS if command.keys)
    groups = [(menu, [(command.text, QKeySequence(command.keys).toString(QKeySequence.SequenceFormat.NativeText))
                      for command in COMMANDS if command.menu == menu and command.keys]) for menu in menus]
    ShortcutSheet(window, [*groups, ("Query", [("Ask about a digit", "0 – 9")])]).show()


def _copy_system_information(_: QWidget, session: Session) -> None:
    QGuiApplication.clipboard().setText(system_information())
    session.succeeded.emit("Copied the system information")


def _add_to_menu(_: QWidget, session: Session) -> None:
    try:
        entry = add_to_applications_menu()
    except InputError as error:
        session.failed.emit(str(error))
    else:
        session.succeeded.emit(f"PAN Explorer stands in the applications menu now ({entry})")


COMMANDS = (
    Command("File", "Open image …", "Ctrl+O", dialogs.choose_image, "document-open"),
    Command("File", "Open reference set …", "Ctrl+Shift+O", dialogs.choose_reference_set, "folder-open"),
    Command("File", "Open session …", "", dialogs.choose_session),
    Command("File", "Save session …", "Ctrl+S", dialogs.choose_session_file, "document-save"),
    Command("File", "Paste image", "Ctrl+V", exchange.paste, "edit-paste"),
    Command("File", "Export …", "Ctrl+E", show_export, "document-save-as"),
    Command("File", "Copy figure", "Ctrl+C", lambda _, s: s.exports.copy(settings.figure_order()), "edit-copy"),
    Command("File", "Quit", "Ctrl+Q", lambda window, _: window.close(), "application-exit"),
    Command("Edit", "Undo", "Ctrl+Z", lambda _, session: session.undo(), "edit-undo"),
    Command("Edit", "Redo", "Ctrl+Shift+Z", lambda _, session: session.redo(), "edit-redo"),
    Command("Scene", "Compose a scene", "C", lambda _, session: session.show_page("compose")),
    Command("Scene", "Another random scene", "Ctrl+R", _on_scene(lambda scene, kind: scene.draw_random(kind))),
    Command("Scene", "Duplicate the digit", "Ctrl+D", _on_scene(lambda scene, _: scene.edit(duplicated))),
    Command("Scene", "Bring the digit to the front", "Ctrl+F", _on_scene(lambda scene, _: scene.edit(in_front))),
    Command("Scene", "Delete the digit", "Del", _on_scene(lambda scene, _: scene.edit(deleted))),
    Command("Paper", "The paper's tables", "P", lambda _, session: session.show_page("paper")),
    Command("Images", "Next image", "Down", lambda _, session: session.step_picture(1)),
    Command("Images", "Previous image", "Up", lambda _, session: session.step_picture(-1)),
    Command("Images", "List the questions of the set, or its images", "L", _toggle_browser),
    Command("Images", "Evaluate the shown networks on the set", "", _evaluate),
    Command("Images", "Whole image", "Z", lambda _, session: session.view.look_at(WHOLE)),
    Command("Layers", "Next layer", "Right", lambda _, session: session.layers.step(1)),
    Command("Layers", "Previous layer", "Left", lambda _, session: session.layers.step(-1)),
    Command("Layers", "Input", "Home", lambda _, session: session.layers.go_to(INPUT)),
    Command("Layers", "Last layer", "End", lambda _, session: session.layers.go_to(session.state.layers[-1])),
    Command("Layers", "Play or stop", "Space", lambda _, session: session.layers.toggle_play()),
    Command("Layers", "Grid of all layers", "G", lambda _, session: session.view.compare_as("layers")),
    Command("Layers", "Table of all queries", "Q", lambda _, session: session.view.compare_as("queries")),
    Command("Networks", "Swipe between two", "W", lambda _, session: session.view.compare_as("swipe")),
    Command("Networks", "Flicker between two", "Shift+W", lambda _, session: session.view.compare_as("flicker")),
    Command("Attention", "Fade the image", "F", _show("faded")),
    Command("Attention", "Heat map", "H", _show("heat")),
    Command("Attention", "Native cells", "N", _show("cells")),
    Command("Attention", "Attention, features before, features after", "V", _show_next_quantity),
    Command("Attention", "Accumulate over layers", "A", _toggle_display("accumulated")),
    Command("Attention", "Brightness by the square root, or linear", "D", _show_next_curve),
    Command("Attention", "Receptive field under the pointer", "R", _toggle_display("field")),
    Command("Attention", "Outline of the queried object", "O", _toggle_display("outline")),
    Command("Surgery", "Paint on the attention, or end that", "S", lambda _, session: session.operate()),
    Command("Surgery", "Brush: close, open, erase", "B", lambda _, session: session.surgery.choose_next_brush()),
    Command("Surgery", "Smaller brush", "[", _resize_brush(-1)),
    Command("Surgery", "Larger brush", "]", _resize_brush(1)),
    Command("Surgery", "Untouched answers, or changed ones", "X", lambda _, session: session.surgery.toggle_bypass()),
    Command("Surgery", "Reset all networks", "", lambda _, session: session.surgery.reset_all()),
    Command("Networks", "Manage networks …", "Ctrl+M", show_models),
    Command("Networks", "Add checkpoint file …", "", dialogs.choose_checkpoint),
    Command("Networks", "Add run folder …", "", dialogs.choose_run),
    Command("Help", "Help on what is shown", "F1", show_help, "help-contents"),
    Command("Help", "Walk through the paper", "Alt+W", lambda _, session: session.walk.toggle()),
    Command("Help", "Next step of the walk", "Alt+Right", lambda _, session: session.walk.next()),
    Command("Help", "Previous step of the walk", "Alt+Left", lambda _, session: session.walk.back()),
    Command("Help", "Walk through steps of a folder …", "", dialogs.choose_walk),
    Command("Help", "Shortcuts", "?", _show_shortcuts),
    Command("Help", "Copy system information", "", _copy_system_information),
    *([Command("Help", "Add to the applications menu", "", _add_to_menu)] if has_applications_menu() else []),
    Command("Help", "About PAN Explorer", "", lambda window, _: AboutBox(window).show(), "help-about"),
)


def add_commands(window: QWidget, session: Session, theme: Theme) -> QMenu:
    """Give the window all commands with their shortcuts, and return them as a menu."""
    whole = QMenu(window)
    menus: dict[str, QMenu] = {}
    for command in COMMANDS:
        if command.menu not in menus:
            menus[command.menu] = whole.addMenu(command.menu)
        action = _action(command, window, session)
        menus[command.menu].addAction(action)
        window.addAction(action)
    _add_recent_files(menus["File"], session)
    _add_schemes(whole, theme)
    _add_notices(menus["Networks"])
    for query in session.state.queries:
        window.addAction(_action(Command("", f"Ask about the {query}", query, _ask(query)), window, session))
    return whole


def _ask(query: str) -> Run:
    return lambda _, session: session.ask(query) if query in session.state.queries else None


def _action(command: Command, window: QWidget, session: Session) -> QAction:
    action = QAction(QIcon.fromTheme(command.icon) if command.icon else QIcon(), command.text, window)
    action.setShortcut(QKeySequence(command.keys))
    action.setShortcutContext(Qt.ShortcutContext.WindowShortcut)
    action.triggered.connect(lambda: command.run(window, session))
    return action


def _add_recent_files(menu: QMenu, session: Session) -> None:
    recent = QMenu("Recent", menu)
    menu.insertMenu(menu.actions()[3], recent)

    def fill() -> None:
        recent.clear()
        for path in settings.recent_files():
            recent.addAction(str(path)).setData(str(path))
        if recent.isEmpty():
            recent.addAction("Nothing yet").setEnabled(False)

    recent.aboutToShow.connect(fill)
    recent.triggered.connect(lambda action: session.files.open(Path(action.data())))


def _add_notices(menu: QMenu) -> None:
    action = QAction("Tell the desktop when training ends", menu, checkable=True, checked=settings.notifies())
    action.toggled.connect(settings.keep_notifies)
    menu.addAction(action)


def _add_schemes(menu: QMenu, theme: Theme) -> None:
    schemes = QMenu("Colours of the window", menu)
    menu.insertMenu(menu.actions()[-1], schemes)
    group = QActionGroup(schemes)
    for mode in MODES:
        action = QAction(mode.capitalize(), group, checkable=True, checked=mode == theme.mode)
        action.setData(mode)
        schemes.addAction(action)

    def choose(action: QAction) -> None:
        theme.choose(action.data())
        settings.keep_theme(action.data())

    schemes.triggered.connect(choose)
