"""Settings that persist between starts, by QSettings; everything else is in files."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path
from typing import TypeVar

from PySide6.QtCore import QByteArray, QSettings

from pan_explorer import NAME
from pan_explorer.theme import COLOUR_MAPS, MODES, Mode
from pan_explorer.values.display import CURVES, QUANTITIES, SCALES, SHOWS, Display
from pan_explorer.values.figure_order import LAYOUTS, FigureOrder

MOST_RECENT = 8
MOST_KNOWN_SETS = 200
Kept = TypeVar("Kept")


def _settings() -> QSettings:
    return QSettings(NAME, NAME)


def geometry() -> QByteArray:
    """Geometry of the window, empty at the first start."""
    value = _settings().value("geometry", QByteArray())
    return value if isinstance(value, QByteArray) else QByteArray()


def keep_geometry(value: QByteArray) -> None:
    """Save the geometry of the window."""
    _settings().setValue("geometry", value)


def theme() -> Mode:
    """The colour scheme: system, light or dark."""
    value = _settings().value("theme", "system")
    return value if value in MODES else "system"


def keep_theme(mode: Mode) -> None:
    """Save the colour scheme."""
    _settings().setValue("theme", mode)


def kind(known: tuple[str, ...]) -> str:
    """The task used last; the first known one at the first start."""
    value = str(_settings().value("kind", known[0]))
    return value if value in known else known[0]


def keep_kind(value: str) -> None:
    """Save the task."""
    _settings().setValue("kind", value)


def display() -> Display:
    """The display settings used last; a value that no longer exists becomes the default."""
    settings, default = _settings(), Display()

    def kept(name: str, among: tuple[Kept, ...], otherwise: Kept) -> Kept:
        value = settings.value(f"display/{name}")
        return next((each for each in among if each == value), otherwise)

    def share(name: str, otherwise: float) -> float:
        value = settings.value(f"display/{name}", otherwise, float)
        return value if isinstance(value, float) and 0 <= value <= 1 else otherwise

    return Display(
        kept("quantity", QUANTITIES, default.quantity),
        kept("show", SHOWS, default.show),
        settings.value("display/accumulated", default.accumulated, bool) is True,
        kept("colour_map", COLOUR_MAPS, default.colour_map),
        kept("scale", SCALES, default.scale),
        kept("curve", CURVES, default.curve),
        share("faded_opacity", default.faded_opacity),
        share("heat_opacity", default.heat_opacity),
        settings.value("display/field", default.field, bool) is True,
        settings.value("display/outline", default.outline, bool) is True,
    )


def keep_display(value: Display) -> None:
    """Save the display settings."""
    settings = _settings()
    for name, each in asdict(value).items():
        settings.setValue(f"display/{name}", each)


def is_taught() -> bool:
    """Whether the hints of the first start were dismissed."""
    return _settings().value("taught", False, bool) is True


def keep_taught() -> None:
    """Save that the hints were dismissed."""
    _settings().setValue("taught", True)


def recent_files() -> tuple[Path, ...]:
    """The recently opened files and folders, the latest first.

    Whether they still exist is not checked: an unplugged drive may come back, and a network drive may take a minute
    to answer.
    """
    return tuple(map(Path, _names("recent")))


def keep_recent_file(path: Path) -> None:
    """Put a file first among the recent ones."""
    others = [str(each) for each in recent_files() if each != path]
    _settings().setValue("recent", [str(path), *others][:MOST_RECENT])


def is_known_set(folder: Path) -> bool:
    """Whether the user's set was checked before."""
    return str(folder.absolute()) in _names("known_sets")


def keep_known_set(folder: Path) -> None:
    """Save that the set was checked."""
    others = [each for each in _names("known_sets") if each != str(folder.absolute())]
    _settings().setValue("known_sets", [str(folder.absolute()), *others][:MOST_KNOWN_SETS])


def _names(key: str) -> list[str]:
    """A list of names; QSettings returns a list of one as a string."""
    value = _settings().value(key, [])
    names = [value] if isinstance(value, str) else value if isinstance(value, list) else []
    return [name for name in names if isinstance(name, str)]


def notifies() -> bool:
    """Whether a desktop notification is sent when training ends."""
    return _settings().value("notify", True, bool) is True


def keep_notifies(on: bool) -> None:
    """Save whether a desktop notification is sent."""
    _settings().setValue("notify", on)


def figure_order() -> FigureOrder:
    """The figure settings used last; a value that no longer exists becomes the default."""
    settings, default = _settings(), FigureOrder()
    layout, dpi = settings.value("figure/layout", default.layout), settings.value("figure/dpi", default.dpi, int)
    width = settings.value("figure/width", 0.0, float)
    return FigureOrder(
        next((each for each in LAYOUTS if each == layout), default.layout),
        dpi if isinstance(dpi, int) and 20 <= dpi <= 1200 else default.dpi,
        width if isinstance(width, float) and width > 0 else None,
    )


def keep_figure_order(order: FigureOrder) -> None:
    """Save the figure settings."""
    settings = _settings()
    settings.setValue("figure/layout", order.layout)
    settings.setValue("figure/dpi", order.dpi)
    settings.setValue("figure/width", order.width or 0.0)
