"""Receptive fields and positions of the cells of a feature map, and maps drawn in the image by either."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from jaxtyping import Float, Int, Shaped

from pan.recipes.trunk_shapes import PLAIN, TRUNKS


@dataclass(frozen=True)
class ReceptiveField:
    """The pixels that cell i of a map depends on, along one axis: [start + stride·i, start + stride·i + size).

    Attributes:
        size: Side of a cell's receptive field in pixels.
        stride: Pixels between neighbouring cells.
        start: First pixel of cell 0; negative with padding.
    """

    size: int = 1
    stride: int = 1
    start: int = 0

    def convolved(self, kernel: int, *, padding: int) -> ReceptiveField:
        """The field after a convolution with stride 1."""
        return ReceptiveField(
            self.size + (kernel - 1) * self.stride, self.stride, self.start - padding * self.stride
        )

    def pooled(self, window: int = 2) -> ReceptiveField:
        """The field after a pooling with stride equal to its window."""
        return ReceptiveField(self.size + (window - 1) * self.stride, self.stride * window, self.start)

    def with_context(self, radius: int) -> ReceptiveField:
        """The field of the attention at a cell, whose context includes the cells up to `radius` away (Eq. 5)."""
        return ReceptiveField(self.size + 2 * radius * self.stride, self.stride, self.start - radius * self.stride)

    def centre(self, cell: float) -> float:
        """Centre of a cell in pixels from the image's edge; the centre of the first pixel is 0.5."""
        return self.start + self.stride * cell + self.size / 2

    def pixels(self, cell: int) -> tuple[int, int]:
        """First pixel of a cell's field and the one after its last; both may lie outside the image."""
        first = self.start + self.stride * cell
        return first, first + self.size

    def extent(self, cell: int, cells: int = 1) -> tuple[float, float]:
        """The pixels nearest to a cell's centre, from the image's edge; `cells` counts cells from this one on.

        Cells lie side by side. They may extend outside the image, or leave its edges uncovered.
        """
        first = self.centre(float(cell)) - self.stride / 2
        return first, first + cells * self.stride

    def cells_at(self, places: Float[np.ndarray, "*n"]) -> Int[np.ndarray, "*n"]:
        """Indices of the cells at positions of the image in pixels; they may exceed the map."""
        cells: Int[np.ndarray, "*n"] = np.floor((places - self.extent(0)[0]) / self.stride).astype(np.intp)
        return cells


def of_pool(pool: int, *, padding: int, trunk: str = "plain") -> ReceptiveField:
    """The field after a stage with its pooling (Fig. 5a, 9a).

    Args:
        pool: Number of the stage, from 1: of VGG-16, stage 1 ends with pool3.
        padding: Padding of the plain trunk's convolutions; VGG's have 1.
        trunk: A key of `TRUNKS`.
    """
    field = ReceptiveField()
    for blocks in TRUNKS[trunk][:pool]:
        for block in blocks:
            for _ in range(block.convolutions):
                field = field.convolved(3, padding=padding if trunk in PLAIN else 1)
            field = field.pooled()
    return field


def spread(
    cells: Float[np.ndarray, "*maps h w"], field: ReceptiveField, size: int
) -> Float[np.ndarray, "*maps size size"]:
    """Maps in the image: each pixel is the mean of the cells whose field includes it (Fig. 7b), or 0."""
    height, width = cells.shape[-2:]
    rows, columns = _sees(height, field, size), _sees(width, field, size)
    seen = rows.sum(0)[:, None] * columns.sum(0)
    spread_out: Float[np.ndarray, "*maps size size"] = rows.T @ cells @ columns / np.maximum(seen, 1)
    return spread_out.astype(np.float32)


def _sees(cells: int, field: ReceptiveField, size: int) -> Float[np.ndarray, "cells size"]:
    """1 if a cell's field includes a pixel, along one axis; a box is the product of its two sides."""
    first = field.start + field.stride * np.arange(cells)[:, None]
    pixels = np.arange(size)
    return ((pixels >= first) & (pixels < first + field.size)).astype(np.float32)


def tile(
    cells: Shaped[np.ndarray, "h w *channels"], field: ReceptiveField, size: int
) -> Shaped[np.ndarray, "size size *channels"]:
    """A map in the image, cell by cell: each pixel has the value of the cell at its position, or 0."""
    numbers = field.cells_at(np.arange(size) + 0.5)
    tiled = np.zeros((size, size, *cells.shape[2:]), cells.dtype)
    down, across = ((numbers >= 0) & (numbers < side) for side in cells.shape[:2])
    tiled[np.ix_(down, across)] = cells[np.ix_(numbers[down], numbers[across])]
    return tiled


def mean_by_cell(
    pixels: Float[np.ndarray, "size size"], field: ReceptiveField, shape: tuple[int, int]
) -> Float[np.ndarray, "h w"]:
    """The mean of the pixels at which each cell of a map lies, 0 for a cell outside the image."""
    numbers = field.cells_at(np.arange(len(pixels)) + 0.5)
    rows, columns = ((numbers == np.arange(side)[:, None]).astype(np.float32) for side in shape)
    means: Float[np.ndarray, "h w"] = rows @ pixels @ columns.T / np.maximum(np.outer(rows.sum(1), columns.sum(1)), 1)
    return means
