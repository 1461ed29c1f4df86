"""Session files: what the window showed, as JSON that another day or machine can bring back."""

from __future__ import annotations

import base64
import binascii
import json
import os
from dataclasses import asdict, dataclass, fields, replace
from io import BytesIO
from pathlib import Path
from typing import Any

from PIL import Image

from pan.attention.surgery import Surgery
from pan.data.composer.composition import Composition
from pan.data.composer.composition_json import from_json, to_json
from pan.system.errors import InputError
from pan.system.files import write_whole
from pan_explorer.pictures.picture import Picture
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


def save_session(
    path: Path, state: State, own_folder: Path | None, surgery: dict[str, Any], scene: Composition | None
) -> None:
    """Write a session file whole.

    Args:
        path: The file.
        state: What the window shows.
        own_folder: The set in the strip, None if it comes with the program.
        surgery: What is changed in attention.
        scene: What is composed, None for nothing.

    Raises:
        InputError: If the file cannot be written.
    """
    values = {
        "format": FORMAT,
        "kind": state.kind,
        "folder": None if own_folder is None else _place(own_folder, path),
        "image": _image(state.picture, path),
        "query": state.query,
        "models": [{"name": _model(model.name), "shown": model.shown} for model in state.models],
        "layers": state.layers,
        "layer": state.layer,
        "display": asdict(state.display),
        "viewport": state.viewport,
        "page": state.page,
        "view": state.view,
        "surgery": surgery,
        "scene": None if scene is None else to_json(scene),
    }
    text = json.dumps(values, indent=1, ensure_ascii=False)
    write_whole(path, lambda beside: beside.write_text(text, encoding="utf-8"))


def read_session(path: Path) -> SavedSession:
    """What a session file says; whether what it names is still there is not looked at.

    Raises:
        InputError: If it cannot be read or is no session.
    """
    try:
        values = json.loads(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise InputError(f"{path} cannot be opened: {error.strerror}.") from error
    except ValueError as error:
        raise InputError(f"{path} is no session file; it is cut short or of another kind.") from error
    if not isinstance(values, dict) or values.get("format") != FORMAT:
        raise InputError(f"{path} is no session of PAN Explorer.")
    try:
        return _session(values, path.parent)
    except (LookupError, TypeError, ValueError, AttributeError, OSError, binascii.Error) as error:
        raise InputError(f"{path} is damaged ({type(error).__name__}: {error}); save the session again.") from error


def _session(values: dict[str, Any], beside: Path) -> SavedSession:
    image = values["image"] or {}
    embedded = image.get("png")
    layers = tuple(str(name) for name in values["layers"])
    layer = str(values["layer"])
    return SavedSession(
        kind=str(values["kind"]),
        folder=None if values["folder"] is None else _found(values["folder"], beside),
        image=_found(image, beside) if "path" in image else None,
        embedded=None if embedded is None else _decoded(embedded),
        image_name=str(image.get("name", "")),
        query=str(values["query"]),
        models=tuple(SavedModel(str(each["name"]), bool(each["shown"])) for each in values["models"]),
        layers=layers,
        layer=layer if layer in layers else layers[-1],
        display=_display(values["display"]),
        viewport=_viewport(values["viewport"]),
        page=next((page for page in PAGES if page == values["page"]), PAGES[0]),
        view=next((view for view in VIEWS if view == values["view"]), VIEWS[0]),
        surgery={str(model): Surgery.from_json(each).to_json() for model, each in values["surgery"].items()},
        scene=from_json(scene) if (scene := values.get("scene")) else None,  # before 0.4 there was none
    )


def _decoded(png: str) -> Image.Image | None:
    """An image in Base64; None if it is damaged, for the rest of the session is worth more than it."""
    try:
        return Image.open(BytesIO(base64.b64decode(png)), formats=["PNG"]).convert("RGB")
    except (OSError, ValueError, SyntaxError, Image.DecompressionBombError):
        return None


def _place(path: Path, session: Path) -> dict[str, str]:
    """Where a file is, and where it is seen from the session file: both may be moved together."""
    absolute = path.absolute()
    try:
        relative = os.path.relpath(absolute, session.absolute().parent)
    except ValueError:  # on another drive
        return {"path": str(absolute)}
    return {"path": str(absolute), "beside": relative}


def _found(place: dict[str, str], beside: Path) -> Path:
    path = Path(place["path"])
    return path if path.exists() or "beside" not in place or not (beside / place["beside"]).exists() else (
        beside / place["beside"])


def _image(picture: Picture | None, session: Path) -> dict[str, str] | None:
    if picture is None:
        return None
    if picture.path is not None:
        return {"name": picture.name, **_place(picture.path, session)}
    drawn = BytesIO()
    (picture.source or Image.fromarray(picture.fitted.pixels)).save(drawn, "PNG")
    return {"name": picture.name, "png": base64.b64encode(drawn.getvalue()).decode("ascii")}


def _model(name: str) -> str:
    """A shipped network by its name, a file or a run by where it is."""
    return str(Path(name).absolute()) if Path(name).exists() else name


def _display(values: dict[str, Any]) -> Display:
    """What can still be chosen of it; the rest is as at the first start."""
    default = Display()
    kept: dict[str, Any] = {}
    for field in fields(Display):
        value, usual = values.get(field.name), getattr(default, field.name)
        if field.name in CHOICES:
            usable = value in CHOICES[field.name]
        elif isinstance(usual, bool):
            usable = isinstance(value, bool)
        else:
            usable = isinstance(value, int | float) and 0 <= value <= 1
        kept[field.name] = value if usable else usual
    return replace(default, **kept)


def _viewport(values: Any) -> Viewport:  # noqa: ANN401 - whatever a file holds
    x, y, side = (float(value) for value in values)
    half = side / 2
    inside = 0 < side <= 1 and half <= x <= 1 - half and half <= y <= 1 - half
    return Viewport(x, y, side) if inside else WHOLE
