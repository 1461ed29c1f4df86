"""The stage after a gate, for all questions about an image at once, in float32 on a CPU.

The gate multiplies the features f of an image by the attention α of each question (Eq. 1). A 3×3 convolution follows
(Eq. 3), which is a sum over the nine offsets k of its kernel W: Σ_k W_k (α f)(x + k) = Σ_k α(x + k) (W_k f)(x + k). The
products W_k f do not depend on the question and are computed once. For seven questions and 32 channels this takes a
sixth of the multiplications.
"""

from __future__ import annotations

from itertools import product
from typing import Any

import torch
from jaxtyping import Float
from torch import Tensor, nn
from torch.autograd import Function
from torch.nn import functional

from pan.models.trunks.running_statistics import keep_statistics


def saves_time(
    attention: Float[Tensor, "B Q H W"], features: Float[Tensor, "B P C H W"], norm: nn.Module
) -> bool:
    """Whether several questions share the features, in float32 on a CPU.

    In bfloat16 and on a GPU, one large convolution is as fast or faster. A BatchNorm that is synchronised between
    processes needs the maps themselves.
    """
    on_cpu = features.device.type == "cpu" and features.dtype == torch.float32
    return on_cpu and features.shape[1] < attention.shape[1] and type(norm) in (nn.BatchNorm2d, nn.Identity)


def gated_stage(
    attention: Float[Tensor, "B Q H W"],
    features: Float[Tensor, "B 1 C H W"],
    norm: nn.BatchNorm2d | nn.Identity,
    conv: nn.Conv2d,
) -> Float[Tensor, "B Q C2 H2 W2"]:
    """ReLU of the 2×2 max pooling of `conv(norm(α f))`.

    Args:
        attention: α of each question.
        features: f, the same for all questions.
        norm: Normalisation of α f.
        conv: A 3×3 convolution.
    """
    alpha, cells = attention.movedim(1, -1), features[:, 0].movedim(1, -1)  # B H W Q, B H W C
    scale, shift = _affine(norm, alpha, cells)
    kernel = conv.weight.permute(2, 3, 1, 0).flatten(0, 1) * scale[:, None]  # 9 C C2
    padding, (height, width) = int(conv.padding[0]), cells.shape[1:3]
    row = width + 2 * padding
    border = (0, 0, padding, padding, padding, padding + 1)  # one more row: the last cells have neighbours after it
    ground = functional.conv2d(shift[:, None, None].expand(-1, height, width), conv.weight, conv.bias, padding=padding)
    maps: Tensor = _GatedConvolution.apply(
        functional.pad(alpha, border).flatten(1, 2), functional.pad(cells, border).flatten(1, 2), kernel,
        functional.pad(ground.movedim(0, -1), (0, 0, 0, 2)).flatten(0, 1), row)
    # The maps of all questions are pooled as channels of one map, with two meaningless columns at its right.
    together = maps.view(len(cells), -1, row, maps.shape[2] * maps.shape[3]).movedim(-1, 1)
    pooled = functional.max_pool2d(together, 2).movedim(1, -1)[:, :, : (row - 2) // 2]
    apart = pooled.view(*pooled.shape[:3], *maps.shape[2:]).movedim(3, 1).contiguous()  # B Q H2 W2 C2
    return apart.relu_().movedim(-1, 2)


def _affine(
    norm: nn.BatchNorm2d | nn.Identity, alpha: Float[Tensor, "B H W Q"], cells: Float[Tensor, "B H W C"]
) -> tuple[Float[Tensor, " C"], Float[Tensor, " C"]]:
    """The normalisation of α f as a factor and a summand for each channel."""
    if isinstance(norm, nn.Identity):
        return cells.new_ones(cells.shape[-1]), cells.new_zeros(cells.shape[-1])
    mean, variance = norm.get_buffer("running_mean"), norm.get_buffer("running_var")
    if norm.training:
        count = alpha.numel()
        mean = (cells * alpha.sum(-1, keepdim=True)).sum((0, 1, 2)) / count
        square = (cells.square() * alpha.square().sum(-1, keepdim=True)).sum((0, 1, 2)) / count
        variance = (square - mean.square()).clamp_min(0)
        keep_statistics(norm, mean, variance, count)
    scale = norm.weight * (variance + norm.eps).rsqrt()
    return scale, norm.bias - mean * scale


class _GatedConvolution(Function):
    """g(x) + Σ_k α(x + k) (W_k f)(x + k) of maps whose rows are joined; g is the part that no question changes.

    In joined rows with a border, an offset of the kernel is one distance for all cells. The results for the border are
    meaningless. Images are computed one by one, so that one image fits in the cache.
    """

    @staticmethod
    def forward(
        context: Any,  # noqa: ANN401 - torch's context has no type
        alpha: Float[Tensor, "B P Q"],
        cells: Float[Tensor, "B P C"],
        kernel: Float[Tensor, "9 C C2"],
        ground: Float[Tensor, "N C2"],
        row: int,
    ) -> Float[Tensor, "B N Q C2"]:
        places = _places(row, len(ground))
        around = alpha.new_ones(len(alpha), len(ground), alpha.shape[2], 10)  # α(x + k), and 1 for g
        products = cells.new_empty(len(cells), len(ground), 10, kernel.shape[2])  # (W_k f)(x + k), and g
        products[:, :, 9] = ground
        maps = cells.new_empty(len(cells), len(ground), alpha.shape[2], kernel.shape[2])
        for image in range(len(maps)):
            for k, place in enumerate(places):
                around[image, ..., k] = alpha[image, place]
                torch.mm(cells[image, place], kernel[k], out=products[image, :, k])
            torch.bmm(around[image], products[image], out=maps[image])
        context.save_for_backward(cells, kernel, around, products)
        context.places = places
        return maps

    @staticmethod
    def backward(context: Any, gradient: Float[Tensor, "B N Q C2"]) -> tuple[Tensor | None, ...]:  # noqa: ANN401
        cells, kernel, around, products = context.saved_tensors
        of_alpha = around.new_zeros(*cells.shape[:2], around.shape[2])
        of_cells, of_kernel = torch.zeros_like(cells), torch.zeros_like(kernel)
        of_ground = torch.zeros_like(products[0, :, 9])
        for image, of_maps in enumerate(gradient):
            of_around, of_products = of_maps @ products[image].mT, around[image].mT @ of_maps
            for k, place in enumerate(context.places):
                of_alpha[image, place] += of_around[..., k]
                of_cells[image, place].addmm_(of_products[:, k], kernel[k].T)
                of_kernel[k].addmm_(cells[image, place].T, of_products[:, k])
            of_ground += of_products[:, 9]
        return of_alpha, of_cells, of_kernel, of_ground, None


def _places(row: int, count: int) -> list[slice]:
    """The neighbours of all cells at each offset of the kernel."""
    offsets = [down * row + right for down, right in product(range(3), repeat=2)]
    return [slice(offset, offset + count) for offset in offsets]
