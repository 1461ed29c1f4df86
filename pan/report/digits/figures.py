"""The figures of the report, in their order."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from matplotlib.figure import Figure

from pan.figures.palette import model_title
from pan.recipes.paper_numbers import PAPER_ORDER
from pan.report.digits.figure_1 import (
    attention_left,
    distractor_figure,
    distractor_sentence,
    teaser,
    teaser_figure,
)
from pan.report.digits.figure_6 import covering_figure, curve_figure, scale_figure
from pan.report.digits.figure_12 import Failures
from pan.report.digits.figures_4_10_11 import also_shown, answer_page, data_figure, first_questions, shown
from pan.report.digits.layer_figure import layer_figure
from pan.report.digits.results import Result, Results
from pan.report.digits.studies import ByScenes, scene_figure
from pan.report.figures_7_8 import Example, feature_figure
from pan.report.style import Picture

ANSWER_PAGES = {"mref": 10, "mdist": 10, "mbg": 11}
TEASERS = ("pan-ctx", "pan-ctx-best", "pan-ctx-hard", "pan")
"""Candidates for Figure 1: the first available network of each kind is shown."""
RIVALS = ("san", "han")
"""The paper's networks that are drawn beside additional networks."""
FEATURE_QUESTIONS, ANSWER_QUESTIONS, FAILURES = 2, 3, 1  # what a printed page holds; failures of each kind


def number_pictures(results: Results) -> Iterator[tuple[Picture, Figure]]:
    """The plots of the paper's networks, and separate ones of additional networks."""
    paper = results.only(PAPER_ORDER)
    own = results.only({*results.models} - {*PAPER_ORDER})
    if paper.all:
        yield from _number_pictures(paper, "", "")
    if own.all:
        beside = results.only({*own.models, *RIVALS})
        yield from _number_pictures(beside, "-own", " Networks that the paper does not have, beside SAN and HAN.")


def _number_pictures(results: Results, suffix: str, note: str) -> Iterator[tuple[Picture, Figure]]:
    smallest = min(each.examples for result in results.all for each in result.by_scale)
    yield Picture(
        f"figure-6a{suffix}", "Figure 6a: accuracy over the scale of the queried digit",
        "Questions about the first placed digit of each scene, whose scale is uniformly distributed; of all digits, "
        f"70 % have a scale below 1. The smallest bin has {smallest:,} questions; bars are 95 % intervals.{note}",
    ), scale_figure(results)  # fmt: skip
    if not any(result.pools for result in results.all):
        return
    yield Picture(
        f"figure-6a-covering{suffix}", "Covering over the scale of the queried digit (not in the paper)",
        "Top: pixel average precision of the attention accumulated over all layers (PxAP). Bottom: share of the "
        "digit's pixels with more than a tenth of the map's largest value. All digits; bars are 95 % "
        f"intervals.{note}",
    ), covering_figure(results)  # fmt: skip
    yield Picture(
        f"figure-6b{suffix}", "Figure 6b: precision and recall of attention as a detector of the digit's pixels",
        "Each map is rescaled to [0, 1] and thresholded at every value; the pixels of all questions are pooled. "
        f"Solid: the last map, as in the paper; dashed: the product of all maps.{note}",
    ), curve_figure(results)  # fmt: skip
    yield Picture(
        f"figure-layers{suffix}", "Attention layer by layer (not in the paper)",
        "Top: share of the attention accumulated up to each layer that is on the queried digit (TPR). Middle: its "
        "pixel average precision (PxAP). Bottom: mean attention of each gate on the queried digit, on the other "
        f"digits and elsewhere; a selective gate is open only on the queried digit.{note}",
    ), layer_figure(results)  # fmt: skip


def distractor_pictures(results: Results) -> Iterator[tuple[Picture, Figure]]:
    """Figure 1 as a measurement, for networks with several layers."""
    chosen = [network for kind in results.kinds if (network := _for_teaser(results, kind)) is not None]
    measured = [left for network in chosen if (left := attention_left(network)) is not None]
    if measured:
        yield Picture(
            "figure-1-measured", "Figure 1, measured: attention on smaller and larger digits",
            "The accumulated attention on an average other digit that is smaller (dashed) or larger (solid) than the "
            "queried one, relative to even attention. Digits count as suppressed when less than half is left. "
            f"{' '.join(map(distractor_sentence, measured))}",
        ), distractor_figure(measured)  # fmt: skip


def study_pictures(scenes: ByScenes) -> Iterator[tuple[Picture, Figure]]:
    """The plots of studies."""
    if scenes:
        yield Picture(
            "figure-scenes", "Accuracy over the number of training scenes, MDIST, by the authors' regime",
            "All trainings have the same number of questions. Hollow: the paper's accuracies, with about 4,270 scenes; "
            "bars are 95 % intervals.",
        ), scene_figure(scenes)  # fmt: skip


def scene_pictures(results: Results) -> Iterator[tuple[Picture, Figure]]:
    """The pictures of scenes: examples of the data, then the networks' attention for each kind."""
    examples = [teaser(chosen) for kind in results.kinds if (chosen := _for_teaser(results, kind)) is not None]
    if examples:
        yield Picture(
            "figure-1", "Figure 1: attention refined layer by layer",
            "The image faded by the attention accumulated up to each layer; each picture is rescaled separately. For "
            "each data set: the first question about a 7, as in the paper, that the network answers rightly.",
        ), teaser_figure(examples)  # fmt: skip
    yield Picture(
        "figure-4", "Figure 4: scenes", "The first test scenes of each kind, each with a question and its answer."
    ), data_figure(results)
    unchosen = "The questions are about the first placed digits of the first test scenes; they were not selected."
    for kind in results.kinds:
        networks = shown([result for result in results.of_kind(kind) if result.pools])
        if not networks:
            continue
        yield Picture(
            f"figure-7-{kind}", f"Figure 7, {kind.upper()}: features before and after attention",
            "(a) The input faded by (c). (b) Magnitude of the features before attention, spread over their receptive "
            "fields. (c) The same after attention. (d) (c) at the layer's own resolution. HAN has no attended map; its "
            f"attention is shown in (c) and (d). Every picture is rescaled to [0, 1]. {unchosen}",
        ), feature_figure(first_questions(networks, FEATURE_QUESTIONS))  # fmt: skip
        number = ANSWER_PAGES[kind]
        yield Picture(
            f"figure-{number}-{kind}", f"Figure {number}, {kind.upper()}: answers and attention",
            "Top: the input faded by the attention accumulated up to each layer. Bottom: this attention, with the "
            f"layer's own answer. {unchosen}",
        ), answer_page(_after_the_features(networks))  # fmt: skip
        others = also_shown([result for result in results.of_kind(kind) if result.pools])
        if others:
            yield Picture(
                f"figure-{number}-{kind}-others", f"Figure {number}, {kind.upper()}: the other networks with gates",
                "The answers of further networks to the same questions.",
            ), answer_page(_after_the_features(others))


def _after_the_features(networks: Sequence[Result]) -> Sequence[Example]:
    """The questions after those of the feature figure; the same ones if the set has no others."""
    examples = first_questions(networks, FEATURE_QUESTIONS + ANSWER_QUESTIONS)
    return examples[FEATURE_QUESTIONS:] or examples


def _for_teaser(results: Results, kind: str) -> Result | None:
    found = (results.get(kind, model) for model in TEASERS)
    return next((result for result in found if result is not None and len(result.pools) > 1), None)


def failure_picture(failures: Failures) -> tuple[Picture, Figure] | None:
    """Figure 12 for a kind; None without failures."""
    chosen = failures.chosen(FAILURES)
    if not chosen:
        return None
    kind, model = failures.result.kind, model_title(failures.result.model)
    caption = (
        f"{failures.sentence()} They are sorted by the location of the maximum of {model}'s accumulated attention. Of "
        "each kind, a question is shown on which most networks fail."
    )
    letters = dict(zip(failures.sorted, "abc", strict=True))
    headings = [f"({letters[attended]}) largest attention {attended.value}" for attended, _ in chosen]
    picture = Picture(f"figure-12-{kind}", f"Figure 12, {kind.upper()}: failures of {model}", caption)
    return picture, answer_page([example for _, example in chosen], headings)
