"""The look of the program: palette, style sheet, fonts and the names of colour maps."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from PySide6.QtCore import QObject, Qt, Slot
from PySide6.QtGui import QColor, QFont, QFontDatabase, QFontInfo, QPalette
from PySide6.QtWidgets import QApplication

Mode = Literal["system", "light", "dark"]
MODES: tuple[Mode, ...] = ("system", "light", "dark")

COLOUR_MAPS = ("inferno", "magma", "viridis", "cividis")
"""Perceptually uniform colour maps; no others are offered."""


TITLE, SMALL, SMALLEST = 14 / 13, 12 / 13, 11 / 13
"""Font sizes, relative to the user's own."""


@dataclass(frozen=True)
class Chrome:
    """The window's colours in one colour scheme; colours of data do not depend on them."""

    ground: str
    panel: str
    raised: str
    hover: str
    line: str
    text: str
    quiet: str
    accent: str
    on_accent: str
    warning: str


DARK = Chrome(
    ground="#1d1e21", panel="#242529", raised="#303238", hover="#3b3e46", line="#35373d",
    text="#e6e6e9", quiet="#abadb5", accent="#5b9bff", on_accent="#0e1014", warning="#3b2f1a",
)  # fmt: skip
LIGHT = Chrome(
    ground="#f4f5f7", panel="#ffffff", raised="#e8eaef", hover="#dadde4", line="#dcdfe5",
    text="#1c1d21", quiet="#5a5e67", accent="#1a66e0", on_accent="#ffffff", warning="#fdf1d8",
)  # fmt: skip


class Theme(QObject):
    """Sets the application's palette and style sheet by the chosen or the system's colour scheme."""

    def __init__(self, application: QApplication) -> None:
        super().__init__(application)
        self._application = application
        self._mode: Mode = "system"
        application.setStyle("Fusion")
        application.setFont(ui_font())
        application.styleHints().colorSchemeChanged.connect(self._apply)
        self._apply()

    @property
    def mode(self) -> Mode:
        """The chosen colour scheme."""
        return self._mode

    @property
    def dark(self) -> bool:
        """Whether the window is dark now."""
        if self._mode == "system":
            return self._application.styleHints().colorScheme() == Qt.ColorScheme.Dark
        return self._mode == "dark"

    def choose(self, mode: Mode) -> None:
        """Change the colour scheme."""
        schemes = {"system": Qt.ColorScheme.Unknown, "light": Qt.ColorScheme.Light, "dark": Qt.ColorScheme.Dark}
        self._mode = mode
        self._application.styleHints().setColorScheme(schemes[mode])
        self._apply()

    @Slot()
    def _apply(self) -> None:
        chrome = DARK if self.dark else LIGHT
        self._application.setPalette(_palette(chrome))
        self._application.setStyleSheet(_style_sheet(chrome))


def text_pixels(share: float = 1.0) -> int:
    """The desktop's font size in pixels, times a factor."""
    return round(share * QFontInfo(QFontDatabase.systemFont(QFontDatabase.SystemFont.GeneralFont)).pixelSize())


def ui_font(share: float = 1.0, weight: QFont.Weight = QFont.Weight.Normal) -> QFont:
    """Inter if it is installed, else the system's font, with tabular figures; the size is relative to the user's."""
    font = QFont("Inter") if "Inter" in QFontDatabase.families() else QFontDatabase.systemFont(
        QFontDatabase.SystemFont.GeneralFont)
    font.setPixelSize(text_pixels(share))
    font.setWeight(weight)
    font.setFeature(QFont.Tag("tnum"), 1)
    return font


def _palette(chrome: Chrome) -> QPalette:
    role = QPalette.ColorRole
    colours = {
        role.Window: chrome.ground, role.Base: chrome.panel, role.AlternateBase: chrome.ground,
        role.Button: chrome.raised, role.Light: chrome.hover, role.Mid: chrome.line, role.Midlight: chrome.hover,
        role.Dark: chrome.line, role.Shadow: chrome.line, role.WindowText: chrome.text, role.Text: chrome.text,
        role.ButtonText: chrome.text, role.BrightText: chrome.text, role.PlaceholderText: chrome.quiet,
        role.Highlight: chrome.accent, role.HighlightedText: chrome.on_accent, role.Accent: chrome.accent,
        role.Link: chrome.accent, role.ToolTipBase: chrome.raised, role.ToolTipText: chrome.text,
    }  # fmt: skip
    palette = QPalette()
    for each, colour in colours.items():
        palette.setColor(each, QColor(colour))
    for each in (role.WindowText, role.Text, role.ButtonText):
        faint = QColor(chrome.text)
        faint.setAlphaF(0.35)
        palette.setColor(QPalette.ColorGroup.Disabled, each, faint)
    return palette


def _style_sheet(chrome: Chrome) -> str:
    return f"""
    QToolTip {{ background: {chrome.raised}; color: {chrome.text}; border: 1px solid {chrome.line}; padding: 4px; }}
    QPushButton, QToolButton, QComboBox {{
        background: {chrome.raised}; color: {chrome.text}; border: 1px solid transparent; border-radius: 6px;
        padding: 4px 9px; }}
    QPushButton:hover, QToolButton:hover, QComboBox:hover {{ background: {chrome.hover}; }}
    QPushButton:focus, QToolButton:focus, QComboBox:focus, QLineEdit:focus, QAbstractSpinBox:focus {{
        border-color: {chrome.accent}; }}
    QSpinBox, QDoubleSpinBox, QLineEdit {{
        background: {chrome.raised}; border: 1px solid transparent; border-radius: 6px; padding: 4px 9px; }}
    QAbstractSpinBox::up-button, QAbstractSpinBox::down-button {{ width: 0; border: none; }}
    QPushButton:checked, QPushButton[primary="true"], QToolButton[primary="true"] {{
        background: {chrome.accent}; color: {chrome.on_accent}; }}
    QPushButton:checked:focus, QPushButton[primary="true"]:focus, QToolButton[primary="true"]:focus {{
        border-color: {chrome.text}; }}
    QPushButton[narrow="true"] {{ padding: 4px 0; min-width: 22px; }}
    QPushButton[tile="true"] {{ background: #101114; padding: 0; }}
    QPushButton[tile="true"]:hover, QPushButton[tile="true"]:checked {{ border: 2px solid {chrome.accent}; }}
    QPushButton[cell="true"] {{ background: transparent; padding: 2px 7px; font-weight: 600; }}
    QPushButton[cell="true"]:hover {{ background: {chrome.hover}; }}
    QPushButton[chip="true"]:checked {{ background: {chrome.raised}; color: {chrome.text}; }}
    QPushButton[chip="true"], QPushButton[absent="true"] {{ color: {chrome.quiet}; }}
    QPushButton[there="true"] {{ font-weight: bold; }}
    QPushButton[absent="true"]:checked {{ color: {chrome.on_accent}; }}
    QPushButton:disabled, QToolButton:disabled, QComboBox:disabled {{ color: {chrome.quiet}; }}
    QPushButton[primary="true"]:disabled, QToolButton[primary="true"]:disabled {{ background: {chrome.raised}; }}
    QCheckBox::indicator:unchecked {{
        background: {chrome.raised}; border: 1px solid {chrome.quiet}; border-radius: 3px; width: 12px;
        height: 12px; }}
    QFileDialog QToolButton {{ padding: 3px; }}
    QToolButton::menu-indicator, QPushButton::menu-indicator {{ image: none; width: 0; }}
    QComboBox {{ padding-right: 2px; }}
    QComboBox::drop-down {{ border: none; width: 20px; }}
    QComboBox::down-arrow {{ image: none; }}
    QComboBox QAbstractItemView {{
        background: {chrome.panel}; border: 1px solid {chrome.line}; selection-background-color: {chrome.accent};
        selection-color: {chrome.on_accent}; }}
    QMenu {{ background: {chrome.panel}; border: 1px solid {chrome.line}; padding: 4px; }}
    QMenu::item {{ padding: 5px 22px 5px 22px; border-radius: 4px; }}
    QMenu::item:selected {{ background: {chrome.accent}; color: {chrome.on_accent}; }}
    QMenu::item:disabled {{ color: {chrome.quiet}; }}
    QMenu::separator {{ height: 1px; background: {chrome.line}; margin: 4px 8px; }}
    QHeaderView {{ background: {chrome.panel}; }}
    QHeaderView::section {{
        background: {chrome.panel}; color: {chrome.quiet}; border: none; border-bottom: 1px solid {chrome.line};
        padding: 4px; }}
    QTreeView::item {{ padding: 2px 3px; }}
    QTreeView::item:selected {{ background: {chrome.accent}; color: {chrome.on_accent}; }}
    QScrollArea, QScrollArea > QWidget > QWidget {{ background: transparent; border: none; }}
    QScrollBar:vertical {{ background: transparent; width: 6px; }}
    QScrollBar:horizontal {{ background: transparent; height: 6px; }}
    QScrollBar::handle:vertical {{ background: {chrome.hover}; border-radius: 3px; min-height: 24px; }}
    QScrollBar::handle:horizontal {{ background: {chrome.hover}; border-radius: 3px; min-width: 24px; }}
    QAbstractScrollArea::corner {{ background: transparent; border: none; }}
    QScrollBar {{ border: none; margin: 0; }}
    QScrollBar::add-line, QScrollBar::sub-line, QScrollBar::add-page, QScrollBar::sub-page {{
        background: transparent; height: 0; width: 0; }}
    QSplitter::handle {{ background: {chrome.line}; }}
    QLabel[quiet="true"] {{ color: {chrome.quiet}; }}
    QLabel[heading="true"] {{ color: {chrome.quiet}; font-weight: 600; font-size: {text_pixels(SMALL)}px; }}
    QLabel[reading="true"] {{ font-size: {text_pixels(TITLE)}px; }}
    QLabel[title="true"] {{ font-weight: 600; font-size: {text_pixels(TITLE)}px; }}
    *[surface="panel"] {{ background: {chrome.panel}; }}
    *[surface="walk"] {{ background: {chrome.panel}; border-top: 1px solid {chrome.line};
        border-bottom: 1px solid {chrome.line}; }}
    *[surface="warning"] {{ background: {chrome.warning}; }}
    *[surface="raised"] {{ background: {chrome.raised}; border-radius: 8px; }}
    """
