"""The table of all commands: their texts, shortcuts and pages."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

from PySide6.QtGui import QGuiApplication, QKeySequence
from PySide6.QtWidgets import QWidget

from pan.system.errors import InputError
from pan_explorer import settings
from pan_explorer.panels import file_dialogs as dialogs
from pan_explorer.panels.browser.set_page import show_set
from pan_explorer.panels.chrome import exchange
from pan_explorer.panels.chrome.export_dialog import show_export
from pan_explorer.panels.chrome.help_window import show_help
from pan_explorer.panels.chrome.sheets import AboutBox, ShortcutSheet, system_information
from pan_explorer.panels.networks.dialog import show_models
from pan_explorer.session.session import Session
from pan_explorer.state.scene_edits import deleted, duplicated, in_front
from pan_explorer.system.desktop_entry import add_to_applications_menu, has_applications_menu
from pan_explorer.values.display import CURVES, QUANTITIES, Show
from pan_explorer.values.view import INPUT, PAGES, WHOLE, Page
from pan_explorer.widgets.opened_dialogs import show_again

Run = Callable[[QWidget, Session], object]
EXPLORE: tuple[Page, ...] = ("explore",)
COMPOSE: tuple[Page, ...] = ("compose",)
ANSWERS: tuple[Page, ...] = ("explore", "compose")
"""Pages on which networks answer."""


@dataclass(frozen=True)
class Command:
    """One command.

    Attributes:
        menu: The menu that lists it.
        text: Its text in the menu.
        keys: Its shortcuts in Qt's notation, separated by "; "; empty for none.
        run: Its function, called with the window and the session.
        icon: Name of a themed icon; empty for none.
        pages: The pages that have it; its shortcuts do nothing on the others.
    """

    menu: str
    text: str
    keys: str
    run: Run
    icon: str = ""
    pages: tuple[Page, ...] = PAGES

    @property
    def shortcuts(self) -> list[QKeySequence]:
        """Its shortcuts as Qt's key sequences."""
        return QKeySequence.listFromString(self.keys) if self.keys else []


def _show(show: Show) -> Run:
    return lambda _, session: session.view.set_display(replace(session.state.display, show=show))


def _show_next_quantity(_: QWidget, session: Session) -> None:
    display = session.state.display
    place = QUANTITIES.index(display.quantity) + 1
    session.view.set_display(replace(display, quantity=QUANTITIES[place % len(QUANTITIES)]))


def _show_next_curve(_: QWidget, session: Session) -> None:
    display = session.state.display
    place = CURVES.index(display.curve) + 1
    session.view.set_display(replace(display, curve=CURVES[place % len(CURVES)]))


def _toggle_display(name: str) -> Run:
    def toggle(_: QWidget, session: Session) -> None:
        display = session.state.display
        session.view.set_display(replace(display, **{name: not getattr(display, name)}))  # type: ignore[arg-type]  # a bool's name

    return toggle


def _resize_brush(cells: int) -> Run:
    return lambda _, session: session.surgery.choose_size(session.surgery.state.size + cells)


def _show_shortcuts(window: QWidget, _: Session) -> None:
    if show_again(window, ShortcutSheet):
        return
    menus = dict.fromkeys(command.menu for command in COMMANDS if command.keys)
    groups = [(menu, [(command.text, _in_words(command)) for command in COMMANDS if command.menu == menu
                      and command.keys]) for menu in menus]
    ShortcutSheet(window, [*groups, ("Query", [("Ask about a digit", "0 – 9")])]).show()


def _show_about(window: QWidget, _: Session) -> None:
    if not show_again(window, AboutBox):
        AboutBox(window).show()


def _in_words(command: Command) -> str:
    native = QKeySequence.SequenceFormat.NativeText
    return " or ".join(each.toString(native) for each in command.shortcuts)


def _copy_system_information(_: QWidget, session: Session) -> None:
    QGuiApplication.clipboard().setText(system_information())
    session.succeeded.emit("Copied the system information")


def _add_to_menu(_: QWidget, session: Session) -> None:
    try:
        entry = add_to_applications_menu()
    except InputError as error:
        session.failed.emit(str(error))
    else:
        session.succeeded.emit(f"Added PAN Explorer to the applications menu ({entry})")


COMMANDS = (
    Command("File", "Open image …", "Ctrl+O", dialogs.choose_image, "document-open"),
    Command("File", "Open reference set …", "Ctrl+Shift+O", dialogs.choose_reference_set, "folder-open"),
    Command("File", "Open session …", "", dialogs.choose_session),
    Command("File", "Save session …", "Ctrl+S", dialogs.choose_session_file, "document-save"),
    Command("File", "Save session with its images and networks …", "Ctrl+Shift+S", dialogs.choose_session_bundle),
    Command("File", "Paste image", "Ctrl+V", exchange.paste, "edit-paste"),
    Command("File", "Export …", "Ctrl+E", show_export, "document-save-as"),
    Command("File", "Copy figure", "Ctrl+C", lambda _, s: s.exports.copy(settings.figure_order()), "edit-copy"),
    Command("File", "Quit", "Ctrl+Q", lambda window, _: window.close(), "application-exit"),
    Command("Edit", "Undo", "Ctrl+Z", lambda _, s: s.undo(), "edit-undo", ANSWERS),
    Command("Edit", "Redo", "Ctrl+Shift+Z; Ctrl+Y", lambda _, s: s.redo(), "edit-redo", ANSWERS),
    Command("Images", "Explore images", "E", lambda _, s: s.pages.show("explore")),
    Command("Scene", "Compose a scene", "C", lambda _, s: s.pages.show("compose")),
    Command("Scene", "Another random scene", "Ctrl+R",
            lambda _, s: s.composer.draw_random(s.state.kind), pages=COMPOSE),
    Command("Scene", "Duplicate the object", "Ctrl+D", lambda _, s: s.composer.edit(duplicated), pages=COMPOSE),
    Command("Scene", "Bring the object to the front", "Ctrl+F", lambda _, s: s.composer.edit(in_front), pages=COMPOSE),
    Command("Scene", "Delete the object", "Del", lambda _, s: s.composer.edit(deleted), pages=COMPOSE),
    Command("Paper", "The paper's tables", "P", lambda _, s: s.pages.show("paper")),
    Command("Images", "Next image", "Down", lambda _, s: s.step_picture(1), pages=EXPLORE),
    Command("Images", "Previous image", "Up", lambda _, s: s.step_picture(-1), pages=EXPLORE),
    Command("Images", "List the questions of the set, or its images", "L",
            lambda _, s: s.browser.toggle(s.state.asked), pages=EXPLORE),
    Command("Images", "Evaluate the shown networks on the set", "",
            lambda _, s: s.browser.evaluate(s.state.asked), pages=EXPLORE),
    Command("Images", "Check the set …", "", show_set),
    Command("Images", "Whole image", "Z", lambda _, s: s.view.set_viewport(WHOLE), pages=EXPLORE),
    Command("Layers", "Next layer", "Right", lambda _, s: s.layers.step(1), pages=ANSWERS),
    Command("Layers", "Previous layer", "Left", lambda _, s: s.layers.step(-1), pages=ANSWERS),
    Command("Layers", "Input", "Home", lambda _, s: s.layers.go_to(INPUT), pages=ANSWERS),
    Command("Layers", "Last layer", "End", lambda _, s: s.layers.go_to(s.state.layers[-1]), pages=ANSWERS),
    Command("Layers", "Play or stop", "Space", lambda _, s: s.layers.toggle_play(), pages=ANSWERS),
    Command("Layers", "Grid of all layers", "G", lambda _, s: s.view.toggle("layers"), pages=EXPLORE),
    Command("Layers", "Table of all queries", "Q", lambda _, s: s.view.toggle("queries"), pages=EXPLORE),
    Command("Networks", "Swipe between two", "W", lambda _, s: s.view.toggle("swipe"), pages=EXPLORE),
    Command("Networks", "Flicker between two", "Shift+W", lambda _, s: s.view.toggle("flicker"), pages=EXPLORE),
    Command("Attention", "Fade the image", "F", _show("faded"), pages=ANSWERS),
    Command("Attention", "Heat map", "H", _show("heat"), pages=ANSWERS),
    Command("Attention", "Native cells", "N", _show("cells"), pages=ANSWERS),
    Command("Attention", "Attention, features before, features after", "V", _show_next_quantity, pages=ANSWERS),
    Command("Attention", "Accumulate over layers", "A", _toggle_display("accumulated"), pages=ANSWERS),
    Command("Attention", "Brightness by the square root, or linear", "D", _show_next_curve, pages=ANSWERS),
    Command("Attention", "Receptive field under the pointer", "R", _toggle_display("field"), pages=EXPLORE),
    Command("Attention", "Outline of the queried object", "O", _toggle_display("outline"), pages=EXPLORE),
    Command("Surgery", "Paint on the attention, or stop", "S", lambda _, s: s.operate(), pages=EXPLORE),
    Command("Surgery", "Brush: close, open, erase", "B", lambda _, s: s.surgery.choose_next_brush(), pages=EXPLORE),
    Command("Surgery", "Smaller brush", "[", _resize_brush(-1), pages=EXPLORE),
    Command("Surgery", "Larger brush", "]", _resize_brush(1), pages=EXPLORE),
    Command("Surgery", "Unchanged answers, or changed ones", "X",
            lambda _, s: s.surgery.toggle_bypass(), pages=ANSWERS),
    Command("Surgery", "Reset all", "", lambda _, s: s.surgery.reset_all(), pages=EXPLORE),
    Command("Networks", "Manage networks …", "Ctrl+M", show_models),
    Command("Networks", "Add checkpoint file …", "", dialogs.choose_checkpoint),
    Command("Networks", "Add run folder …", "", dialogs.choose_run),
    Command("Help", "Help on this page", "F1", show_help, "help-contents"),
    Command("Help", "Walk through the paper", "Alt+W", lambda _, s: s.walk.toggle()),
    Command("Help", "Next step of the walk", "Alt+Right", lambda _, s: s.walk.next()),
    Command("Help", "Previous step of the walk", "Alt+Left", lambda _, s: s.walk.back()),
    Command("Help", "Walk through a folder of steps …", "", dialogs.choose_walk),
    Command("Help", "Shortcuts", "?", _show_shortcuts),
    Command("Help", "Copy system information", "", _copy_system_information),
    *([Command("Help", "Add to the applications menu", "", _add_to_menu)] if has_applications_menu() else []),
    Command("Help", "About PAN Explorer", "", _show_about, "help-about"),
)
