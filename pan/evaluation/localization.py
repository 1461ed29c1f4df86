"""Where attention lies: on the queried object, on the image's other objects, or elsewhere."""

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
        whole: All of it.
        target: On the queried object.
        objects: On the image's objects together, the target among them.
    """

    whole: Float[Tensor, "B Q"]
    target: Float[Tensor, "B Q"]
    objects: Float[Tensor, "B Q"]


class Localization:
    """Holds the maps of B images' questions against the objects of the images: a sum is a matrix product.

    Args:
        masks: The object of each question.
        real: Which questions are not padding, which repeats others of the image.
        objects: All objects of the images, some at a time; those of the questions themselves, if it is left out.
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
        """Which questions have a mask."""
        return self._sizes > 0

    def masses(self, maps: Float[Tensor, "B Q S S"]) -> Masses:
        """How much of each map lies where."""
        pixels = maps.flatten(2)
        masses = pixels @ self._weights.transpose(1, 2)
        return Masses(pixels.sum(2), masses.diagonal(dim1=1, dim2=2), masses[..., -1])

    def target_share(self, masses: Masses) -> Float[Tensor, "B Q"]:
        """TPR: the share of the whole map that lies on the target; NaN where there is no mask, 0 for an empty map."""
        return self._known(masses.target / masses.whole.clamp_min(torch.finfo(masses.whole.dtype).tiny))

    def means(self, masses: Masses) -> Float[Tensor, "3 B Q"]:
        """Mean of each map on the target, on other objects and elsewhere; NaN where there are no such pixels."""
        elsewhere = self._weights.shape[2] - self._together
        return torch.stack([
            self._known(masses.target / self._sizes),
            self._known(_mean(masses.objects - masses.target, self._together - self._sizes)),
            self._known(_mean(masses.whole - masses.objects, elsewhere)),
        ])  # fmt: skip

    def on_others(self, maps: Float[Tensor, "B Q S S"], masses: Masses) -> Float[Tensor, "2 B Q"]:
        """The share of each map on an average smaller and an average larger object; NaN where there is none."""
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
    """NaN where there are no pixels: a difference of two sums is not quite 0 there."""
    return torch.where(pixels > 0, mass / pixels, torch.nan)
