"""One training of a study, and the networks and data sets of the studies."""

from __future__ import annotations

from dataclasses import dataclass

from pan.recipes.recipe import Recipe

COMPARED = ("pan-ctx", "san", "han")


@dataclass(frozen=True)
class Trial:
    """One training of a study.

    Attributes:
        study: The study.
        variant: The name of the variant, the same for every network.
        says: A description of the variant.
        recipe: The recipe; its `start` is a shipped checkpoint or empty.
        after: Name of the study's trial whose weights it starts from; empty for none.
    """

    study: str
    variant: str
    says: str
    recipe: Recipe
    after: str = ""

    @property
    def name(self) -> str:
        """The name of its run and its record, such as `ablation-mref-pan-ctx-no-padding`."""
        return trial_name(self.study, self.recipe.kind, self.recipe.model, self.variant)


def trial_name(study: str, kind: str, model: str, variant: str) -> str:
    """The name of a run and its record."""
    return f"{study}-{kind}-{model}-{variant}"
