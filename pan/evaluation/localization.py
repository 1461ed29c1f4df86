"""The distribution of attention over the queried object, the image's other objects, and the rest."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import NamedTuple

import torch
from jaxtyping import Bool, Float
from torch import Tensor

from pan.evaluation.image_objects import Objects, objects_of


class Masses(NamedTuple):
    """The mass of each map by region.

    Attributes:
        whole: The total mass.
        target: Mass on the queried object.
        objects: Mass on the union of the image's objects, the queried one included.
    """

    whole: Float[Tensor, "B Q"]
    target: Float[Tensor, "B Q"]
    objects: Float[Tensor, "B Q"]


class Localization:
    """Sums of maps over the objects of B images, as matrix products.

    Args:
        masks: The object of each question.
        real: Whether each question is not padding; padding repeats other questions of the image.
        objects: Yields all objects of the images in groups; by default the objects of the questions.
    """

    def __init__(
        self, masks: Bool[Tensor, "B Q S S"], real: Bool[Tensor, "B Q"],
        objects: Callable[[], Iterable[Objects]] | None = None,
    ) -> None:  # fmt: skip
        own = objects_of(masks, real)
        self._objects = objects or (lambda: [own])
        together = torch.stack([each.pixels.amax(1) for each in self._objects()]).amax(0)
        self._weights = torch.cat([own.pixels, together[:, None]], 1)  # B Q+1 pixels
        self._sizes, self._together = own.sizes, together.sum(1, keepdim=True)

    @property
    def shown(self) -> Bool[Tensor, "B Q"]:
        """Whether each question has a mask."""
        return self._sizes > 0

    def masses(self, maps: Float[Tensor, "B Q S S"]) -> Masses:
        """The mass of each map by region."""
        pixels = maps.flatten(2)
        masses = pixels @ self._weights.transpose(1, 2)
        return Masses(pixels.sum(2), masses.diagonal(dim1=1, dim2=2), masses[..., -1])

    def target_share(self, masses: Masses) -> Float[Tensor, "B Q"]:
        """TPR: the share of a map's mass on the queried object; NaN without a mask, 0 for an empty map."""
        return self._known(masses.target / masses.whole.clamp_min(torch.finfo(masses.whole.dtype).tiny))

    def means(self, masses: Masses) -> Float[Tensor, "3 B Q"]:
        """Mean of each map on the queried object, on other objects and elsewhere; NaN if there are no such pixels."""
        elsewhere = self._weights.shape[2] - self._together
        return torch.stack([
            self._known(masses.target / self._sizes),
            self._known(_mean(masses.objects - masses.target, self._together - self._sizes)),
            self._known(_mean(masses.whole - masses.objects, elsewhere)),
        ])  # fmt: skip

    def on_others(self, maps: Float[Tensor, "B Q S S"], masses: Masses) -> Float[Tensor, "2 B Q"]:
        """The share of each map on an average smaller and an average larger object; NaN if there is none."""
        whole = masses.whole.clamp_min(torch.finfo(masses.whole.dtype).tiny)
        sums, counts = torch.zeros(2, 2, *whole.shape, device=whole.device)
        for each in self._objects():
            shares = maps.flatten(2) @ each.pixels.transpose(1, 2) / whole[..., None]
            known = self.shown[:, :, None] * each.questions[:, None, :]
            for side, compare in enumerate((torch.lt, torch.gt)):
                pairs = compare(each.sizes[:, None, :], self._sizes[:, :, None]) * known  # question, other object
                sums[side] += (shares * pairs).sum(2)
                counts[side] += pairs.sum(2)
        means: Float[Tensor, "2 B Q"] = sums / counts
        return means

    def _known(self, values: Float[Tensor, "B Q"]) -> Float[Tensor, "B Q"]:
        return values.masked_fill(~self.shown, torch.nan)


def _mean(mass: Float[Tensor, "B Q"], pixels: Float[Tensor, "B n"]) -> Float[Tensor, "B Q"]:
    """The mean over pixels; NaN without pixels, where rounding leaves a mass that is not exactly 0."""
    return torch.where(pixels > 0, mass / pixels, torch.nan)
