"""Recipes for Table 1: scenes of digits, in three presets."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from pan.recipes.recipe import Recipe

KINDS = ("mref", "mdist", "mbg")
"""MNIST Reference, with distractors, and with photographs behind the digits."""

MODELS = ("pan-ctx", "pan", "san", "han", "pan-ctx-hard", "pan-ctx-best", "stn-m", "stn-s")
"""The networks of Table 1 and two variants of PAN-CTX, in the order in which they are listed to a user."""

DIGIT_RECIPES = tuple(f"{kind}/{model}" for kind in KINDS for model in MODELS)

GATES = {"pan": (1, 2, 3), "pan-ctx": (1, 2, 3), "pan-ctx-hard": (2, 3), "pan-ctx-best": (2,), "stn-m": (1, 2, 3)}
"""Pools below the last that carry a gate, or a spatial transformer."""

CONTEXT_RADIUS = {"pan-ctx": 2, "pan-ctx-hard": 2}
"""δ of the networks whose gates see a neighbourhood; that of `pan-ctx-best` is wide."""

TRUNK_OF = {"pan": "san", "pan-ctx": "pan-ctx-hard", "stn-s": "han", "stn-m": "han"}
"""Whose trained weights a standard network takes over where names and shapes agree; any other begins from nothing."""

STANDARD_QUESTIONS = {
    "san": (600_000, 600_000), "han": (600_000, 600_000), "pan": (300_000, 120_000), "pan-ctx": (40_000, 40_000),
    "pan-ctx-hard": (600_000, 450_000), "pan-ctx-best": (600_000, 450_000),
    "stn-s": (300_000, 120_000), "stn-m": (300_000, 240_000),
}  # fmt: skip
"""Standard budget on MREF, and on MDIST and MBG; with all it begins from 1,200,000 at most, a tenth more for PAN."""


STANDARD_PRICES: dict[str, dict[str, Any]] = {
    # A trained trunk has features for its top: the gates need a firmer price.
    "pan": {"gate_bias": 3.0, "area_price": 0.05, "area_price_from": 0.3},
    # Its gates select already; that at pool 1 starts open. Behind them a soft top would unlearn what a hard one
    # learnt to point at: small steps and a price keep it.
    "pan-ctx": {"gate_bias": 3.0, "learning_rate": 3e-4, "area_price": 0.01, "top_price": 0.5},
    "pan-ctx-hard": {"area_price": 0.03, "area_price_from": 0.4},
    "pan-ctx-best": {"area_price": 0.05, "area_price_from": 0.4},
}
"""What standard networks with gates pay for what stays open, and how they meet it."""


def digit_recipe(kind: str, model: str, preset: str) -> Recipe:
    """The recipe of a network for scenes of digits.

    Args:
        kind: One of `KINDS`.
        model: One of `MODELS`.
        preset: `quick`, `standard` or `paper`.
    """
    base = Recipe(kind, model, preset=preset)
    if model in GATES:
        base = replace(base, gates=GATES[model], context_radius=CONTEXT_RADIUS.get(model, 0))
    if model == "pan-ctx-best":
        base = replace(base, hidden=64, wide_context=True)
    return {"quick": _quick, "standard": _standard, "paper": _paper}[preset](base)


def _standard(base: Recipe) -> Recipe:
    first, then = STANDARD_QUESTIONS[base.model]
    recipe = replace(base, questions=first if base.kind == "mref" else then, start=_start(base.kind, base.model))
    if base.gates or base.model == "stn-s":
        recipe = replace(recipe, answer_weight=0.5)
    return replace(recipe, **STANDARD_PRICES.get(base.model, {}))


def _start(kind: str, model: str) -> str:
    """From nothing, photographs keep every network at the level of the query-blind for long.

    PAN and PAN-CTX take over weights of the same kind: behind gates that were learnt on black PAN was 80 % right on
    photographs, from SAN's trunk there 94 %.
    """
    if model in ("pan", "pan-ctx"):
        return f"{kind}/{TRUNK_OF[model]}"
    if kind == "mref":
        return f"mref/{TRUNK_OF[model]}" if model in TRUNK_OF else ""
    return f"mref/{model}"


def _quick(base: Recipe) -> Recipe:
    recipe = replace(base, scenes=6_000, questions=120_000, epoch_questions=10_000, validation_scenes=200)
    if base.gates:  # without the gate at pool 1 it is three times as fast
        gates = tuple(gate for gate in base.gates if gate > 1)
        recipe = replace(recipe, gates=gates, answer_weight=0.5, area_price=0.05, area_price_from=2 / 3)
    return recipe


def _paper(base: Recipe) -> Recipe:
    literal: dict[str, Any] = {
        "normalize": False, "questions_per_image": 1, "images_per_batch": 100, "questions": 240_000,
    }  # fmt: skip
    return replace(base, **literal, gate_bias=3.0 if base.gates else 0.0)  # three gates at 0.5 shrink f eightfold
