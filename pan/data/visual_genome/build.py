"""Builds the set: read the official files, select words, find images, split, write. Every object is accounted for."""

from __future__ import annotations

from collections.abc import Generator, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

from pan.data.labelled.writing import LabelledQuestion, Words, write_labelled_set
from pan.data.new_folder import check_new, new_folder
from pan.data.parts import PARTS, split_images
from pan.data.visual_genome.collect import NO_AREA, NO_ATTRIBUTE, NO_NAME, NOT_IN_IMAGE_DATA, Collected, collect
from pan.data.visual_genome.find import find_images
from pan.data.visual_genome.official import Photograph, read_image_data
from pan.data.visual_genome.select import RARE_ATTRIBUTES, RARE_NAME, Question, Selected, select
from pan.data.visual_genome.words import read_aliases
from pan.system.errors import InputError
from pan.system.files import write_whole
from pan.system.steps import Preparing, counted

MISSING = "missing-images.txt"
NO_IMAGE_FILE = "no_image_file"
REASONS = (NO_NAME, NO_ATTRIBUTE, NOT_IN_IMAGE_DATA, NO_AREA, RARE_NAME, RARE_ATTRIBUTES, NO_IMAGE_FILE)
SHARES = (0.5, 0.1)
"""Shares of the images, as in section 4.2; the rest is `test`."""


@dataclass(frozen=True)
class Sources:
    """The official files.

    Attributes:
        annotations: `attributes.json`, version 1.0 or 1.2.
        image_data: `image_data.json` of the same version.
        aliases: `object_alias.txt`, None for no aliases.
        images: Folders with the images; if empty, image files are not searched for.
    """

    annotations: Path
    image_data: Path
    aliases: Path | None = None
    images: tuple[Path, ...] = ()


@dataclass(frozen=True)
class Summary:
    """The summary of the conversion.

    Attributes:
        objects: Objects read, kept or dropped.
        queries: Object names above the minimum count.
        answers: Attributes above the minimum count.
        rows: Questions written.
        images: Images with at least one question.
        labels: Pairs of a question and a right answer.
        kept: Objects that are part of a question.
        dropped: The number of the other objects, by the first reason that applies.
        parts: Images of each part.
        missing: Images that are missing from the given folders, or empty files there.
    """

    objects: int
    queries: int
    answers: int
    rows: int
    images: int
    labels: int
    kept: int
    dropped: dict[str, int]
    parts: dict[str, int]
    missing: list[str]

    def to_json(self) -> dict[str, object]:
        """As JSON values."""
        return asdict(self)


def build_visual_genome(
    sources: Sources, folder: Path, *, min_count: int = 100, seed: int = 0
) -> Generator[Preparing, None, Summary]:
    """Write the set, yielding progress.

    Args:
        sources: The official files.
        folder: A new folder.
        min_count: Words with more objects than this are kept.
        seed: Seed of the split.

    Raises:
        InputError: If a file is missing or of another format, the folder is not empty, or there is nothing to write.
    """
    check_new(folder)
    for images in sources.images:
        if not images.is_dir():
            raise InputError(f"there is no folder {images}; --images names folders with Visual Genome's images.")
    aliases = {} if sources.aliases is None else read_aliases(sources.aliases)
    photographs = read_image_data(sources.image_data)
    collected = yield from _collect(sources.annotations, photographs, aliases)
    selected = select(collected, min_count)
    if not selected.questions:
        raise InputError(f"no word of {sources.annotations} occurs in more than {min_count} objects that have "
                         "an image and a box; give a lower --min-count.")  # fmt: skip
    numbers = list(dict.fromkeys(question.image for question in selected.questions))
    found = {number: photographs[number].name for number in numbers}
    if sources.images:
        found = yield from find_images(numbers, photographs, sources.images, folder)
    if not found:
        raise InputError(f"none of {len(numbers):,} images is in {', '.join(map(str, sources.images))}; "
                         "give the folders that hold VG_100K's files by --images.")  # fmt: skip
    questions = [question for question in selected.questions if question.image in found]
    parts = split_images(list(found.values()), SHARES, seed)
    with new_folder(folder):
        write_labelled_set(
            folder, _rows(questions, collected, found), _words(collected, selected), parts,
            {name: (photographs[number].width, photographs[number].height) for number, name in found.items()},
        )  # fmt: skip
        missing = [photographs[number].name for number in numbers if number not in found]
        if missing:
            text = "".join(f"{name}\n" for name in missing)
            write_whole(folder / MISSING, lambda beside: beside.write_text(text, encoding="utf-8"))
    return _summarize(collected, selected, questions, parts, missing)



def _collect(
    annotations: Path, photographs: Mapping[int, Photograph], aliases: Mapping[str, str]
) -> Generator[Preparing, None, Collected]:
    total = annotations.stat().st_size if annotations.is_file() else 0
    return counted(collect(annotations, photographs, aliases), f"bytes of {annotations.name}", total)


def _rows(
    questions: Sequence[Question], collected: Collected, found: Mapping[int, str]
) -> Iterator[LabelledQuestion]:
    queries, answers = collected.queries.words, collected.answers.words
    for question in questions:
        yield LabelledQuestion(
            found[question.image], queries[question.query], [answers[word] for word in question.answers],
            question.boxes.tolist(),
        )  # fmt: skip


def _words(collected: Collected, selected: Selected) -> Words:
    queries, answers = collected.queries, collected.answers
    return Words(
        {queries.words[word]: queries.counts[word] for word in selected.queries},
        {answers.words[word]: answers.counts[word] for word in selected.answers},
    )


def _summarize(
    collected: Collected, selected: Selected, questions: Sequence[Question], parts: Mapping[str, str],
    missing: list[str],
) -> Summary:  # fmt: skip
    kept = sum(len(each.boxes) for each in questions)
    without_file = sum(len(each.boxes) for each in selected.questions) - kept
    dropped = {**collected.dropped, **selected.dropped, NO_IMAGE_FILE: without_file}
    return Summary(
        objects=collected.objects,
        queries=len(selected.queries),
        answers=len(selected.answers),
        rows=len(questions),
        images=len(parts),
        labels=sum(len(each.answers) for each in questions),
        kept=kept,
        dropped={reason: dropped.get(reason, 0) for reason in REASONS},
        parts={part: sum(own == part for own in parts.values()) for part in PARTS},
        missing=missing,
    )
