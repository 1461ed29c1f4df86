"""A session as its file tells it, as frozen values."""

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
    """What of the window is saved.

    Attributes:
        state: What the window shows.
        own_folder: The set in the strip, None if it comes with the program.
        surgery: What is changed in attention, as `SurgerySession.to_json` tells it.
        scene: What is composed, None for nothing.
        browser: What is picked out of the set.
    """

    state: State
    own_folder: Path | None
    surgery: dict[str, Any]
    scene: Composition | None
    browser: BrowserState


@dataclass(frozen=True)
class SavedModel:
    """A network of a session: its checkpoint as it was given, and whether it had a pane."""

    name: str
    shown: bool


@dataclass(frozen=True, eq=False)
class SavedSession:
    """What a session file says.

    Attributes:
        kind: The task.
        folder: The reference set in the strip, None for the task's samples.
        image: The image's file, None if it had none.
        embedded: The image itself if it had no file and can still be read.
        image_name: What it was called.
        query: What was asked.
        models: The networks in their order.
        layers: The layers that could be shown.
        layer: The one that was.
        display: How attention was shown.
        viewport: The part of the image that was seen.
        page: What the centre of the window was for.
        view: How networks were compared.
        surgery: What was changed in attention, as `SurgerySession.to_json` tells it.
        scene: What was composed, None if nothing was.
        browsed: What was picked out of the set.
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
