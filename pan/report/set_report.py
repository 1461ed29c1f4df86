"""Reports on a set: `report.md` with tables and pictures, for sets with one right answer to a question or several."""

from __future__ import annotations

from collections.abc import Generator, Iterable, Sequence
from pathlib import Path
from typing import NamedTuple

from matplotlib.figure import Figure

from pan.checkpoints.file import Checkpoint
from pan.data.labelled.index import is_labelled
from pan.data.parts import Part, evaluated_part
from pan.data.questions import Questions
from pan.report.objects.figures import label_figures
from pan.report.objects.results import LabelResults, measure_labels
from pan.report.objects.tables import attribute_table, network_table, readings_table, table_2
from pan.report.own.contents import own_pictures, own_tables
from pan.report.own.results import OwnResults, measure_own
from pan.report.style import Picture, save_pictures
from pan.report.table import REPORT, Table, write_text
from pan.system.steps import Preparing
from pan.system.together import together

ONE_ANSWER = """\
All measures are of the attention accumulated over all layers. TPR is its share on the queried object. PxAP (pixel
average precision) measures how well it ranks the object's pixels before all others. Coverage is the share of the
object's pixels with more than a tenth of the map's largest value. A dash stands for unknown masks, or for a network
without attention.
"""
SEVERAL_ANSWERS = """\
mAP is the mean of the attributes' average precision as defined by PASCAL VOC 2010 (all points, monotone envelope),
weighted by their numbers of questions; another column has the 11-point definition. TPR is the share of the last map,
resized bilinearly, inside the boxes of the queried objects. A dash is a network that was not evaluated, or a number
that the paper does not have.
"""


class SetReport(NamedTuple):
    """The content of a report on a set.

    Attributes:
        title: The title.
        about: A description of the evaluation.
        reading: An explanation of the first table.
        tables: The tables, the main one first.
        pictures: The figures, drawn one by one.
    """

    title: str
    about: str
    reading: str
    tables: Sequence[Table]
    pictures: Iterable[tuple[Picture, Figure]]


def write_set_report(
    checkpoints: Sequence[Checkpoint], folder: Path, data: Path, device: str = "auto"
) -> Generator[Preparing, None, Path]:
    """Evaluate networks on a set, and write tables, figures and `report.md`.

    Args:
        checkpoints: Networks for the words of the set; for several answers to a question, with the same words.
        folder: The folder of the report; files of the same names are replaced together, others are kept.
        data: The set; its part `test` if it has parts.
        device: A name that `choose_device` accepts.

    Returns:
        The report's file.

    Raises:
        InputError: If a network does not fit the set, two networks cannot be in one table, or the folder cannot be
            written.
    """
    if is_labelled(evaluated_part(data).folder):
        report = _several_answers((yield from measure_labels(checkpoints, data, device)))
    else:
        report = _one_answer((yield from measure_own(checkpoints, data, device)), data)
    with together(folder) as beside:
        for table in report.tables:
            table.save(beside)
        pictures = yield from save_pictures(report.pictures, beside)
        write_text(beside / REPORT, _document(report, pictures))
    return folder / REPORT


def _document(report: SetReport, pictures: Sequence[Picture]) -> str:
    first, *others = report.tables
    return "\n".join([
        f"# {report.title}, measured\n", f"{report.about}\n",
        f"**{first.title}**\n\n{first.markdown()}", report.reading,
        *(f"**{table.title}**\n\n{table.markdown()}" for table in others), "## Pictures\n",
        *(picture.markdown() for picture in pictures),
    ])  # fmt: skip


def _one_answer(results: OwnResults, data: Path) -> SetReport:
    name, asked = data.absolute().name, results.part
    part = "all" if asked == Part(data) else f"the part {asked.name or asked.folder.name}"
    image_blind, query_blind = (f"{100 * share:.1f} %" for share in results.guesses)
    about = (
        f"Every number is of {part} of {name}: {_counted(results.all[0].questions)}. Guessing baselines: {image_blind} "
        f"right without the image, by each query's most frequent answer; at most {query_blind} without the query, by "
        "each image's most frequent answer."
    )
    return SetReport(name, about, ONE_ANSWER, list(own_tables(results)), own_pictures(results))


def _several_answers(results: LabelResults) -> SetReport:
    part = "the whole" if results.part is None else f"the {results.part} part"
    about = (
        f"Every number is of {part} of {results.folder.name}: {_counted(results.questions)}. “The paper” is Seo, Lin, "
        "Cohen, Shen, Han, *Progressive Attention Networks for Visual Attribute Prediction* (arXiv 1606.02393); its "
        "numbers are of 34,670 test images of Visual Genome and networks initialised with VGG-16's ImageNet weights. "
        f"{_comparable(results)}"
    )
    tables = [table_2(results), readings_table(results), attribute_table(results), network_table(results)]
    return SetReport("Attributes of objects", about, SEVERAL_ANSWERS, tables, label_figures(results))


def _counted(questions: Questions) -> str:
    return f"{len(questions):,} questions about {len(questions.images):,} images"


def _comparable(results: LabelResults) -> str:
    """A sentence on the comparison with the paper's numbers; whether a set is the paper's cannot be checked."""
    if any(each.checkpoint.recipe.network.trunk != "vgg-16" for each in results.all):
        return "Networks with another CNN were measured here: the paper's numbers are given for orientation only."
    return "They can be compared with ours on that data only."
