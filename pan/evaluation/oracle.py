"""Measures of an oracle's maps: the upper bound for a layer's resolution, and the loss by resizing maps as tiles."""

from __future__ import annotations

from collections.abc import Generator
from typing import NamedTuple

import numpy as np
import torch
from jaxtyping import Bool, Float
from torch import Tensor
from torch.nn.functional import interpolate

from pan.attention.maps import sample, true_positive_ratio
from pan.data.questions import Questions
from pan.evaluation.covering import Ranking
from pan.models.geometry import ReceptiveField, of_pool
from pan.recipes.trunk_shapes import TRUNKS

AT_ONCE = 256  # masks in memory


class OracleScores(NamedTuple):
    """Means over questions; None if no map has an open cell.

    Attributes:
        tpr: Share of the map on the object.
        pxap: Pixel average precision of the map.
    """

    tpr: float | None
    pxap: float | None


class Oracle(NamedTuple):
    """The oracle's maps at one pool.

    Attributes:
        padding: Padding of the trunk's convolutions.
        pool: Number of the pool, from 1.
        cells: Height and width of the map.
        open: Share of the questions whose map has an open cell; only these count in the scores.
        registered: OracleScores of maps sampled at the centres of cells, as everywhere in this program.
        tiled: OracleScores of maps resized as if cells tiled the image, as in version 0.4.0.
    """

    padding: int
    pool: int
    cells: int
    open: float
    registered: OracleScores
    tiled: OracleScores


def measure_oracle(questions: Questions) -> Generator[int, None, list[Oracle]]:
    """Measure the oracle at every pool of the plain trunk, without and with padding, yielding progress.

    Args:
        questions: A set with masks.
    """
    masks = questions.masks(np.arange(len(questions)))
    masks = masks[masks.any((1, 2))]
    measured: list[Oracle] = []
    for padding in (1, 0):
        side = masks.shape[-1]
        for pool in range(1, len(TRUNKS["plain"]) + 1):
            side = (side - 2 * (1 - padding)) // 2
            measured.append(oracle_at(masks, of_pool(pool, padding=padding), side, padding, pool))
            yield len(measured)
    return measured


def oracle_at(
    masks: Bool[np.ndarray, "N S S"], field: ReceptiveField, cells: int, padding: int, pool: int
) -> Oracle:
    """Measure the oracle on a grid of cells.

    Args:
        masks: The objects.
        field: Position of the cells in the image.
        cells: Height and width of the map.
        padding: Padding, for the result.
        pool: Number of the pool, for the result.
    """
    maps = oracle_maps(masks, field, cells)
    shown = maps.any((1, 2))
    if not shown.any():
        return Oracle(padding, pool, cells, 0.0, OracleScores(None, None), OracleScores(None, None))
    kept, on = torch.from_numpy(maps[shown].astype(np.float32)), torch.from_numpy(masks[shown])
    size = masks.shape[-1]
    scores: list[list[tuple[Float[np.ndarray, " n"], Float[np.ndarray, " n"]]]] = [[], []]
    for first in range(0, len(kept), AT_ONCE):
        attention, objects = kept[first : first + AT_ONCE], on[first : first + AT_ONCE]
        tiled = interpolate(attention[None], (size, size), mode="bilinear", align_corners=False)[0]
        for own, resized in zip(scores, (sample(attention, field, size), tiled), strict=True):
            own.append(_score(resized, objects))
    return Oracle(padding, pool, cells, float(shown.mean()), *map(_mean, scores))


def oracle_maps(
    masks: Bool[np.ndarray, "N S S"], field: ReceptiveField, cells: int
) -> Bool[np.ndarray, "N h w"]:
    """Maps that are open exactly at the cells whose centres lie on the object.

    A centre lies between four pixels; it is on the object if two of them are.
    """
    centres = np.array([field.centre(float(cell)) for cell in range(cells)])
    last = masks.shape[-1] - 1
    before, behind = (np.clip(sides, 0, last).astype(int) for sides in (np.ceil(centres) - 1, np.floor(centres)))
    around = [masks[:, rows[:, None], columns] for rows in (before, behind) for columns in (before, behind)]
    is_open: Bool[np.ndarray, "N h w"] = np.sum(around, 0) >= 2
    return is_open


def _score(
    maps: Float[Tensor, "n S S"], masks: Bool[Tensor, "n S S"]
) -> tuple[Float[np.ndarray, " n"], Float[np.ndarray, " n"]]:
    ratio = true_positive_ratio(maps[None], masks[None])[0].numpy()
    return ratio, Ranking(maps.flatten(1).numpy(), masks.flatten(1).numpy()).precision()


def _mean(scores: list[tuple[Float[np.ndarray, " _"], Float[np.ndarray, " _"]]]) -> OracleScores:
    ratio, precision = (np.concatenate(parts) for parts in zip(*scores, strict=True))
    return OracleScores(float(ratio.mean()), float(precision.mean()))
