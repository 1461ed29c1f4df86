"""From networks and a set of one's own to a folder with the report."""

from __future__ import annotations

from collections.abc import Generator, Sequence
from pathlib import Path

from pan.checkpoints.file import Checkpoint
from pan.data.parts import Part
from pan.report.own.figures import own_pictures
from pan.report.own.results import OwnResults, measure_own
from pan.report.own.tables import own_tables
from pan.report.style import Picture, save_pictures
from pan.report.table import Table, write_text
from pan.system.errors import InputError
from pan.system.steps import Preparing
from pan.system.together import together

REPORT = "report.md"
READING = """\
TPR is the share of the attention, all maps together, that lies on the queried object; PxAP tells how well that
attention ranks the object's pixels before all others; coverage is the share of the object's pixels with more than a
tenth of the map's largest value. A dash stands where no mask is known, or where a network does not attend.
"""


def write_own_report(
    checkpoints: Sequence[Checkpoint], folder: Path, data: Path, device: str = "auto"
) -> Generator[Preparing, None, Path]:
    """Measure the networks and write tables, figures and, last, the text that puts them in order.

    Args:
        checkpoints: Networks that know the set's words.
        folder: Where the files are written; files of the same names are replaced together, others left alone.
        data: The set; its test part is asked where it is split.
        device: A name that `choose_device` knows.

    Returns:
        The report's file, after yielding how far the work has come.

    Raises:
        InputError: If a network does not fit the set or is named twice, or the folder cannot be written.
    """
    names = [checkpoint.name for checkpoint in checkpoints]
    if twice := [name for name in names if names.count(name) > 1]:
        raise InputError(f"{twice[0]} is named twice; name it once.")
    results = yield from measure_own(checkpoints, data, device)
    with together(folder) as beside:
        yield from _write(results, data, beside)
    return folder / REPORT


def _write(results: OwnResults, data: Path, folder: Path) -> Generator[Preparing, None, None]:
    tables = list(own_tables(results))
    for table in tables:
        table.save(folder)
    pictures = yield from save_pictures(own_pictures(results), folder)
    write_text(folder / REPORT, _document(results, data, tables, pictures))


def _document(results: OwnResults, data: Path, tables: Sequence[Table], pictures: Sequence[Picture]) -> str:
    questions = results.all[0].questions
    asked = results.part
    part = "all" if asked == Part(data) else f"the part {asked.name or asked.folder.name}"
    image_blind, query_blind = (f"{100 * share:.1f} %" for share in results.guesses)
    about = (
        f"Every number is of {part} of {data.absolute().name}: {len(questions):,} questions about "
        f"{len(questions.images):,} images. Guessing baselines: {image_blind} right without the image, by each query's "
        f"most frequent answer; at most {query_blind} without the query, by each image's most frequent answer."
    )
    first, *others = tables
    return "\n".join([
        f"# {data.absolute().name}, measured\n", f"{about}\n", f"**{first.title}**\n\n{first.markdown()}", READING,
        *(f"**{table.title}**\n\n{table.markdown()}" for table in others), "## Pictures\n",
        *(picture.markdown() for picture in pictures),
    ])  # fmt: skip
