"""Reference sets on disk: a folder with `index.csv` and the images and masks it names, anybody's."""

from __future__ import annotations

import csv
import os
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import NamedTuple

import numpy as np
from PIL import Image

from pan.data.images import fit_image, fit_mask, load_image, open_image
from pan.data.questions import QuestionSet
from pan.data.scenes import Scene, digit_masks
from pan.errors import InputError
from pan.files import cannot_write, write_whole
from pan.tasks import MNIST_REFERENCE, Task

INDEX = "index.csv"
HEADER = ["image", "query", "answer", "scale", "mask"]


class Row(NamedTuple):
    """One question of an index.

    Attributes:
        line: Its line in the file.
        name: The image as the index names it.
        image: The image's file.
        query: The query's word.
        answer: The answer's word.
        scale: The queried object's scale, NaN if not given.
        mask: The mask's file, None if not given.
    """

    line: int
    name: str
    image: Path
    query: str
    answer: str
    scale: float
    mask: Path | None


def read_index(folder: Path) -> list[Row]:
    """The rows of a set's index, each checked, those about an image together.

    Raises:
        InputError: If there is no index, its header differs, or a row is wrong (with its line number).
    """
    index = folder / INDEX
    try:
        with index.open(newline="", encoding="utf-8-sig") as file:
            lines = csv.reader(file, strict=True)
            if next(lines, None) != HEADER:
                raise InputError(f"{index} must begin with the header {','.join(HEADER)}.")
            rows = [_row(folder, index, lines.line_num, cells) for cells in lines if cells]
    except OSError as error:
        raise InputError(f"{folder} is no reference set: it has no readable {INDEX}.") from error
    except (csv.Error, UnicodeDecodeError) as error:
        raise InputError(f"{index} is not a CSV file in UTF-8: {error}.") from error
    if not rows:
        raise InputError(f"{index} has no rows; add a question or build a set with pan data build.")
    first = {row.image: row.line for row in reversed(rows)}
    return sorted(rows, key=lambda row: first[row.image])


def _row(folder: Path, index: Path, line: int, cells: list[str]) -> Row:
    where = f"{index}, line {line}"
    if len(cells) != len(HEADER):
        raise InputError(f"{where}: {len(cells)} cells where {len(HEADER)} are expected ({','.join(HEADER)}).")
    image, query, answer, scale, mask = (cell.strip() for cell in cells)
    for name, cell in (("image", image), ("query", query), ("answer", answer)):
        if not cell:
            raise InputError(f"{where}: the {name} is missing.")
    for name in filter(None, (image, mask)):
        if not (folder / name).is_file():
            raise InputError(f"{where}: there is no file {folder / name}.")
    try:
        size = float(scale) if scale else np.nan
    except ValueError as error:
        raise InputError(f"{where}: the scale “{scale}” is not a number.") from error
    return Row(line, image, folder / image, query, answer, size, folder / mask if mask else None)


def words_of(folder: Path) -> Task:
    """The words a set asks and answers with: MNIST Reference's if they suffice, else the set's own, sorted.

    Raises:
        InputError: If the set cannot be read.
    """
    rows = read_index(folder)
    queries, answers = {row.query for row in rows}, {row.answer for row in rows}
    if queries <= set(MNIST_REFERENCE.queries) and answers <= set(MNIST_REFERENCE.answers):
        return MNIST_REFERENCE
    return Task(MNIST_REFERENCE.image_size, tuple(sorted(queries)), tuple(sorted(answers)))


def read_reference_set(folder: Path, task: Task) -> QuestionSet:
    """A set with its images and masks fitted to the network's size.

    Raises:
        InputError: If the set is wrong, with the line number where a row is, or uses words the task has not.
    """
    rows = read_index(folder)
    numbers: dict[Path, int] = {}
    for row in rows:
        _check_words(folder / INDEX, row, task)
        numbers.setdefault(row.image, len(numbers))
    size = task.image_size
    images = np.empty((len(numbers), size, size, 3), np.uint8)
    originals = []
    for path, number in numbers.items():
        image = load_image(path)
        originals.append(image.size)
        images[number] = fit_image(image, size).pixels
    masks = np.zeros((len(rows), -(-size * size // 8)), np.uint8)
    for place, row in enumerate(rows):
        if row.mask is not None:
            mask = _read_mask(f"{folder / INDEX}, line {row.line}", row.mask, originals[numbers[row.image]])
            masks[place] = np.packbits(fit_mask(mask, size))
    return QuestionSet(
        images,
        image=np.array([numbers[row.image] for row in rows]),
        query=np.array([task.queries.index(row.query) for row in rows]),
        answer=np.array([task.answers.index(row.answer) for row in rows]),
        scale=np.array([row.scale for row in rows]),
        packed_masks=masks,
        masked=np.array([row.mask is not None for row in rows]),
    )


def _check_words(index: Path, row: Row, task: Task) -> None:
    for kind, word, words in (("query", row.query, task.queries), ("answer", row.answer, task.answers)):
        if word not in words:
            raise InputError(f"{index}, line {row.line}: the {kind} “{word}” is not one of {', '.join(words)}.")


def _read_mask(where: str, path: Path, image_size: tuple[int, int]) -> Image.Image:
    mask = open_image(path)
    if mask.size != image_size:
        raise InputError(
            f"{where}: the mask {path} has {mask.size[0]} × {mask.size[1]} pixels, "
            f"its image {image_size[0]} × {image_size[1]}."
        )
    return mask


def write_reference_set(folder: Path, scenes: Iterable[Scene], *, every_digit: bool = True) -> Iterator[int]:
    """Write scenes as a set, a row for every digit or for the first of each; yields how many are written.

    The index comes last, so that a set that was not finished is not taken for one that was.

    Raises:
        InputError: If the folder is not empty or cannot be written.
    """
    try:
        folder.mkdir(parents=True, exist_ok=True)
        if any(folder.iterdir()):
            raise InputError(f"{folder} is not empty; give a new folder, nothing in it was changed.")
        (folder / "images").mkdir()
        (folder / "masks").mkdir()
        rows: list[list[str]] = []
        for number, scene in enumerate(scenes):
            image = f"images/{number:06d}.png"
            Image.fromarray(scene.image).save(folder / image)
            for place, mask in enumerate(digit_masks(scene)[: None if every_digit else 1]):
                digit = str(scene.digits[place])
                name = f"masks/{number:06d}-{digit}.png"
                Image.fromarray(mask).save(folder / name)
                answer = MNIST_REFERENCE.answers[scene.colours[place]]
                rows.append([image, digit, answer, f"{scene.scales[place]:.4f}", name])
            yield number + 1
    except OSError as error:
        raise cannot_write(folder, error) from error
    write_whole(folder / INDEX, lambda beside: _write_index(beside, rows))


def _write_index(path: Path, rows: list[list[str]]) -> None:
    with path.open("w", newline="", encoding="utf-8") as file:
        csv.writer(file, lineterminator="\n").writerows([HEADER, *rows])
        file.flush()
        os.fsync(file.fileno())
