"""Conversion of sessions to and from JSON; a choice that no longer exists becomes the default."""

from __future__ import annotations

import base64
from collections.abc import Mapping
from dataclasses import asdict, dataclass, fields, replace
from io import BytesIO
from pathlib import Path
from typing import Any

from PIL import Image

from pan.attention.surgery import Surgery
from pan.data.composer.composition_json import from_json as composition_from
from pan.data.composer.composition_json import to_json as composition_json
from pan.data.opening import decode_image, to_rgb
from pan.system.errors import InputError
from pan_explorer.pictures.picture import Picture
from pan_explorer.state import browser_json
from pan_explorer.state.browser_json import Browsed, Browser
from pan_explorer.state.saved_session import SavedModel, SavedSession, Snapshot
from pan_explorer.state.session_places import Place, Places, WrittenNetwork, found
from pan_explorer.theme import COLOUR_MAPS
from pan_explorer.values.display import CURVES, QUANTITIES, SCALES, SHOWS, Display
from pan_explorer.values.view import PAGES, VIEWS, WHOLE, Viewport

CHOICES: dict[str, tuple[object, ...]] = {
    "quantity": QUANTITIES, "show": SHOWS, "scale": SCALES, "curve": CURVES, "colour_map": COLOUR_MAPS,
}  # fmt: skip


@dataclass(frozen=True)
class Written:
    """The JSON of a session file, with the fields of `SavedSession`."""

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


def to_json(snapshot: Snapshot, places: Places) -> dict[str, Any]:
    """Convert a snapshot to JSON values.

    Args:
        snapshot: The state to save.
        places: Gives the paths that are written for files.

    Raises:
        InputError: If a file that is to be saved is missing.
    """
    state, own = snapshot.state, snapshot.own_folder
    networks = {model.name: places.of_network(model.name) for model in state.models}
    called = {name: network["name"] for name, network in networks.items()}
    return {
        "kind": state.kind,
        "folder": None if own is None else places.of(own),
        "image": _image(state.picture, places),
        "query": state.query,
        "models": [{**networks[model.name], "shown": model.shown} for model in state.models],
        "layers": state.layers,
        "layer": state.layer,
        "display": asdict(state.display),
        "viewport": state.viewport,
        "page": state.page,
        "view": state.view,
        "surgery": {called.get(network, network): edits for network, edits in snapshot.surgery.items()},
        "scene": None if snapshot.scene is None else composition_json(snapshot.scene),
        "browser": browser_json.to_json(snapshot.browser, called),
    }


def from_json(written: Written, beside: Path) -> SavedSession:
    """The inverse of `to_json`.

    Args:
        written: The JSON values.
        beside: The session file's folder.

    Raises:
        InputError: If the surgery or the scene is invalid.
        ValueError: If the browser's order does not exist.
    """
    image = written.image or Place()
    moved = {each.name: str(found(Place(each.name, each.beside), beside)) if each.beside else each.name
             for each in written.models}  # fmt: skip
    return SavedSession(
        kind=written.kind,
        folder=None if written.folder is None else found(written.folder, beside),
        image=found(image, beside) if image.path else None,
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
        surgery=_surgery(written.surgery, moved),
        scene=composition_from(written.scene) if written.scene else None,
        browsed=browser_json.from_json(written.browser, moved) if written.browser else Browsed(),
    )


def _surgery(written: Mapping[str, dict[str, Any]], moved: Mapping[str, str]) -> dict[str, Any]:
    return {moved.get(model, model): Surgery.from_json(edits).to_json() for model, edits in written.items()}


def _image(picture: Picture | None, places: Places) -> dict[str, str] | None:
    if picture is None:
        return None
    if picture.path is not None:
        return {"name": picture.name, **places.of(picture.path)}
    drawn = BytesIO()
    (picture.source or Image.fromarray(picture.fitted.pixels)).save(drawn, "PNG")
    return {"name": picture.name, "png": base64.b64encode(drawn.getvalue()).decode("ascii")}


def _decoded(png: str) -> Image.Image | None:
    """Decode an image in Base64; None if it is damaged, so that the rest of the session can be opened."""
    try:
        return to_rgb(decode_image(base64.b64decode(png), "the image in it"))
    except (InputError, ValueError):  # ValueError: invalid Base64
        return None


def _display(values: dict[str, Any]) -> Display:
    """The display settings; invalid values become the defaults."""
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
