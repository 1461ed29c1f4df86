"""The ablation study: what each part of a recipe contributes.

PAN-CTX, SAN and HAN are trained with the same short budget, under `quick` with more scenes. Each variant changes one
thing: no normalisation, no padding, one fixed question an image (with as many questions in a batch), float32 (no change
on a device without bfloat16), or other initial weights. PAN-CTX has gates at pools 2 and 3 here; its further variants
are no covering term, no gate classifiers, another gate at pool 1, a wide context at the lowest gate, and the last two
together.

On MREF, training starts from random weights; the variant `other-start` starts from the shipped SAN (SAN from the
shipped HAN). On MBG, training starts from the weights of the same variant on MREF; `other-start` is random there.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from pan.recipes.by_name import find_recipe
from pan.recipes.recipe import Recipe
from pan.studies.trial import COMPARED, Trial, trial_name

ABLATION_KINDS = ("mref", "mbg")
ABLATION_QUESTIONS, ABLATION_SCENES = 120_000, 12_000
WARM_START = {"pan-ctx": "mref/san", "han": "mref/san", "san": "mref/han"}

BASE, STARTED_OTHERWISE = "standard", "other-start"


@dataclass(frozen=True)
class Variant:
    """A variant of the ablation.

    Attributes:
        name: Its name in the names of runs.
        says: The change, in words.
        changes: The fields of the recipe that it sets.
        gated: Whether it applies only to networks with gates.
        kinds: The data sets that it is trained on.
    """

    name: str
    says: str
    changes: Mapping[str, Any]
    gated: bool = False
    kinds: Sequence[str] = ABLATION_KINDS


UNCOVERED = {"covering": 0.0, "strictness": ()}

VARIANTS = (
    Variant(BASE, "nothing changed", {}),
    Variant("no-normalisation", "no normalisation", {"normalize": False}),
    Variant("no-padding", "no padding", {"padding": 0}),
    Variant("float32", "computed in float32 throughout", {"precision": "float32"}, kinds=("mref",)),
    Variant("no-answers", "gates do not answer, nor cover", {"answer_weight": 0.0, **UNCOVERED}, gated=True),
    Variant("no-covering", "no covering term", UNCOVERED, gated=True),
    Variant("pool-1", "a gate at pool 1 too", {"gates": (1, 2, 3)}, gated=True, kinds=("mref",)),
    Variant("wide-context", "a wide context at the lowest gate", {"wide_context": True}, gated=True),
    Variant("wide-pool-1", "a gate at pool 1, with a wide context", {"gates": (1, 2, 3), "wide_context": True},
            gated=True, kinds=("mref",)),
    Variant("one-question", "one fixed question an image", {"questions_per_image": 1}),
)
STARTS = {"mref": "started from a trained SAN (SAN: HAN)", "mbg": "started from nothing"}


def ablation() -> list[Trial]:
    """The trainings, each after the one whose weights it starts from."""
    return [
        trial
        for kind in ABLATION_KINDS
        for model in COMPARED
        for trial in (*_variants(kind, model), _started_otherwise(kind, model))
    ]


def _variants(kind: str, model: str) -> Iterable[Trial]:
    base = _base(kind, model)
    for variant in VARIANTS:
        if kind not in variant.kinds or (variant.gated and not base.network.gates):
            continue
        recipe = base.with_fields(**variant.changes)
        if recipe.data.questions_per_image == 1:  # keep the number of questions in a batch
            recipe = recipe.with_fields(images_per_batch=base.data.batch_questions)
        after = "" if kind == "mref" else trial_name("ablation", "mref", model, variant.name)
        yield Trial("ablation", variant.name, variant.says, recipe, after)


def _started_otherwise(kind: str, model: str) -> Trial:
    start = WARM_START[model] if kind == "mref" else ""
    return Trial("ablation", STARTED_OTHERWISE, STARTS[kind], _base(kind, model).with_fields(start=start))


def _base(kind: str, model: str) -> Recipe:
    return find_recipe(f"{kind}/{model}", "quick").with_fields(questions=ABLATION_QUESTIONS, scenes=ABLATION_SCENES)
