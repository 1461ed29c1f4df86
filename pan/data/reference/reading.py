"""Reads reference sets: a folder with `index.csv`, and the images and masks that it names."""

from __future__ import annotations

from collections.abc import Generator, Sequence
from pathlib import Path

import numpy as np
from jaxtyping import Bool

from pan.data.decoding import Bytes, Files, decode
from pan.data.image_files import ImageFiles
from pan.data.mask_files import MaskFile, MaskFiles
from pan.data.masks import check_mask_size, fit_mask, load_mask
from pan.data.parts import INDEX, folders_of
from pan.data.questions import QuestionSet
from pan.data.reference.index import Row, read_index
from pan.data.word_forms import ONLY, look_alike
from pan.recipes.task import MNIST_REFERENCE, Task, suggestion
from pan.system.errors import InputError
from pan.system.steps import map_steps, run_to_end


def words_of(folder: Path) -> Task:
    """The task of a set with all its parts: MNIST Reference if it has all words, otherwise the set's words, sorted.

    Raises:
        InputError: If the set cannot be read.
    """
    return words_in([row for each in folders_of(folder) for row in read_index(each)])


def words_in(rows: Sequence[Row]) -> Task:
    """The task of rows that are already read."""
    queries, answers = {row.query for row in rows}, {row.answer for row in rows}
    if queries <= set(MNIST_REFERENCE.queries) and answers <= set(MNIST_REFERENCE.answers):
        return MNIST_REFERENCE
    return Task(MNIST_REFERENCE.image_size, tuple(sorted(queries)), tuple(sorted(answers)))


def read_reference_set(folder: Path, task: Task, part: str | None = None) -> QuestionSet:
    """Read a set, or one part in `split.csv`, with images and masks at the network's input size.

    Raises:
        InputError: If a file of the set is wrong (with the line number), or a word is not in the task.
    """
    return run_to_end(read_with_progress(folder, task, part), lambda _: None)


def read_with_progress(
    folder: Path, task: Task, part: str | None = None, workers: int = 0
) -> Generator[tuple[int, int], None, QuestionSet]:
    """The same as `read_reference_set`, yielding the number of images and masks read, and the total.

    Args:
        folder: The set's folder.
        task: The words that the set may use, and the size of the images.
        part: A part in `split.csv`; None for the whole set.
        workers: Processes that decode.

    Raises:
        InputError: As `read_reference_set`.
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
            hint = f"it differs from “{like}” only in {ONLY}" if like else suggestion(word, words)
            raise InputError(f"{index}, line {row.line}: the {kind} “{word}” is not among the network's words; {hint}.")


def read_mask(row: Row, image_size: tuple[int, int], size: int) -> Bool[np.ndarray, "size size"] | None:
    """A row's mask at the network's input size, None if it has none.

    Args:
        row: A row of the index.
        image_size: Width and height of the image's file.
        size: Height and width of the network's input.

    Raises:
        InputError: If the file cannot be read, or has another size than the image.
    """
    if row.mask is None:
        return None
    mask = load_mask(row.mask)
    check_mask_size(mask, image_size, f"{row.folder / INDEX}, line {row.line}: the mask {row.mask}")
    return fit_mask(mask, size)
