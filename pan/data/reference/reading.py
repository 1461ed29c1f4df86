"""Reference sets on disk: a folder with `index.csv` and the images and masks it names, anybody's."""

from __future__ import annotations

from collections.abc import Generator, Sequence
from pathlib import Path

import numpy as np
from jaxtyping import Bool

from pan.data.decoding import Bytes, Files, decode
from pan.data.image_files import ImageFiles
from pan.data.mask_files import MaskFile, MaskFiles
from pan.data.masks import fit_mask, load_mask
from pan.data.parts import INDEX, folders_of
from pan.data.questions import QuestionSet
from pan.data.reference.index import Row, read_index
from pan.data.word_forms import ONLY, look_alike
from pan.recipes.task import MNIST_REFERENCE, Task, suggestion
from pan.system.errors import InputError
from pan.system.steps import map_steps, run_to_end


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
    return run_to_end(read_with_progress(folder, task, part), lambda _: None)


def read_with_progress(
    folder: Path, task: Task, part: str | None = None, workers: int = 0
) -> Generator[tuple[int, int], None, QuestionSet]:
    """The same, yielding now and then how many images and masks are read and how many there are.

    Args:
        folder: The set.
        task: The words it may use, and the size of its images.
        part: By `split.csv`; None for all of it.
        workers: Processes that decode.

    Raises:
        InputError: If the set is wrong, with the line number where a row is, or uses words the task has not.
    """
    rows = read_index(folder, part)
    numbers: dict[Path, int] = {}
    for row in rows:
        _check_words(folder / INDEX, row, task)
        numbers.setdefault(row.image, len(numbers))
    files = ImageFiles(tuple(numbers), task.image_size)
    masks = MaskFiles(tuple(map(_mask_file, rows)), task.image_size)
    total = len(files) + len(masks)
    images = yield from _decoded(files, workers, 0, total)
    packed = yield from _decoded(masks, workers, len(files), total)
    return QuestionSet(
        images,
        image=np.array([numbers[row.image] for row in rows]),
        query=np.array([task.queries.index(row.query) for row in rows]),
        answer=np.array([task.answers.index(row.answer) for row in rows]),
        scale=np.array([row.scale for row in rows]),
        packed_masks=packed,
        masked=np.array([bool(row.mask_name) for row in rows]),
    )


def _mask_file(row: Row) -> MaskFile:
    return MaskFile(str(row.mask or ""), str(row.image), f"{row.folder / INDEX}, line {row.line}")


def _decoded(files: Files, workers: int, before: int, total: int) -> Generator[tuple[int, int], None, Bytes]:
    return map_steps(decode(files, workers), lambda done: (before + done, total))


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
