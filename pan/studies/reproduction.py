"""Studies on the reproduction of the paper's Table 1.

`paper`
    The paper's literal text, from random weights: all six networks on MREF, three of them on MDIST and MBG.
`authors`
    The training of the released code, where the 30,000 training examples are all questions about 4,270 scenes: all
    networks of Table 1 on MDIST, three of them on MREF and MBG. They run for 40 of its 300 epochs; the learning rate
    is halved once in them, at epoch 31.
`scenes`
    The same training of SAN, HAN and PAN-CTX on MDIST with more and fewer scenes and the same number of questions.
"""

from __future__ import annotations

from pan.recipes.by_name import find_recipe
from pan.recipes.digits import KINDS
from pan.recipes.paper_numbers import PAPER_ORDER
from pan.recipes.recipe import Recipe
from pan.studies.trial import COMPARED, Trial

EPOCHS = 40
"""Of the released code's 300: SAN does not improve after 15."""
SCENES = (1_000, 4_270, 30_000, 80_000)


def paper() -> list[Trial]:
    """Trainings by the paper's literal text."""
    return [
        Trial("paper", "literal", "the literal text", find_recipe(f"{kind}/{model}", "paper"))
        for kind in KINDS
        for model in (PAPER_ORDER if kind == "mref" else COMPARED)
    ]


def authors() -> list[Trial]:
    """Trainings as in the released code, MDIST first."""
    return [
        Trial("authors", f"{EPOCHS}-epochs", f"the authors' regime for {EPOCHS} epochs", _regime(kind, model))
        for kind in ("mdist", "mref", "mbg")
        for model in (PAPER_ORDER if kind == "mdist" else COMPARED)
    ]


def scenes() -> list[Trial]:
    """Trainings with different numbers of scenes and the same number of questions."""
    return [
        Trial("scenes", f"{count}-scenes", f"{count:,} scenes", _regime("mdist", model).with_fields(scenes=count))
        for count in SCENES
        for model in COMPARED
    ]


def _regime(kind: str, model: str) -> Recipe:
    recipe = find_recipe(f"{kind}/{model}", "authors")
    return recipe.with_fields(questions=EPOCHS * recipe.optimization.epoch_questions)
