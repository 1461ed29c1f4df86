"""One training of a study, and which networks and data studies are about."""

from __future__ import annotations

from dataclasses import dataclass

from pan.recipes.recipe import Recipe

COMPARED = ("pan-ctx", "san", "han")
PAPER_NETWORKS = ("stn-s", "stn-m", "san", "han", "pan", "pan-ctx")
KINDS = ("mref", "mdist", "mbg")


@dataclass(frozen=True)
class Trial:
    """One training of a study.

    Attributes:
        study: The study.
        variant: What it is compared as, the same word for every network.
        says: The same for a reader.
        recipe: What is trained; its `start` is a shipped checkpoint or empty.
        after: Name of the study's trial whose weights it starts from; empty for none.
    """

    study: str
    variant: str
    says: str
    recipe: Recipe
    after: str = ""

    @property
    def name(self) -> str:
        """Of its run and its record, such as `ablation-mref-pan-ctx-no-padding`."""
        return trial_name(self.study, self.recipe.kind, self.recipe.model, self.variant)


def trial_name(study: str, kind: str, model: str, variant: str) -> str:
    """Of a run and its record."""
    return f"{study}-{kind}-{model}-{variant}"
