"""A summary of a run's data before it starts, without reading images."""

from __future__ import annotations

from pathlib import Path

from pan.data.digits.backgrounds import find_photographs
from pan.data.digits.mnist import find_digits
from pan.data.labelled.index import is_labelled, read_labelled_index
from pan.data.labelled.reading import labelled_words
from pan.data.parts import Part, training_part
from pan.data.reference.index import read_index
from pan.data.reference.reading import words_of
from pan.data.sources import ON_PHOTOGRAPHS, Sources, validation_part
from pan.recipes.attributes import ATTRIBUTE_KINDS
from pan.system.errors import InputError


def survey(kind: str, sources: Sources) -> str:
    """A summary of the images and questions of a run, in one line.

    Raises:
        InputError: If a data source is missing or wrong; images are not read.
    """
    if sources.validation is not None and sources.data is None:
        raise InputError("a validation set needs a training set; drawn scenes are validated on drawn scenes.")
    if sources.data is not None:
        return "; ".join([_trained_on(sources.data), _validated_on(sources.data, sources.validation)])
    if kind == "vg":
        raise InputError("vg is trained on Visual Genome: build a set with pan data visual-genome and give it as the "
                         "data (--data), or train vg-tiny, which needs no set.")
    parts = []
    if kind not in ATTRIBUTE_KINDS:
        parts.append(find_digits("train", sources.data_root).source)
    if kind in ON_PHOTOGRAPHS:
        counts = [len(find_photographs(split, sources.backgrounds).paths) for split in ("train", "val")]
        parts.append("{:,} photographs to train on, {:,} to validate on".format(*counts))
    return "; ".join(parts)


def _trained_on(data: Path) -> str:
    questions, images = _counts(training_part(data))
    task = labelled_words(data, 1) if is_labelled(data) else words_of(data)
    return (f"{questions:,} questions about {images:,} images, {len(task.queries):,} queries, "
            f"{len(task.answers):,} answers")


def _validated_on(data: Path, validation: Path | None) -> str:
    part = validation_part(data, validation)
    if part is None:
        return "every tenth image is kept for validation"
    if validation is None:
        return "validated on its part val"
    _check_words(data, validation)
    return f"validated on {_counts(part)[0]:,} questions"


def _counts(part: Part) -> tuple[int, int]:
    """Questions and images of a set or of a part."""
    if is_labelled(part.folder):
        rows = read_labelled_index(*part)
        return len(rows), len({row.name for row in rows})
    plain = read_index(*part)
    return len(plain), len({row.image for row in plain})


def _check_words(data: Path, validation: Path) -> None:
    if is_labelled(data) != is_labelled(validation):
        raise InputError(f"{data} and {validation} are sets of different kinds; give two with the same header.")
    if is_labelled(data):
        return  # other words are reported when the set is read
    task = words_of(data)
    for row in read_index(*(validation_part(data, validation) or Part(validation))):
        if row.query not in task.queries or row.answer not in task.answers:
            raise InputError(f"{validation}, line {row.line} of its index: “{row.query}” or “{row.answer}” "
                             "is not among the words of the training set.")
