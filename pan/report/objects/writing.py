"""From networks that give several answers, and a set, to a folder with the report."""

from __future__ import annotations

from collections.abc import Generator, Sequence
from pathlib import Path

from pan.checkpoints.file import Checkpoint
from pan.report.objects.figures import label_figures
from pan.report.objects.results import LabelResults, measure_labels
from pan.report.objects.tables import attribute_table, network_table, readings_table, table_2
from pan.report.style import Picture, save_pictures
from pan.report.table import Table, write_text
from pan.system.steps import Preparing
from pan.system.together import together

REPORT = "report.md"
READING = """\
mAP is the mean over attributes of average precision in the form of PASCAL VOC 2010 (all points, monotone envelope),
each attribute weighted by the questions that it is right to; the 11-point form stands beside it. TPR is the share of
the last map, resized bilinearly, that lies inside the boxes of the queried objects. A dash is a network that was not
measured, or a number that the paper does not have.
"""


def write_label_report(
    checkpoints: Sequence[Checkpoint], folder: Path, data: Path, device: str = "auto"
) -> Generator[Preparing, None, Path]:
    """Measure the networks and write tables, figures and, last, the text that puts them in order.

    Args:
        checkpoints: Networks with the same words.
        folder: Where the files are written; files of the same names are replaced together, others left alone.
        data: The set; its test part is asked where it is split.
        device: A name that `choose_device` knows.

    Returns:
        The report's file, after yielding how far the work has come.

    Raises:
        InputError: If the networks do not fit each other or the set, or the folder cannot be written.
    """
    results = yield from measure_labels(checkpoints, data, device)
    with together(folder) as beside:
        yield from _write(results, beside)
    return folder / REPORT


def _write(results: LabelResults, folder: Path) -> Generator[Preparing, None, None]:
    tables = [table_2(results), readings_table(results), attribute_table(results), network_table(results)]
    for table in tables:
        table.save(folder)
    pictures = yield from save_pictures(label_figures(results), folder)
    write_text(folder / REPORT, _document(results, tables, pictures))


def _document(results: LabelResults, tables: Sequence[Table], pictures: Sequence[Picture]) -> str:
    first, *others = tables
    questions = results.questions
    part = "the whole" if results.part is None else f"the {results.part} part"
    about = (
        f"Every number is of {part} of {results.folder.name}: {len(questions):,} questions about "
        f"{len(questions.images):,} images. “The paper” is Seo, Lin, Cohen, Shen, Han, *Progressive Attention Networks "
        "for Visual Attribute Prediction* (arXiv 1606.02393); its numbers are of 34,670 test images of Visual Genome "
        f"and networks that began with VGG-16's ImageNet weights. {_comparable(results)}"
    )
    return "\n".join([
        "# Attributes of objects, measured\n", f"{about}\n", f"**{first.title}**\n\n{first.markdown()}", READING,
        *(f"**{table.title}**\n\n{table.markdown()}" for table in others), "## Pictures\n",
        *(picture.markdown() for picture in pictures),
    ])  # fmt: skip


def _comparable(results: LabelResults) -> str:
    """What the paper's numbers are to ours: the program cannot see whether a set is the paper's."""
    if any(each.checkpoint.recipe.network.trunk != "vgg-16" for each in results.all):
        return "Networks of another CNN were measured here: the paper's numbers stand beside for orientation alone."
    return "They can be compared with ours on that data alone."
