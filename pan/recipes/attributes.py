"""Recipes for Table 2: attributes of objects in photographs, with VGG-16 or a small trunk of the same structure."""

from __future__ import annotations

from typing import Any

from pan.recipes.recipe import Recipe

ATTRIBUTE_KINDS = ("vg-tiny", "vg")
"""Attributes of objects in photographs: composed ones, and those of Visual Genome."""

MODELS = ("pan-ctx", "san", "han", "pan-ctx-prior", "san-prior", "han-prior")
"""The networks of Table 2; the last three have the object-class prior."""

ATTRIBUTE_RECIPES = tuple(f"{kind}/{model}" for kind in ATTRIBUTE_KINDS for model in MODELS)

VGG: dict[str, Any] = {
    "trunk": "vgg-16", "image_size": 224, "channels": 64, "hidden": 512, "normalize": False, "weights": "imagenet",
    "images_per_batch": 16, "questions_per_image": 4, "learning_rate": 1e-4, "weight_decay": 5e-4,
}  # fmt: skip
"""All layers are fine-tuned, at a learning rate that keeps the ImageNet features."""

TINY: dict[str, Any] = {
    "trunk": "vgg-tiny", "image_size": 96, "channels": 16, "hidden": 32, "questions_per_image": 4,
    "images_per_batch": 16,
}  # fmt: skip

BUDGETS: dict[tuple[str, str], dict[str, Any]] = {
    ("vg", "standard"): {"questions": 3_000_000, "epoch_questions": 150_000},
    ("vg", "paper"): {"questions": 3_000_000, "epoch_questions": 150_000, "questions_per_image": 1,
                      "images_per_batch": 32},
    ("vg", "quick"): {"questions": 60_000, "epoch_questions": 20_000},
    ("vg-tiny", "standard"): {"scenes": 12_000, "questions": 300_000, "epoch_questions": 30_000},
    ("vg-tiny", "paper"): {"scenes": 12_000, "questions": 300_000, "epoch_questions": 30_000, "normalize": False,
                           "questions_per_image": 1, "images_per_batch": 64},
    ("vg-tiny", "quick"): {"scenes": 4_000, "validation_scenes": 200, "questions": 60_000, "epoch_questions": 6_000},
}  # fmt: skip

OPEN_AT_FIRST: dict[str, Any] = {"answer_weight": 0.5, "covering": 12.0, "gate_bias": 3.0, "covering_from": 0.3}
"""Gates start open, and the covering term starts after 30 % of the steps.

Until then the network learns as one without gates. If no single cell shows the answer (the shape of the red object),
gates that start half open pass too little signal: accuracy is 82 % after 100,000 questions, against 99 % after 80,000
with open gates. With a weight of 4 the covering term covers 61 % of a shape on noise, with 12 it covers 79 %.
"""


def attribute_recipe(kind: str, model: str, preset: str) -> Recipe:
    """The recipe of one of the networks in a preset.

    Args:
        kind: `vg` or `vg-tiny`.
        model: One of `MODELS`.
        preset: `paper` for the literal text; `standard` and `quick` with gate classifiers and the covering term.
    """
    base = Recipe(kind, model, preset=preset)
    recipe = base.with_fields(**{**(VGG if kind == "vg" else TINY), **BUDGETS[kind, preset]})
    if not model.startswith("pan"):
        return recipe
    recipe = recipe.with_fields(gates=(1, 2), context_radius=3 if kind == "vg" else 1)
    if preset == "paper":
        return recipe.with_fields(gate_bias=3.0)  # without normalisation, half-open gates pass too little signal
    return recipe.with_fields(strictness=(1.0, 1.0), **OPEN_AT_FIRST)
