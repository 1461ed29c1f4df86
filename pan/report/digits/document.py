"""The text of `report.md`, with its tables and pictures."""

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
The columns: “here” are our networks with our training; “authors” are networks trained as in the released code, with
fewer epochs (preset `authors`, `pan study authors`); “literal” are networks trained from random weights by the paper's
literal text (preset `paper`, `pan study paper`); “paper” are the numbers printed in the paper. ± is half of the 95 %
interval over images, not over seeds. A dash is a network that was not measured, or a number that the paper does not
have. TPR is measured on the last map, sampled bilinearly between the centres of its cells or by nearest neighbours, and
on the product of all maps; the paper does not say which of them it reports. Even attention is the share of the image
that the queried digit covers.
"""

OLD_READING = f"""\
The columns {{ways}} were measured by version 0.4.0: the literal text is {AS_OF_0_4}; maps were resized as if their
cells tiled the image, and the intervals are over questions.
"""

COVERED = """\
All measures are of the attention accumulated over all layers. PxAP (pixel average precision) measures how well the map
ranks the digit's pixels before all others, as a mean over questions (Choe et al., 2020). Coverage is the share of the
digit's pixels with more than a tenth of the map's largest value. IoU is the intersection over union of the digit and
the map above a threshold, a share of its largest value, that is the best for the whole set.
"""


class Parts(NamedTuple):
    """The tables and pictures of the report.

    Attributes:
        main: Tables 1a and 1b, and the table of additional networks.
        layers: Tables of covering: in total, over scale, by layer, and of oracle maps.
        studies: Tables of the available studies: number of scenes, ablation, seeds.
        networks: The table of the networks' training.
        numbers: Plots.
        scenes: Pictures of scenes.
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
        results: The measured networks.
        settings: The test scenes.
        trained: The numbers of these networks, and of those trained by the authors' regime and by the literal text.
        scenes: The study on the number of scenes.
        shown: The tables and pictures.
    """
    studied = {"authors": trained.authors, "paper": trained.literal}
    compared = {_setting(results): trained.here} | {name: numbers for name, numbers in studied.items() if numbers}
    parts = [
        "# Progressive attention networks, measured\n",
        f"{_about(results, settings)}\n",
        "## Which of the paper's claims hold\n",
        _numbered(sentences(compared)),
        f"{_against_the_paper(results)} {_presets(results)}\n",
        "## Is Table 1 reproduced?\n",
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
    """The note on numbers of version 0.4.0; empty if there are none."""
    ways = [way for way, numbers in trained._asdict().items() if any(each.measured_by_0_4 for each in numbers)]
    return [OLD_READING.format(ways=" and ".join(ways))] if ways else []


def _plain(table: Table) -> str:
    return f"**{table.title}**\n\n{table.markdown()}"


def _pictured(table: Table) -> str:
    """A table with links to its picture."""
    return f"{_plain(table)}\n[As a picture: PNG]({table.name}.png), [PDF]({table.name}.pdf)\n"


def _setting(results: Results) -> str:
    return " and ".join(sorted({result.checkpoint.recipe.preset for result in results.all}))


def _about(results: Results, settings: Settings) -> str:
    kinds = ", ".join(kind.upper() for kind in results.kinds)
    scenes = "1 scene" if settings.scenes == 1 else f"{settings.scenes:,} scenes"
    return (
        f"The networks were tested on {scenes} of each data set ({kinds}; seed {settings.seed}), "
        "with questions about all digits, each network on the data set on which it was trained. "
        f"{_sources(results, settings.sources)} "
        "“The paper” is Seo, Lin, Cohen, Shen, Han, *Progressive Attention Networks for Visual Attribute Prediction* "
        "(arXiv 1606.02393), which has other test scenes."
    )


def _sources(results: Results, sources: Sources) -> str:
    digits = find_digits("test", sources.data_root).source
    text = f"Digits: {digits}."
    if "mbg" in results.kinds:
        folder = sources.backgrounds
        named = "the bundled ones" if folder is None else f"the folder {folder.name}"
        text += f" Photographs: {named}."
    return text


def _against_the_paper(results: Results) -> str:
    """Accuracies compared with Table 1a; without an interval, because the test scenes differ."""
    printed = [result for result in results.all if result.checkpoint.recipe.name in PAPER_ACCURACY]
    below = [
        f"{model_title(result.model)} on {result.kind.upper()}"
        for result in printed
        if 100 * result.evaluation.accuracy < PAPER_ACCURACY[result.checkpoint.recipe.name]
    ]
    above = len(printed) - len(below)
    text = f"Of {len(printed)} accuracies that are also in Table 1a, {above} are at least the paper's"
    return f"{text}{'; below: ' + ', '.join(below) if below else ''}."


def _presets(results: Results) -> str:
    presets = sorted({result.checkpoint.recipe.preset for result in results.all})
    text = f"The networks were trained under the preset{'s' if len(presets) > 1 else ''} {', '.join(presets)}"
    budgets = sorted({result.checkpoint.recipe.optimization.questions for result in results.all})
    if len(budgets) == 1:
        return f"{text}, each on {budgets[0]:,} questions."
    return f"{text}, with different numbers of questions ({budgets[0]:,} to {budgets[-1]:,}, see the last table)."
