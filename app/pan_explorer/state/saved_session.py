"""The contents of a session file, as frozen values."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from PIL import Image

from pan.data.composer.composition import Composition
from pan_explorer.state.browser import BrowserState
from pan_explorer.state.browser_json import Browsed
from pan_explorer.state.window import State
from pan_explorer.values.display import Display
from pan_explorer.values.view import Page, View, Viewport


@dataclass(frozen=True, eq=False)
class Snapshot:
    """The part of the window's state that a session file keeps.

    Attributes:
        state: The state of the window.
        own_folder: The opened set; None if the strip shows bundled samples.
        surgery: The attention surgery, from `SurgerySession.to_json`.
        scene: The composed scene; None if there is none.
        browser: The filter and order of the set's questions.
    """

    state: State
    own_folder: Path | None
    surgery: dict[str, Any]
    scene: Composition | None
    browser: BrowserState


@dataclass(frozen=True)
class SavedModel:
    """A network of a session: its checkpoint's name or path, and whether it has a pane."""

    name: str
    shown: bool


@dataclass(frozen=True, eq=False)
class SavedSession:
    """The contents of a session file.

    Attributes:
        kind: The task.
        folder: The opened set; None for the task's bundled samples.
        image: The image's file; None if it has none.
        embedded: The image itself, if it has no file and could be decoded.
        image_name: The name of the image.
        query: The query.
        models: The networks in their order.
        layers: The layers that could be chosen.
        layer: The chosen layer.
        display: The display settings.
        viewport: The visible part of the image.
        page: The page of the window.
        view: The view that compares the networks.
        surgery: The attention surgery, from `SurgerySession.to_json`.
        scene: The composed scene; None if there is none.
        browsed: The filter and order of the set's questions.
    """

    kind: str
    folder: Path | None
    image: Path | None
    embedded: Image.Image | None
    image_name: str
    query: str
    models: tuple[SavedModel, ...]
    layers: tuple[str, ...]
    layer: str
    display: Display
    viewport: Viewport
    page: Page
    view: View
    surgery: dict[str, Any]
    scene: Composition | None
    browsed: Browsed = field(default_factory=Browsed)
