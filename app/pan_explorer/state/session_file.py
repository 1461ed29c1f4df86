"""Session files: what the window showed, as JSON that another day or machine can bring back."""

from __future__ import annotations

import base64
import json
import os
from dataclasses import asdict, dataclass, field, fields, replace
from io import BytesIO
from pathlib import Path
from typing import Any

from PIL import Image

from pan.attention.surgery import Surgery
from pan.data.composer.composition import Composition
from pan.data.composer.composition_json import from_json, to_json
from pan.data.opening import decode_image, to_rgb
from pan.system.errors import InputError
from pan.system.files import write_whole
from pan.system.json_file import as_kind, read_json
from pan.system.names import exists
from pan_explorer.pictures.picture import Picture
from pan_explorer.state import browser_json
from pan_explorer.state.browser import BrowserState
from pan_explorer.state.browser_json import Browsed, Browser
from pan_explorer.state.window import State
from pan_explorer.theme import COLOUR_MAPS
from pan_explorer.values.display import CURVES, QUANTITIES, SCALES, SHOWS, Display
from pan_explorer.values.view import PAGES, VIEWS, WHOLE, Page, View, Viewport

SUFFIX = ".panx"
FORMAT = "pan-session-1"
CHOICES: dict[str, tuple[object, ...]] = {
    "quantity": QUANTITIES, "show": SHOWS, "scale": SCALES, "curve": CURVES, "colour_map": COLOUR_MAPS,
}  # fmt: skip


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


def save_session(
    path: Path, state: State, own_folder: Path | None, surgery: dict[str, Any], scene: Composition | None,
    browser: BrowserState,
) -> None:
    """Write a session file whole.

    Args:
        path: The file.
        state: What the window shows.
        own_folder: The set in the strip, None if it comes with the program.
        surgery: What is changed in attention.
        scene: What is composed, None for nothing.
        browser: What is picked out of the set.

    Raises:
        InputError: If the file cannot be written.
    """
    values = {
        "format": FORMAT,
        "kind": state.kind,
        "folder": None if own_folder is None else _place(own_folder, path),
        "image": _image(state.picture, path),
        "query": state.query,
        "models": [{**_network(model.name, path), "shown": model.shown} for model in state.models],
        "layers": state.layers,
        "layer": state.layer,
        "display": asdict(state.display),
        "viewport": state.viewport,
        "page": state.page,
        "view": state.view,
        "surgery": surgery,
        "scene": None if scene is None else to_json(scene),
        "browser": browser_json.to_json(browser),
    }
    text = json.dumps(values, indent=1)
    write_whole(path, lambda beside: beside.write_text(text, encoding="utf-8"))


def read_session(path: Path) -> SavedSession:
    """What a session file says; whether what it names is still there is not looked at.

    Raises:
        InputError: If it cannot be read or is no session.
    """
    try:
        values = read_json(path, dict)
    except OSError as error:
        raise InputError(f"{path} cannot be opened: {error.strerror}.") from error
    except ValueError as error:
        raise InputError(f"{path} is no session file ({error}); it is cut short or of another kind.") from error
    if values.get("format") != FORMAT:
        raise InputError(f"{path} is no session of PAN Explorer.")
    try:
        return _session(as_kind(values, Written), path.parent)
    except ValueError as error:
        raise InputError(f"{path} is damaged ({error}); save the session again.") from error


@dataclass(frozen=True)
class Place:
    """A file or folder, and where it is seen from the session file; of an image without a file its PNG in Base64."""

    path: str = ""
    beside: str = ""
    name: str = ""
    png: str | None = None


@dataclass(frozen=True)
class WrittenNetwork:
    """A network by its name or its path, whether it is shown, and where its file is seen from the session file."""

    name: str
    shown: bool
    beside: str = ""


@dataclass(frozen=True)
class Written:
    """The JSON of a session file, with the fields of `SavedSession`; what may be chosen otherwise today is free."""

    kind: str
    folder: Place | None
    image: Place | None
    query: str
    models: tuple[WrittenNetwork, ...]
    layers: tuple[str, ...]
    layer: str
    display: dict[str, Any]
    viewport: tuple[float, float, float]
    page: str
    view: str
    surgery: dict[str, dict[str, Any]]
    scene: dict[str, Any] | None = None  # before 0.4 there was none
    browser: Browser | None = None  # before 0.5 there was none

    def __post_init__(self) -> None:
        if not self.layers:
            raise ValueError("it has no layers")


def _session(written: Written, beside: Path) -> SavedSession:
    image = written.image or Place()
    moved = {each.name: str(_found(Place(each.name, each.beside), beside)) if each.beside else each.name
             for each in written.models}  # fmt: skip
    return SavedSession(
        kind=written.kind,
        folder=None if written.folder is None else _found(written.folder, beside),
        image=_found(image, beside) if image.path else None,
        embedded=None if image.png is None else _decoded(image.png),
        image_name=image.name,
        query=written.query,
        models=tuple(SavedModel(moved[each.name], each.shown) for each in written.models),
        layers=written.layers,
        layer=written.layer if written.layer in written.layers else written.layers[-1],
        display=_display(written.display),
        viewport=_viewport(written.viewport),
        page=next((page for page in PAGES if page == written.page), PAGES[0]),
        view=next((view for view in VIEWS if view == written.view), VIEWS[0]),
        surgery={moved.get(model, model): Surgery.from_json(each).to_json()
                 for model, each in written.surgery.items()},
        scene=from_json(written.scene) if written.scene else None,
        browsed=browser_json.from_json(written.browser, moved) if written.browser else Browsed(),
    )


def _decoded(png: str) -> Image.Image | None:
    """An image in Base64; None if it is damaged, for the rest of the session is worth more than it."""
    try:
        return to_rgb(decode_image(base64.b64decode(png), "the image in it"))
    except (InputError, ValueError):  # letters that are no Base64, too
        return None


def _place(path: Path, session: Path) -> dict[str, str]:
    """Where a file is, and where it is seen from the session file: both may be moved together."""
    absolute = path.absolute()
    try:
        relative = os.path.relpath(absolute, session.absolute().parent)
    except ValueError:  # on another drive
        return {"path": str(absolute)}
    return {"path": str(absolute), "beside": relative}


def _found(place: Place, beside: Path) -> Path:
    path, other = Path(place.path), beside / place.beside
    return other if place.beside and not exists(path) and exists(other) else path


def _image(picture: Picture | None, session: Path) -> dict[str, str] | None:
    if picture is None:
        return None
    if picture.path is not None:
        return {"name": picture.name, **_place(picture.path, session)}
    drawn = BytesIO()
    (picture.source or Image.fromarray(picture.fitted.pixels)).save(drawn, "PNG")
    return {"name": picture.name, "png": base64.b64encode(drawn.getvalue()).decode("ascii")}


def _network(name: str, session: Path) -> dict[str, str]:
    """A shipped network by its name; a file or a run by where it is, and where it is seen from the session file."""
    if not Path(name).exists():
        return {"name": name}
    place = _place(Path(name), session)
    return {"name": place.pop("path"), **place}


def _display(values: dict[str, Any]) -> Display:
    """What can still be chosen of it; the rest is as at the first start."""
    default = Display()
    kept: dict[str, Any] = {}
    for each in fields(Display):
        value, usual = values.get(each.name), getattr(default, each.name)
        if each.name in CHOICES:
            usable = value in CHOICES[each.name]
        elif isinstance(usual, bool):
            usable = isinstance(value, bool)
        else:
            usable = isinstance(value, int | float) and 0 <= value <= 1
        kept[each.name] = value if usable else usual
    return replace(default, **kept)


def _viewport(values: tuple[float, float, float]) -> Viewport:
    x, y, side = values
    half = side / 2
    inside = 0 < side <= 1 and half <= x <= 1 - half and half <= y <= 1 - half
    return Viewport(x, y, side) if inside else WHOLE
