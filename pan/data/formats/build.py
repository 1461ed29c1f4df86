"""Builds a set from annotations: collect objects, draw masks, split, write. Every object is accounted for."""

from __future__ import annotations

import json
from collections.abc import Generator, Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

from pan.data.formats.collecting import Collected, Question, collect
from pan.data.formats.finding import ImageFinder
from pan.data.formats.mask_drawing import Drawn, draw_masks, shares
from pan.data.formats.objects import REASONS, Format
from pan.data.labelled.writing import (
    FULL_HEADER,
    HEADER,
    LabelledQuestion,
    Words,
    write_csv,
    write_labelled_set,
)
from pan.data.new_folder import check_new, new_folder
from pan.data.parts import INDEX, PARTS, SPLIT, SPLIT_HEADER, split_images
from pan.data.reference.index import HEADER as ONE_ANSWER_HEADER
from pan.data.word_forms import folded
from pan.system.errors import InputError
from pan.system.files import write_whole
from pan.system.steps import Preparing, counted

NUMBERS = "numbers.json"
"""The format's ids of images and queries, for results in the same format."""

FEWEST_TO_SPLIT = 10
SHARES = (0.8, 0.1)
"""Shares of the images for training and validation; the rest is for the test."""


@dataclass(frozen=True)
class Summary:
    """The summary of a conversion.

    Attributes:
        objects: Objects read, kept or dropped.
        kept: Objects that are part of a question.
        dropped: The number of the other objects, by the first reason that applies.
        several: Whether several answers are right at once.
        queries: Distinct queries.
        answers: Distinct answers.
        rows: Questions written.
        images: Images with at least one question.
        labels: Pairs of a question and a right answer.
        masks: Questions with a mask.
        parts: Images of each part; empty if the set is not split.
        missing: Images without a readable file.
    """

    objects: int
    kept: int
    dropped: dict[str, int]
    several: bool
    queries: int
    answers: int
    rows: int
    images: int
    labels: int
    masks: int
    parts: dict[str, int]
    missing: list[str]

    def to_json(self) -> dict[str, object]:
        """As JSON values."""
        return asdict(self)


def build_set(annotations: Format, folders: Sequence[Path], out: Path) -> Generator[Preparing, None, Summary]:
    """Convert annotations to a set, yielding progress. It has several answers if an object has several.

    Args:
        annotations: The annotations.
        folders: Folders to search for images; the set refers to the images without copying.
        out: A new folder.

    Raises:
        InputError: If a file is missing or of another format, the folder is not empty, or there is nothing to write.
    """
    check_new(out)
    finder = ImageFinder(annotations, folders, out)
    collected = yield from counted(collect(annotations, finder), "objects read", 0)
    if not collected.questions:
        raise InputError(_nothing_left(collected, folders))
    parts = _parts(collected.parts)
    with new_folder(out):
        drawing = draw_masks(annotations, collected.questions, finder, out, boxes_too=not collected.several)
        drawn = yield from counted(drawing, "objects drawn", collected.objects)
        if numbers := _numbers(annotations, finder, collected.questions):
            text = json.dumps(numbers, ensure_ascii=False)
            write_whole(out / NUMBERS, lambda beside: beside.write_text(text, encoding="utf-8"))
        if collected.several:
            _write_several(collected, drawn, parts, out, finder, partial=annotations.partial)
        else:
            _write_one_answer(collected.questions, drawn, parts, out, finder)
    return _summarize(collected, drawn, parts, finder)


def _parts(named: Mapping[str, str]) -> dict[str, str]:
    """The part of each image: as the annotations name it, or else a random split with a fixed seed.

    Empty if all images are in one part, or there are fewer than `FEWEST_TO_SPLIT`.
    """
    if all(named.values()):
        return dict(named) if len(set(named.values())) > 1 else {}
    if len(named) < FEWEST_TO_SPLIT:
        return {}
    return split_images(list(named), SHARES, 0)


def _nothing_left(collected: Collected, folders: Sequence[Path]) -> str:
    if not collected.objects:
        return "the annotations hold no object; give the files that hold them."
    why = ", ".join(f"{count:,} {reason.replace('_', ' ')}" for reason, count in collected.dropped.items())
    return (f"none of {collected.objects:,} objects can be asked about ({why}); give files with attributes, and the "
            f"folders of their images by --images (looked in {', '.join(map(str, folders[:3]))}).")


def _write_one_answer(
    questions: Sequence[Question], drawn: Sequence[Drawn], parts: Mapping[str, str], out: Path, finder: ImageFinder
) -> None:
    scales = shares(drawn, [finder.annotated_size(each.image) for each in questions])
    if parts:
        write_csv(out / SPLIT, SPLIT_HEADER, parts.items())
    write_csv(out / INDEX, ONE_ANSWER_HEADER, (
        (question.image, question.query, question.answers[0], "" if scale != scale else f"{scale:.4g}", each.mask)
        for question, each, scale in zip(questions, drawn, scales, strict=True)
    ))  # fmt: skip


def _write_several(
    collected: Collected, drawn: Sequence[Drawn], parts: Mapping[str, str], out: Path, finder: ImageFinder, *,
    partial: bool,
) -> None:  # fmt: skip
    questions = collected.questions
    rows = (LabelledQuestion(each.image, each.query, each.answers, where.boxes, each.wrong, where.mask)
            for each, where in zip(questions, drawn, strict=True))
    sizes = {name: finder.annotated_size(name) for name in collected.parts}
    header = FULL_HEADER if partial else (*HEADER, "mask") if collected.outlined else HEADER
    write_labelled_set(out, rows, _words(questions), parts, sizes, header)


def _words(questions: Sequence[Question]) -> Words:
    """The words in alphabetical order, with the number of questions of each."""
    queries: dict[str, int] = {}
    answers: dict[str, int] = {}
    for each in questions:
        queries[each.query] = queries.get(each.query, 0) + 1
        for word in (*each.answers, *each.wrong):
            answers[word] = answers.get(word, 0) + (word in each.answers)
    return Words(dict(sorted(queries.items())), dict(sorted(answers.items())))


def _numbers(
    annotations: Format, finder: ImageFinder, questions: Sequence[Question]
) -> dict[str, dict[str, int | str]]:
    """The format's ids, by the set's names of images and by its queries."""
    given = annotations.numbers()
    if not given:
        return {}
    images = {name: given["images"][own] for name, own in finder.format_names.items()}
    queries = {folded(each.query): each.query for each in questions}
    categories: dict[str, int | str] = {}
    for name, number in given["categories"].items():
        categories.setdefault(queries.get(folded(name), name), number)
    return {"images": images, "categories": categories}


def _summarize(
    collected: Collected, drawn: Sequence[Drawn], parts: Mapping[str, str], finder: ImageFinder
) -> Summary:
    questions = collected.questions
    return Summary(
        objects=collected.objects,
        kept=sum(len(each.objects) for each in questions),
        dropped={reason: collected.dropped[reason] for reason in REASONS},
        several=collected.several,
        queries=len({each.query for each in questions}),
        answers=len({word for each in questions for word in (*each.answers, *each.wrong)}),
        rows=len(questions),
        images=len({each.image for each in questions}),
        labels=sum(len(each.answers) for each in questions),
        masks=sum(bool(each.mask) for each in drawn),
        parts={part: sum(own == part for own in parts.values()) for part in PARTS} if parts else {},
        missing=finder.missing,
    )
