"""`report.md`: the tables and pictures in order, and what they say."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from pan.data.digits.mnist import find_digits
from pan.data.sources import Sources
from pan.figures.palette import model_title
from pan.recipes.paper_numbers import PAPER_ACCURACY
from pan.report.captioned_figure import Picture
from pan.report.digits.claims import sentences
from pan.report.digits.measuring import Settings
from pan.report.digits.numbers import Numbers
from pan.report.digits.results import Results
from pan.report.table import Table, percent

BLIND = 0.45
"""Share of right answers up to which a network is as good as one that ignores the query (41 %)."""

READING = """\
“Here” are our networks as they are meant to be trained, “literal” is a training by the paper's literal text from
nothing (preset `paper`, `pan study paper`), “paper” is what the paper prints. ± is half of the 95 % interval over
questions, not over seeds; a dash is a network that was not measured, or a number that the paper does not have. TPR is
measured on the last map, resized bilinearly and, beside it, by nearest neighbours, and on the product of all maps; the
paper does not say which its numbers are of. Even attention is the share of the image that the queried digit covers.
"""


class Parts(NamedTuple):
    """What the report shows.

    Attributes:
        main: Tables 1a and 1b, and the networks that are compared apart.
        layers: The single layers.
        studies: The ablation and the seeds, as far as they were made.
        networks: How each network was trained.
        numbers: Pictures that show numbers.
        scenes: Pictures that show scenes.
    """

    main: Sequence[Table]
    layers: Table
    studies: Sequence[Table]
    networks: Table
    numbers: Sequence[Picture]
    scenes: Sequence[Picture]


def document(
    results: Results, settings: Settings, here: Sequence[Numbers], literal: Sequence[Numbers], shown: Parts
) -> str:
    """The report as Markdown.

    Args:
        results: What was measured now.
        settings: On which scenes.
        here: The same as numbers.
        literal: Those of trainings by the paper's literal text, from a study.
        shown: Tables and pictures.
    """
    compared = {_setting(results): here} | ({"paper": literal} if literal else {})
    parts = [
        "# Progressive attention networks, measured\n",
        f"{_about(results, settings)}\n",
        "## Which of the paper's claims hold\n",
        "".join(f"{number}. {sentence}\n" for number, sentence in enumerate(sentences(compared), start=1)),
        f"{_against_the_paper(results)} {_presets(results)}{_not_learnt(literal)}\n",
        "## Tables\n",
        *map(_pictured, shown.main),
        READING,
        _plain(shown.layers),
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


def _plain(table: Table) -> str:
    return f"**{table.title}**\n\n{table.markdown()}"


def _pictured(table: Table) -> str:
    """A table with links to its picture; it is readable and to be copied without."""
    return f"{_plain(table)}\n[As a picture: PNG]({table.name}.png), [PDF]({table.name}.pdf)\n"


def _setting(results: Results) -> str:
    return " and ".join(sorted({result.checkpoint.recipe.preset for result in results.all}))


def _not_learnt(literal: Sequence[Numbers]) -> str:
    """Which networks did not learn to use the query under the paper's literal text."""
    blind = [
        f"{model_title(each.model)} on {each.kind.upper()} ({percent(share, 1)} %, {each.recipe.questions:,} questions)"
        for each in literal if (share := each.share("accuracy")[0]) is not None and share < BLIND
    ]  # fmt: skip
    if not blind:
        return ""
    return f" By the paper's literal text these did not leave the level of the query-blind: {', '.join(blind)}."


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
    budgets = sorted({result.checkpoint.recipe.questions for result in results.all})
    if len(budgets) == 1:
        return f"{text}, each on {budgets[0]:,} questions."
    return f"{text}, not all on as many questions ({budgets[0]:,} to {budgets[-1]:,}, see the last table)."
