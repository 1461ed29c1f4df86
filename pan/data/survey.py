"""What a run would learn from, told before it begins and without looking into the pictures."""

from __future__ import annotations

from pathlib import Path

from pan.data.digits.backgrounds import find_photographs
from pan.data.digits.mnist import find_digits
from pan.data.labelled.index import has_parts, is_labelled, part_of, read_labelled_index, read_words
from pan.data.reference.index import read_index
from pan.data.reference.reading import words_in, words_of
from pan.data.sources import Sources
from pan.recipes.attributes import ATTRIBUTE_KINDS
from pan.system.errors import InputError

ON_PHOTOGRAPHS = ("mbg", "vg-tiny")
"""Kinds drawn on photographs."""


def survey(kind: str, sources: Sources) -> str:
    """One line about the pictures and questions of a run of that kind.

    Raises:
        InputError: If a source is missing or wrong, as far as that is seen without reading its pictures.
    """
    if sources.validation is not None and sources.data is None:
        raise InputError("a validation set goes with a training set; drawn scenes have some of their own.")
    if sources.data is not None:
        return "; ".join([_trained_on(sources.data), _validated_on(sources.data, sources.validation)])
    if kind == "vg":
        raise InputError("vg is trained on the photographs of Visual Genome: build a set by pan data visual-genome and "
                         "give it as the data (--data), or train vg-tiny, which needs none.")
    parts = []
    if kind not in ATTRIBUTE_KINDS:
        parts.append(find_digits("train", sources.data_root).source)
    if kind in ON_PHOTOGRAPHS:
        counts = [len(find_photographs(split, sources.backgrounds).paths) for split in ("train", "val")]
        parts.append("{:,} photographs to train on, {:,} to validate on".format(*counts))
    return "; ".join(parts)


def _trained_on(data: Path) -> str:
    questions, images, queries, answers = _counts(data, "train")
    return (f"{questions:,} questions about {images:,} images, {queries:,} words to ask and {answers:,} to answer")


def _validated_on(data: Path, validation: Path | None) -> str:
    if validation is None:
        return "validated on its part val" if has_parts(data) else "every tenth image is kept for validation"
    _check_words(data, validation)
    questions, *_ = _counts(validation, "val")
    return f"validated on {questions:,} questions"


def _counts(folder: Path, part: str) -> tuple[int, int, int, int]:
    """Questions, images, query words and answer words of a part where the set has parts, else of all of it."""
    if is_labelled(folder):
        rows = read_labelled_index(folder, part_of(folder, part))
        queries, answers = read_words(folder)
        return len(rows), len({row.name for row in rows}), len(queries), len(answers)
    plain = read_index(folder)
    task = words_in(plain)
    return len(plain), len({row.image for row in plain}), len(task.queries), len(task.answers)


def _check_words(data: Path, validation: Path) -> None:
    if is_labelled(data) != is_labelled(validation):
        raise InputError(f"{data} and {validation} are sets of different kinds; give two with the same header.")
    if is_labelled(data):
        return  # words outside the training set's are told when the pictures are read
    task = words_of(data)
    for row in read_index(validation):
        if row.query not in task.queries or row.answer not in task.answers:
            raise InputError(f"{validation}, line {row.line} of its index: “{row.query}” or “{row.answer}” "
                             "is not among the words of the training set.")
