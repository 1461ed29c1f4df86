"""Reference sets on disk: a folder with `index.csv` and the images and masks it names, anybody's."""

from __future__ import annotations

import csv
import os
from collections.abc import Generator, Iterable, Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

import numpy as np
from jaxtyping import Bool
from PIL import Image

from pan.data.images import fit_image, fit_mask, load_image, open_image
from pan.data.questions import QuestionSet
from pan.data.scenes import Scene, digit_masks
from pan.errors import InputError
from pan.files import cannot_write, write_whole
from pan.tasks import MNIST_REFERENCE, Task

INDEX = "index.csv"
HEADER = ["image", "query", "answer", "scale", "mask"]
REPORT_EVERY = 20


class Row(NamedTuple):
    """One question of an index.

    Attributes:
        line: Its line in the file.
        name: The image as the index names it.
        image: The image's file.
        query: The query's word.
        answer: The answer's word.
        scale: The queried object's scale, NaN if not given.
        mask_name: The mask's file as the index names it, empty if not given.
        folder: The set's.
    """

    line: int
    name: str
    image: Path
    query: str
    answer: str
    scale: float
    mask_name: str
    folder: Path

    @property
    def mask(self) -> Path | None:
        """The mask's file, None if not given."""
        return self.folder / self.mask_name if self.mask_name else None


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
            files = _Files(folder)
            rows = [_row(files, index, lines.line_num, cells) for cells in lines if cells]
    except OSError as error:
        raise InputError(f"{folder} is no reference set: it has no readable {INDEX}.") from error
    except (csv.Error, UnicodeDecodeError) as error:
        raise InputError(f"{index} is not a CSV file in UTF-8: {error}.") from error
    if not rows:
        raise InputError(f"{index} has no rows; add a question or build a set with pan data build.")
    first: dict[Path, int] = {}
    for row in rows:
        first.setdefault(row.image, row.line)
    return sorted(rows, key=lambda row: first[row.image])


class _Files:
    """The files of a set, each of its folders listed once: a large set names a hundred thousand of them."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._root = str(folder)
        self._listed: dict[str, frozenset[str]] = {}
        self._paths: dict[str, Path] = {}

    def has(self, name: str) -> bool:
        """Whether there is a file of that name; a listing tells it, save where case or form of letters differ."""
        head, tail = os.path.split(name)
        if head not in self._listed:
            self._listed[head] = _files_in(os.path.join(self._root, head))  # noqa: PTH118 - a Path takes ten times as long
        return tail in self._listed[head] or (self.folder / name).is_file()

    def path(self, name: str) -> Path:
        """The file of that name, the same object each time."""
        if name not in self._paths:
            self._paths[name] = self.folder / name
        return self._paths[name]


def _files_in(folder: str) -> frozenset[str]:
    try:
        with os.scandir(folder) as entries:
            return frozenset(entry.name for entry in entries if entry.is_file())
    except OSError:
        return frozenset()


def _row(files: _Files, index: Path, line: int, cells: list[str]) -> Row:
    where = f"{index}, line {line}"
    if len(cells) != len(HEADER):
        raise InputError(f"{where}: {len(cells)} cells where {len(HEADER)} are expected ({','.join(HEADER)}).")
    image, query, answer, scale, mask = (cell.strip() for cell in cells)
    for name, cell in (("image", image), ("query", query), ("answer", answer)):
        if not cell:
            raise InputError(f"{where}: the {name} is missing.")
    for name in (image, mask) if mask else (image,):
        if not files.has(name):
            raise InputError(f"{where}: there is no file {files.folder / name}.")
    try:
        size = float(scale) if scale else np.nan
    except ValueError as error:
        raise InputError(f"{where}: the scale “{scale}” is not a number.") from error
    return Row(line, image, files.path(image), query, answer, size, mask, files.folder)


def words_of(folder: Path) -> Task:
    """The words a set asks and answers with: MNIST Reference's if they suffice, else the set's own, sorted.

    Raises:
        InputError: If the set cannot be read.
    """
    return words_in(read_index(folder))


def words_in(rows: Sequence[Row]) -> Task:
    """The same of rows that are read already."""
    queries, answers = {row.query for row in rows}, {row.answer for row in rows}
    if queries <= set(MNIST_REFERENCE.queries) and answers <= set(MNIST_REFERENCE.answers):
        return MNIST_REFERENCE
    return Task(MNIST_REFERENCE.image_size, tuple(sorted(queries)), tuple(sorted(answers)))


def read_reference_set(folder: Path, task: Task) -> QuestionSet:
    """A set with its images and masks fitted to the network's size.

    Raises:
        InputError: If the set is wrong, with the line number where a row is, or uses words the task has not.
    """
    reading = read_with_progress(folder, task)
    while True:
        try:
            next(reading)
        except StopIteration as done:
            questions: QuestionSet = done.value
            return questions


def read_with_progress(folder: Path, task: Task) -> Generator[tuple[int, int], None, QuestionSet]:
    """The same, yielding now and then how many images are read and how many there are.

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
    masks = np.zeros((len(rows), -(-size * size // 8)), np.uint8)
    place = 0
    for number, path in enumerate(numbers):
        image = load_image(path)
        images[number] = fit_image(image, size).pixels
        while place < len(rows) and rows[place].image == path:
            mask = read_mask(rows[place], image.size, size)
            if mask is not None:
                masks[place] = np.packbits(mask)
            place += 1
        if number % REPORT_EVERY == 0:
            yield number, len(numbers)
    return QuestionSet(
        images,
        image=np.array([numbers[row.image] for row in rows]),
        query=np.array([task.queries.index(row.query) for row in rows]),
        answer=np.array([task.answers.index(row.answer) for row in rows]),
        scale=np.array([row.scale for row in rows]),
        packed_masks=masks,
        masked=np.array([bool(row.mask_name) for row in rows]),
    )


def _check_words(index: Path, row: Row, task: Task) -> None:
    for kind, word, words in (("query", row.query, task.queries), ("answer", row.answer, task.answers)):
        if word not in words:
            raise InputError(f"{index}, line {row.line}: the {kind} “{word}” is not one of {', '.join(words)}.")


def read_mask(row: Row, image_size: tuple[int, int], size: int) -> Bool[np.ndarray, "size size"] | None:
    """A row's mask at the networks' size, None if it has none.

    Args:
        row: A row of the index.
        image_size: Width and height of the image's file.
        size: Of the networks' images.

    Raises:
        InputError: If the file cannot be read, or is not as large as the image.
    """
    if row.mask is None:
        return None
    return fit_mask(_open_mask(f"{row.folder / INDEX}, line {row.line}", row.mask, image_size), size)


def _open_mask(where: str, path: Path, image_size: tuple[int, int]) -> Image.Image:
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
