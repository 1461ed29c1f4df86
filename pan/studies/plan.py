"""The studies by name, and their trainings.

`ablation`
    What each part of a recipe contributes (`pan.studies.ablation`).
`seeds`
    PAN-CTX, SAN and HAN on MREF under `standard` with three seeds of the scenes, the order of questions and the initial
    weights.
`paper`, `authors`, `scenes`
    Whether the paper's Table 1 can be reproduced, and under which conditions (`pan.studies.reproduction`).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace

from pan.recipes.by_name import find_recipe
from pan.recipes.digits import KINDS
from pan.recipes.paper_numbers import PAPER_ORDER
from pan.studies import reproduction
from pan.studies.ablation import ablation
from pan.studies.trial import COMPARED, Trial
from pan.system.errors import InputError

SEEDS = (0, 1, 2)


def _seeds() -> list[Trial]:
    return [
        Trial("seeds", f"seed-{seed}", f"seed {seed}", find_recipe(f"mref/{model}", "standard").with_fields(seed=seed))
        for seed in SEEDS
        for model in COMPARED
    ]


PLANS: Mapping[str, Callable[[], list[Trial]]] = {
    "ablation": ablation, "seeds": _seeds, "paper": reproduction.paper, "authors": reproduction.authors,
    "scenes": reproduction.scenes,
}  # fmt: skip
STUDIES = tuple(PLANS)


def plan(
    study: str, *, questions: int | None = None, kinds: Sequence[str] = (), models: Sequence[str] = ()
) -> tuple[Trial, ...]:
    """The trainings of a study, each after the one whose weights it starts from.

    Args:
        study: One of `STUDIES`.
        questions: A budget for every training, in place of the study's own.
        kinds: Only these data sets, and the trainings that these start from; empty for all.
        models: Only these networks; empty for all.

    Raises:
        InputError: If there is no such study, or no training matches.
    """
    if study not in STUDIES:
        raise InputError(f"there is no study “{study}”; choose one of {', '.join(STUDIES)}.")
    trials = PLANS[study]()
    if questions is not None:
        trials = [replace(trial, recipe=trial.recipe.with_fields(questions=questions)) for trial in trials]
    chosen = [trial for trial in trials if trial.recipe.kind in (kinds or KINDS)
              and trial.recipe.model in (models or PAPER_ORDER)]  # fmt: skip
    if not chosen:
        raise InputError(f"the study {study} has no training of these networks on these kinds of data.")
    needed = {trial.name for trial in chosen} | {trial.after for trial in chosen}
    return tuple(trial for trial in trials if trial.name in needed)
