"""Composed scenes as a reference set on disk: images, masks, rows of the index, and the compositions."""

from __future__ import annotations

import csv
import io
import json
import os
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from PIL import Image

from pan.data.composer.composition import Composition
from pan.data.composer.composition_json import from_json, to_json
from pan.data.composer.drawing import Known, draw, known
from pan.data.composer.forms import ONE_ANSWER, Form, form_for, form_of
from pan.data.parts import INDEX
from pan.system.errors import InputError
from pan.system.files import cannot_write, write_whole
from pan.system.json_file import read_json
from pan.system.names import exists, is_folder

COMPOSITIONS = "compositions"
"""Folder of the compositions; scenes may be added to a set that has it."""


def add_compositions(folder: Path, compositions: Iterable[Composition], query: str | None = None) -> Iterator[int]:
    """Add scenes to a set, or begin one in a new or empty folder; yields the number of drawn scenes.

    A scene has a row for each known query, or for the given query alone. A new set has several answers to a question if
    the first scene's objects have. No file is overwritten, and the index is replaced last and atomically: if adding is
    interrupted, the set is unchanged.

    Raises:
        InputError: If the folder holds something else, cannot be written, nothing could be asked about a scene, or the
            set could not be read with the scenes.
    """
    first = _next_number(folder)
    form = form_of(folder) if exists(folder / INDEX) else None
    added: list[Sequence[str]] = []
    try:
        for part in ("images", "masks", COMPOSITIONS):
            (folder / part).mkdir(parents=True, exist_ok=True)
        for done, composition in enumerate(compositions, 1):
            form = form or form_for(composition.placed)
            form.check(folder, composition.placed)
            truths = _write_scene(folder, f"{first + done - 1:06d}", composition, query)
            if not truths:
                raise InputError("this scene has no query whose right answer is clear; place an object that no other "
                                 "hides.")
            added += [form.row(*each) for each in truths]
            yield done
        form = form or ONE_ANSWER
        before = (folder / INDEX).read_text("utf-8-sig") if exists(folder / INDEX) else _lines([form.header])
    except OSError as error:
        raise cannot_write(folder, error) from error
    text = before.rstrip("\r\n") + "\n" + _lines(added)
    write_whole(folder / INDEX, lambda beside: _write(folder, beside, text, form))


def read_composition(path: Path) -> Composition:
    """A composition from its file.

    Raises:
        InputError: If it cannot be read or is something else.
    """
    try:
        return from_json(read_json(path, dict))
    except OSError as error:
        raise InputError(f"{path} cannot be read: {error.strerror or error}.") from error
    except ValueError as error:
        raise InputError(f"{path} is not a composition ({error}); choose a file that the composer wrote.") from error


def _next_number(folder: Path) -> int:
    """The first number without a file of a scene, whether the index lists it or not."""
    try:
        entries = list(folder.iterdir()) if exists(folder) else []
    except OSError as error:
        raise InputError(f"{folder} is not a folder that can be read; choose another.") from error
    if not entries:
        return 0
    if not is_folder(folder / COMPOSITIONS):
        raise InputError(f"{folder} holds something that the composer did not make; "
                         "choose a new folder, nothing in it was changed.")
    if exists(folder / INDEX):
        form = form_of(folder)
        form.read(folder, folder / INDEX)  # check that the set is readable before adding rows
        if not (folder / INDEX).read_text("utf-8-sig").startswith(_lines([form.header])):
            raise InputError(f"{folder / INDEX} does not begin with {','.join(form.header)}, so that no rows can be "
                             "added; choose a new folder, nothing in it was changed.")
    taken = [path.stem[:6] for part in ("images", COMPOSITIONS) for path in (folder / part).glob("[0-9]*")]
    return 1 + max((int(name) for name in taken if name.isascii() and name.isdigit()), default=-1)


def _write_scene(
    folder: Path, name: str, composition: Composition, query: str | None
) -> list[tuple[str, Known, str]]:
    """Write the files of a scene; returns its image, known query and mask for each row."""
    scene = draw(composition)
    truths = [each for each in known(composition, scene) if query in (None, each.query)]
    if not truths:
        return []
    image = f"images/{name}.png"
    Image.fromarray(scene.image).save(folder / image)
    written = []
    for number, truth in enumerate(truths):
        mask = f"masks/{name}-{number}.png"
        Image.fromarray(truth.mask).save(folder / mask)
        written.append((image, truth, mask))
    (folder / COMPOSITIONS / f"{name}.json").write_text(json.dumps(to_json(composition)), "utf-8")
    return written


def _lines(rows: Sequence[Sequence[str]]) -> str:
    text = io.StringIO()
    csv.writer(text, lineterminator="\n").writerows(rows)
    return text.getvalue()


def _write(folder: Path, beside: Path, text: str, form: Form) -> None:
    """Write the index that will replace the set's, which must be one that can be read."""
    with beside.open("w", newline="", encoding="utf-8") as file:
        file.write(text)
        file.flush()
        os.fsync(file.fileno())
    try:
        form.read(folder, beside)
    except InputError as error:
        told = str(error).replace(str(beside), INDEX).rstrip(".")
        raise InputError(f"{folder} could not be read with these scenes ({told}); nothing was added.") from error
