"""`report.md`: the tables and pictures in order, and what they say."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from pan.data.digits.mnist import find_digits
from pan.data.sources import Sources
from pan.figures.palette import model_title
from pan.recipes.paper_numbers import PAPER_ACCURACY
from pan.report.digits.claims import sentences
from pan.report.digits.numbers import Regimes
from pan.report.digits.reproduction import AS_OF_0_4, reproduction
from pan.report.digits.results import Results, Settings
from pan.report.digits.studies import ByScenes
from pan.report.style import Picture
from pan.report.table import Table

READING = """\
“Here” are our networks as they are meant to be trained, “authors” is a training by the regime of the released code,
its budget scaled to fewer epochs (preset `authors`, `pan study authors`), “literal” one by the paper's literal text
from nothing (preset `paper`, `pan study paper`), “paper” is what the paper prints. ± is half of the 95 % interval over
images, not over seeds; a dash is a network that was not measured, or a number that the paper does not have. TPR is
measured on the last map, each cell at its centre and bilinear between them, beside it by nearest neighbours, and on the
product of all maps; the paper does not say which its numbers are of. Even attention is the share of the image that the
queried digit covers.
"""

OLD_READING = f"""\
Columns of version 0.4.0 ({{ways}}): the literal text {AS_OF_0_4}; maps were resized as if their cells tiled the image,
and the intervals are over questions.
"""

COVERED = """\
PxAP is the mean over questions of the average precision with which the attention accumulated over all layers ranks the
digit's pixels before all others (Choe et al., 2020); coverage is the share of the digit's pixels with more than a tenth
of the map's largest value; IoU is the overlap of the digit with the map cut at one share of its largest value, the best
for the whole set.
"""


class Parts(NamedTuple):
    """What the report shows.

    Attributes:
        main: Tables 1a and 1b, and the networks that are compared apart.
        layers: How attention covers the digit: in all, over scale, layer by layer, and at best.
        studies: The number of scenes, the ablation and the seeds, as far as they were made.
        networks: How each network was trained.
        numbers: Pictures that show numbers.
        scenes: Pictures that show scenes.
    """

    main: Sequence[Table]
    layers: Sequence[Table]
    studies: Sequence[Table]
    networks: Table
    numbers: Sequence[Picture]
    scenes: Sequence[Picture]


def document(
    results: Results, settings: Settings, trained: Regimes, scenes: ByScenes, shown: Parts
) -> str:
    """The report as Markdown.

    Args:
        results: What was measured now.
        settings: On which scenes.
        trained: The same as numbers, and those of trainings by the authors' regime and by the literal text.
        scenes: The study over the number of scenes.
        shown: Tables and pictures.
    """
    studied = {"authors": trained.authors, "paper": trained.literal}
    compared = {_setting(results): trained.here} | {name: numbers for name, numbers in studied.items() if numbers}
    parts = [
        "# Progressive attention networks, measured\n",
        f"{_about(results, settings)}\n",
        "## Which of the paper's claims hold\n",
        _numbered(sentences(compared)),
        f"{_against_the_paper(results)} {_presets(results)}\n",
        "## Whether Table 1 comes back\n",
        _numbered(reproduction(trained, scenes)),
        "## Tables\n",
        *map(_pictured, shown.main),
        READING,
        *_old_reading(trained),
        *map(_plain, shown.layers),
        COVERED,
        "## Accuracy and attention\n",
        *(picture.markdown() for picture in shown.numbers),
        *(["## What each part contributes\n"] if shown.studies else []),
        *map(_pictured, shown.studies),
        "## Scenes\n",
        *(picture.markdown() for picture in shown.scenes),
        "## The networks\n",
        shown.networks.markdown(),
    ]
    return "\n".join(parts)


def _numbered(lines: Sequence[str]) -> str:
    return "".join(f"{number}. {line}\n" for number, line in enumerate(lines, start=1))


def _old_reading(trained: Regimes) -> list[str]:
    """What must be known to read numbers of version 0.4.0, where there are any."""
    ways = [way for way, numbers in trained._asdict().items() if any(each.measured_by_0_4 for each in numbers)]
    return [OLD_READING.format(ways=" and ".join(ways))] if ways else []


def _plain(table: Table) -> str:
    return f"**{table.title}**\n\n{table.markdown()}"


def _pictured(table: Table) -> str:
    """A table with links to its picture; it is readable and to be copied without."""
    return f"{_plain(table)}\n[As a picture: PNG]({table.name}.png), [PDF]({table.name}.pdf)\n"


def _setting(results: Results) -> str:
    return " and ".join(sorted({result.checkpoint.recipe.preset for result in results.all}))


def _about(results: Results, settings: Settings) -> str:
    kinds = ", ".join(kind.upper() for kind in results.kinds)
    return (
        f"Every number is of {settings.scenes:,} test scenes a kind ({kinds}; seed {settings.seed}) and the questions "
        f"about all digits in them, each network on the kind it was trained on. {_sources(results, settings.sources)} "
        "“The paper” is Seo, Lin, Cohen, Shen, Han, *Progressive Attention Networks for Visual Attribute Prediction* "
        "(arXiv 1606.02393), with test scenes of its own."
    )


def _sources(results: Results, sources: Sources) -> str:
    digits = find_digits("test", sources.data_root).source
    text = f"Digits: {digits}."
    if "mbg" in results.kinds:
        folder = sources.backgrounds
        named = "those that come with the program" if folder is None else f"the folder {folder.name}"
        text += f" Photographs: {named}."
    return text


def _against_the_paper(results: Results) -> str:
    """Where accuracy stands against Table 1a; the paper's test scenes are not at hand, so without an interval."""
    printed = [result for result in results.all if result.checkpoint.recipe.name in PAPER_ACCURACY]
    below = [
        f"{model_title(result.model)} on {result.kind.upper()}"
        for result in printed
        if 100 * result.evaluation.accuracy < PAPER_ACCURACY[result.checkpoint.recipe.name]
    ]
    above = len(printed) - len(below)
    text = f"Of {len(printed)} accuracies that Table 1a has too, {above} are at or above the paper's"
    return f"{text}{'; below: ' + ', '.join(below) if below else ''}."


def _presets(results: Results) -> str:
    presets = sorted({result.checkpoint.recipe.preset for result in results.all})
    text = f"The networks were trained under the preset{'s' if len(presets) > 1 else ''} {', '.join(presets)}"
    budgets = sorted({result.checkpoint.recipe.optimization.questions for result in results.all})
    if len(budgets) == 1:
        return f"{text}, each on {budgets[0]:,} questions."
    return f"{text}, not all on as many questions ({budgets[0]:,} to {budgets[-1]:,}, see the last table)."
