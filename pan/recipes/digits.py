"""Recipes for Table 1: scenes of digits, in four presets."""

from __future__ import annotations

from typing import Any

from pan.recipes.recipe import Recipe

KINDS = ("mref", "mdist", "mbg")
"""MNIST Reference, with distractors, and with photographs behind the digits."""

MODELS = ("pan-ctx", "pan", "san", "han", "pan-ctx-hard", "pan-ctx-best", "stn-m", "stn-s")
"""The networks of Table 1 and two variants of PAN-CTX, in the order of the user's lists."""

DIGIT_RECIPES = tuple(f"{kind}/{model}" for kind in KINDS for model in MODELS)

GATES = {"pan": (1, 2, 3), "pan-ctx": (1, 2, 3), "pan-ctx-hard": (2, 3), "pan-ctx-best": (1, 2), "stn-m": (1, 2, 3)}
"""Pooling layers, below the last, that have a gate or a spatial transformer."""

CONTEXT_RADIUS = {"pan-ctx": 2, "pan-ctx-hard": 2}
"""δ of the networks with local context; `pan-ctx-best` has a wide context instead."""

STRICTNESS = {
    "pan": (0.5, 0.25, 1.0), "pan-ctx": (0.25, 0.12, 0.3), "pan-ctx-hard": (0.25, 0.12, 0.3),
    "pan-ctx-best": (1.0, 1.0, 1.0),
}  # fmt: skip
"""w of the covering term for gates at pools 1, 2 and 3.

The receptive field at pool 2 is too small to recognise a large digit. A strict gate there would leave a dot of it.
"""

COVERING, READING_WEIGHT = 4.0, {"pan-ctx": 0.02}
"""The weight of the covering term, and the reading weights that are not 0.1."""

QUICKLY_COVERED: dict[str, Any] = {"covering": 6.0, "covering_from": 0.4, "learning_rate": 2e-3}
"""The covering term of the quick preset starts late.

At first a network answers with the colours of the image, whatever the query. The term holds it there while no gate is
right yet: with some seeds PAN-CTX was 52 % right at the end, against 93 to 95 % with all seeds that were tried.
"""

QUESTIONS = {"stn-s": (300_000, 120_000), "stn-m": (300_000, 240_000)}
"""Standard budgets that are not 600,000: on MREF, and on MDIST and MBG, which start from the weights for MREF."""


def digit_recipe(kind: str, model: str, preset: str) -> Recipe:
    """The recipe of a network for scenes of digits.

    Args:
        kind: One of `KINDS`.
        model: One of `MODELS`.
        preset: `quick`, `standard`, `paper` or `authors`.
    """
    base = Recipe(kind, model, preset=preset)
    if model in GATES:
        base = base.with_fields(gates=GATES[model], context_radius=CONTEXT_RADIUS.get(model, 0))
    if model == "pan-ctx-best":
        base = base.with_fields(hidden=64, wide_context=True)
    if model == "stn-s":
        base = base.with_fields(whole_localization=True)
    return {"quick": _quick, "standard": _standard, "paper": _paper, "authors": _authors}[preset](base)


def covered(recipe: Recipe) -> Recipe:
    """The recipe with gate classifiers and the covering term; unchanged if it has no gates."""
    if recipe.model not in STRICTNESS:
        return recipe
    return recipe.with_fields(
        answer_weight=0.5, covering=COVERING, strictness=STRICTNESS[recipe.model],
        reading_weight=READING_WEIGHT.get(recipe.model, 0.1),
    )  # fmt: skip


def _standard(base: Recipe) -> Recipe:
    first, then = QUESTIONS.get(base.model, (600_000, 600_000))
    recipe = base.with_fields(questions=first if base.kind == "mref" else then, start=_start(base.kind, base.model))
    if base.model.startswith("stn"):
        return recipe.with_fields(answer_weight=0.5)
    return covered(recipe)


def _start(kind: str, model: str) -> str:
    """On photographs, a network that is trained from scratch ignores the query for a long time."""
    if kind != "mref":
        return f"mref/{model}"
    return "mref/han" if model.startswith("stn") else ""


def _quick(base: Recipe) -> Recipe:
    recipe = base.with_fields(scenes=6_000, questions=120_000, epoch_questions=10_000, validation_scenes=200)
    if not base.network.gates:
        return recipe
    # without the gate at pool 1, training is four times as fast
    gates = tuple(gate for gate in base.network.gates if gate > 1)
    recipe = covered(recipe.with_fields(gates=gates, answer_weight=0.5))
    return recipe.with_fields(**QUICKLY_COVERED) if recipe.objective.covering > 0 else recipe


def _paper(base: Recipe) -> Recipe:
    """The paper's literal text: one fixed question about each of 30,000 scenes, no normalisation."""
    literal: dict[str, Any] = {
        "normalize": False, "questions_per_image": 1, "images_per_batch": 100, "questions": 240_000,
    }  # fmt: skip
    open_gates = 3.0 if base.network.gates else 0.0  # three gates at 0.5 shrink f eightfold
    return base.with_fields(**literal, gate_bias=open_gates)


def _authors(base: Recipe) -> Recipe:
    """The released code's training: 30,000 questions about 4,270 scenes, for up to 300 epochs.

    Its context is 3 × 3 and its convolutions have no padding. Its dropout is left out.
    """
    regime: dict[str, Any] = {
        "scenes": 4_270, "images_per_batch": 28, "questions": 9_000_000, "epoch_questions": 30_000, "patience": 50,
        "padding": 0, "optimizer": "rmsprop", "schedule": "steps", "weight_decay": 0.0,
    }  # fmt: skip
    return base.with_fields(**regime, context_radius=min(1, base.network.context_radius))
