"""Reads labelled sets: questions with several right answers, and boxes or masks.

`index.csv` has the columns `image,query,answers` and optionally `boxes`, `wrong` and `mask`. Beside it there may be
`words.json` (the queries and answers of the task), `split.csv` (`image,split`) and `images.csv` (`image,width,height`
of the annotated images).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from jaxtyping import Bool, Int, Shaped, UInt8

from pan.data.image_files import ImageFiles
from pan.data.images import fit_box
from pan.data.labelled.index import LabelledRow, image_sizes, read_labelled_index, read_words
from pan.data.mask_files import MaskFile, MaskFiles
from pan.data.parts import INDEX, folders_of
from pan.data.questions import Questions
from pan.recipes.task import Task, suggestion
from pan.system.errors import InputError


@dataclass(frozen=True, eq=False)
class RaggedArray:
    """R lists of different lengths, concatenated in one array.

    Attributes:
        values: The entries of all lists.
        starts: The start of each list, and last the total number of entries.
    """

    values: Shaped[np.ndarray, "entries ..."]
    starts: Int[np.ndarray, " R1"]

    @classmethod
    def of(cls, lists: Sequence[Sequence[object]], dtype: type[np.generic], width: tuple[int, ...] = ()) -> RaggedArray:
        """From lists of numbers, or of vectors with the shape `width`."""
        starts = np.concatenate([[0], np.cumsum([len(each) for each in lists], dtype=np.int64)])
        values = np.array([entry for each in lists for entry in each], dtype).reshape(int(starts[-1]), *width)
        return cls(values, starts)

    def __getitem__(self, rows: Int[np.ndarray, " r"]) -> RaggedArray:
        """A selection of the lists."""
        lengths = self.starts[rows + 1] - self.starts[rows]
        starts = np.concatenate([[0], np.cumsum(lengths)])
        taken = np.arange(starts[-1]) - np.repeat(starts[:-1] - self.starts[rows], lengths)
        return RaggedArray(self.values[taken], starts)

    def row(self, number: int) -> Shaped[np.ndarray, "n ..."]:
        """One list."""
        return self.values[self.starts[number] : self.starts[number + 1]]


@dataclass(frozen=True, eq=False)
class LabelledSet(Questions):
    """Questions with several right answers each, and boxes or masks of the queried objects.

    Attributes:
        answers: For each question, the indices of its right answers.
        boxes: For each question, the boxes of the queried objects: left, top, right and bottom in pixels of the fitted
            image.
        wrong: For each question, the indices of the answers that are known to be wrong; None if all other answers are
            wrong.
        mask_files: For each question, its mask's file, empty if there are only boxes. None if no question has a mask.
        packed_masks: The decoded masks, eight pixels to a byte; None until they are decoded.
    """

    answers: RaggedArray
    boxes: RaggedArray
    wrong: RaggedArray | None = None
    mask_files: Shaped[np.ndarray, " R"] | None = None
    packed_masks: UInt8[np.ndarray, "R bytes"] | None = None

    def right_answers(self, rows: Int[np.ndarray, ...], words: int) -> Bool[np.ndarray, "... K"]:
        """The right answers as multi-hot vectors."""
        return _marked(self.answers, rows, words)

    def known_answers(self, rows: Int[np.ndarray, ...], words: int) -> Bool[np.ndarray, "... K"]:
        """Which answers are known to be right or wrong."""
        if self.wrong is None:
            return super().known_answers(rows, words)
        known: Bool[np.ndarray, "... K"] = self.right_answers(rows, words) | _marked(self.wrong, rows, words)
        return known

    def masks(self, rows: Int[np.ndarray, ...]) -> Bool[np.ndarray, "... S S"]:
        """The question's mask, or without one the union of its boxes.

        Raises:
            InputError: If a mask's file cannot be read.
        """
        size = self.images.shape[1]
        masks = np.zeros((rows.size, size, size), bool)
        for mask, row in zip(masks, rows.reshape(-1), strict=True):
            if self.mask_files is not None and self.mask_files[row]:
                packed = self.files_of_masks()[int(row)] if self.packed_masks is None else self.packed_masks[row]
                mask[:] = np.unpackbits(packed, count=size**2).reshape(size, size)
            else:
                _draw_boxes(mask, self.boxes.row(int(row)))
        return masks.reshape(*rows.shape, size, size)

    def files_of_masks(self) -> MaskFiles:
        """The mask files that are decoded into `packed_masks`; a mask may have any size."""
        paths = () if self.mask_files is None else self.mask_files
        return MaskFiles(tuple(MaskFile(str(path), "", "") for path in paths), self.images.shape[1])


def _marked(answers: RaggedArray, rows: Int[np.ndarray, ...], words: int) -> Bool[np.ndarray, "... K"]:
    """The answers in the lists of the rows, as multi-hot vectors."""
    taken = answers[rows.reshape(-1)]
    marked = np.zeros((rows.size, words), bool)
    marked[np.repeat(np.arange(rows.size), np.diff(taken.starts)), taken.values] = True
    shaped: Bool[np.ndarray, "... K"] = marked.reshape(*rows.shape, words)
    return shaped


def _draw_boxes(mask: Bool[np.ndarray, "S S"], boxes: Shaped[np.ndarray, "n 4"]) -> None:
    """Draw boxes; each has at least one pixel."""
    size = len(mask)
    for left, top, right, bottom in np.rint(boxes).astype(int):
        left, top = min(left, size - 1), min(top, size - 1)
        mask[top : max(bottom, top + 1), left : max(right, left + 1)] = True


def labelled_words(folder: Path, image_size: int) -> Task:
    """The task of a set with all its parts: the words of `words.json`, or of its rows.

    Args:
        folder: The set.
        image_size: Height and width of the network's input, in pixels.

    Raises:
        InputError: If the set cannot be read.
    """
    each = [read_words(one) for one in folders_of(folder)]
    queries, answers = (tuple(dict.fromkeys(word for words in each for word in words[kind])) for kind in (0, 1))
    return Task(image_size, queries, answers, several=True)


def read_labelled_set(folder: Path, task: Task, part: str | None = None) -> LabelledSet:
    """A set, or one part of it by `split.csv`, its images not yet decoded.

    Raises:
        InputError: If a file of the set is wrong (with the line number), images are missing, the part is empty, or a
            word is not in the task.
    """
    rows = read_labelled_index(folder, part)
    queries = {word: place for place, word in enumerate(task.queries)}
    answers = {word: place for place, word in enumerate(task.answers)}
    for row in rows:
        _check_words(folder / INDEX, row, queries, answers)
    numbers = {name: number for number, name in enumerate(dict.fromkeys(row.name for row in rows))}
    sizes = image_sizes(folder, list(numbers))
    boxes = [fit_box(np.array(row.boxes).reshape(-1, 4), sizes[row.name], task.image_size) for row in rows]
    return LabelledSet(
        ImageFiles(tuple(folder / name for name in numbers), task.image_size),
        image=np.array([numbers[row.name] for row in rows]),
        query=np.array([queries[row.query] for row in rows]),
        answers=RaggedArray.of([[answers[word] for word in row.answers] for row in rows], np.int32),
        boxes=RaggedArray.of([list(each) for each in boxes], np.float32, (4,)),
        wrong=_wrong(rows, answers),
        mask_files=_mask_files(folder, rows),
    )


def _wrong(rows: Sequence[LabelledRow], answers: dict[str, int]) -> RaggedArray | None:
    if all(row.wrong is None for row in rows):
        return None
    return RaggedArray.of([[answers[word] for word in row.wrong or ()] for row in rows], np.int32)


def _mask_files(folder: Path, rows: Sequence[LabelledRow]) -> Shaped[np.ndarray, " R"] | None:
    if not any(row.mask_name for row in rows):
        return None
    return np.array([str(folder / row.mask_name) if row.mask_name else "" for row in rows])


def _check_words(index: Path, row: LabelledRow, queries: dict[str, int], answers: dict[str, int]) -> None:
    given = (*row.answers, *(row.wrong or ()))
    for kind, said, words in (("query", (row.query,), queries), ("answer", given, answers)):
        for word in said:
            if word not in words:
                raise InputError(f"{index}, line {row.line}: the {kind} “{word}” is not among the network's words; "
                                 f"{suggestion(word, tuple(words))}.")  # fmt: skip
