"""Sets whose questions have several right answers, with boxes or masks: an `index.csv` in a folder.

Beside `index.csv` (`image,query,answers`, and where they are known `boxes`, `wrong` and `mask`) there may be
`words.json` (the words a network is to know), `split.csv` (`image,split`) and `images.csv` (`image,width,height`: of
the picture that the boxes were drawn on).
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
class Ragged:
    """R lists of different lengths, end to end in one array.

    Attributes:
        values: Their entries.
        starts: Where each list begins, and last the number of all entries.
    """

    values: Shaped[np.ndarray, "entries ..."]
    starts: Int[np.ndarray, " R1"]

    @classmethod
    def of(cls, lists: Sequence[Sequence[object]], dtype: type[np.generic], width: tuple[int, ...] = ()) -> Ragged:
        """Lists of entries that are numbers, or of as many numbers as `width` says."""
        starts = np.concatenate([[0], np.cumsum([len(each) for each in lists], dtype=np.int64)])
        values = np.array([entry for each in lists for entry in each], dtype).reshape(int(starts[-1]), *width)
        return cls(values, starts)

    def __getitem__(self, rows: Int[np.ndarray, " r"]) -> Ragged:
        """Some of the lists."""
        lengths = self.starts[rows + 1] - self.starts[rows]
        starts = np.concatenate([[0], np.cumsum(lengths)])
        taken = np.arange(starts[-1]) - np.repeat(starts[:-1] - self.starts[rows], lengths)
        return Ragged(self.values[taken], starts)

    def row(self, number: int) -> Shaped[np.ndarray, "n ..."]:
        """One list."""
        return self.values[self.starts[number] : self.starts[number + 1]]


@dataclass(frozen=True, eq=False)
class LabelledSet(Questions):
    """Questions that several answers are right to, about objects that are known by their boxes or by masks.

    Attributes:
        answers: For each question, its right answers' places among the task's answers.
        boxes: For each question, the boxes of all objects asked about: left, top, right and bottom in pixels of the
            fitted image.
        wrong: For each question, the places of the answers that are known to be wrong; None where all are that are not
            right.
        mask_files: For each question, the file of the pixels asked about; empty where boxes tell. None where they
            always do.
        packed_masks: The pixels in those files, eight to a byte; None until they are decoded.
    """

    answers: Ragged
    boxes: Ragged
    wrong: Ragged | None = None
    mask_files: Shaped[np.ndarray, " R"] | None = None
    packed_masks: UInt8[np.ndarray, "R bytes"] | None = None

    def right_answers(self, rows: Int[np.ndarray, ...], words: int) -> Bool[np.ndarray, "... K"]:
        """Which answers are right."""
        return _marked(self.answers, rows, words)

    def known_answers(self, rows: Int[np.ndarray, ...], words: int) -> Bool[np.ndarray, "... K"]:
        """Which answers are known to be right or wrong."""
        if self.wrong is None:
            return super().known_answers(rows, words)
        known: Bool[np.ndarray, "... K"] = self.right_answers(rows, words) | _marked(self.wrong, rows, words)
        return known

    def masks(self, rows: Int[np.ndarray, ...]) -> Bool[np.ndarray, "... S S"]:
        """The mask in a question's file, else the union of its boxes.

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
        """The files that are decoded into `packed_masks`, if there are any; a mask may be of any size."""
        paths = () if self.mask_files is None else self.mask_files
        return MaskFiles(tuple(MaskFile(str(path), "", "") for path in paths), self.images.shape[1])


def _marked(answers: Ragged, rows: Int[np.ndarray, ...], words: int) -> Bool[np.ndarray, "... K"]:
    """Which words are in the lists of the rows."""
    taken = answers[rows.reshape(-1)]
    marked = np.zeros((rows.size, words), bool)
    marked[np.repeat(np.arange(rows.size), np.diff(taken.starts)), taken.values] = True
    shaped: Bool[np.ndarray, "... K"] = marked.reshape(*rows.shape, words)
    return shaped


def _draw_boxes(mask: Bool[np.ndarray, "S S"], boxes: Shaped[np.ndarray, "n 4"]) -> None:
    """A box has at least one pixel, however small the image became."""
    size = len(mask)
    for left, top, right, bottom in np.rint(boxes).astype(int):
        left, top = min(left, size - 1), min(top, size - 1)
        mask[top : max(bottom, top + 1), left : max(right, left + 1)] = True


def labelled_words(folder: Path, image_size: int) -> Task:
    """The words of a set, in all its parts, as a network is to know them: those of `words.json`, else of its rows.

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
        InputError: If the set is wrong (with the line number where a row is), images are missing, the part is empty,
            or rows use words that the task has not.
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
        answers=Ragged.of([[answers[word] for word in row.answers] for row in rows], np.int32),
        boxes=Ragged.of([list(each) for each in boxes], np.float32, (4,)),
        wrong=_wrong(rows, answers),
        mask_files=_mask_files(folder, rows),
    )


def _wrong(rows: Sequence[LabelledRow], answers: dict[str, int]) -> Ragged | None:
    if all(row.wrong is None for row in rows):
        return None
    return Ragged.of([[answers[word] for word in row.wrong or ()] for row in rows], np.int32)


def _mask_files(folder: Path, rows: Sequence[LabelledRow]) -> Shaped[np.ndarray, " R"] | None:
    if not any(row.mask_name for row in rows):
        return None
    return np.array([str(folder / row.mask_name) if row.mask_name else "" for row in rows])


def _check_words(index: Path, row: LabelledRow, queries: dict[str, int], answers: dict[str, int]) -> None:
    given = (*row.answers, *(row.wrong or ()))
    for kind, said, words in (("query", (row.query,), queries), ("answer", given, answers)):
        for word in said:
            if word not in words:
                raise InputError(f"{index}, line {row.line}: the {kind} “{word}” is none that the network knows; "
                                 f"{suggestion(word, tuple(words))}.")  # fmt: skip
