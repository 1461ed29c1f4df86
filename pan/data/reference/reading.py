"""Reference sets on disk: a folder with `index.csv` and the images and masks it names, anybody's."""

from __future__ import annotations

from collections.abc import Generator, Sequence
from pathlib import Path

import numpy as np
from jaxtyping import Bool

from pan.data.images import fit_image
from pan.data.masks import fit_mask, load_mask
from pan.data.opening import load_image
from pan.data.parts import INDEX, folders_of
from pan.data.questions import QuestionSet
from pan.data.reference.index import Row, read_index
from pan.data.word_forms import ONLY, look_alike
from pan.recipes.task import MNIST_REFERENCE, Task, suggestion
from pan.system.errors import InputError

REPORT_EVERY = 20


def words_of(folder: Path) -> Task:
    """The words a set asks and answers with, in all its parts: MNIST Reference's if they suffice, else its own, sorted.

    Raises:
        InputError: If the set cannot be read.
    """
    return words_in([row for each in folders_of(folder) for row in read_index(each)])


def words_in(rows: Sequence[Row]) -> Task:
    """The same of rows that are read already."""
    queries, answers = {row.query for row in rows}, {row.answer for row in rows}
    if queries <= set(MNIST_REFERENCE.queries) and answers <= set(MNIST_REFERENCE.answers):
        return MNIST_REFERENCE
    return Task(MNIST_REFERENCE.image_size, tuple(sorted(queries)), tuple(sorted(answers)))


def read_reference_set(folder: Path, task: Task, part: str | None = None) -> QuestionSet:
    """A set, or one part of it by `split.csv`, with its images and masks fitted to the network's size.

    Raises:
        InputError: If the set is wrong, with the line number where a row is, or uses words the task has not.
    """
    reading = read_with_progress(folder, task, part)
    while True:
        try:
            next(reading)
        except StopIteration as done:
            questions: QuestionSet = done.value
            return questions


def read_with_progress(
    folder: Path, task: Task, part: str | None = None
) -> Generator[tuple[int, int], None, QuestionSet]:
    """The same, yielding now and then how many images are read and how many there are.

    Raises:
        InputError: If the set is wrong, with the line number where a row is, or uses words the task has not.
    """
    rows = read_index(folder, part)
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
            like = look_alike(word, words)
            said = f"it differs from “{like}” in nothing but {ONLY}" if like else suggestion(word, words)
            raise InputError(f"{index}, line {row.line}: the {kind} “{word}” is none that the network knows; {said}.")


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
    mask = load_mask(row.mask)
    if mask.shape != image_size[::-1]:
        raise InputError(f"{row.folder / INDEX}, line {row.line}: the mask {row.mask} has {mask.shape[1]} × "
                         f"{mask.shape[0]} pixels, its image {image_size[0]} × {image_size[1]}.")
    return fit_mask(mask, size)
