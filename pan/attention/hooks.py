"""Attention surgery on a network: forward hooks on the modules that turn scores into attention maps."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager

import torch
from jaxtyping import Float
from torch import Tensor, nn

from pan.attention.surgery import LayerEdit, Surgery
from pan.models.network import Network
from pan.models.parts.gate import Gate
from pan.system.errors import InputError

Change = Callable[[Float[Tensor, "B Q H W"], LayerEdit], Float[Tensor, "B Q H W"]]


@contextmanager
def under_surgery(model: Network, surgery: Surgery) -> Iterator[None]:
    """Change the network's attention maps inside this context; later layers see the changed maps.

    The softmax of a gate's own answer gets the closed and open cells too, but not the strength: a gate that is
    weaker everywhere still attends to the same cells.

    Args:
        model: A network of `pan.models`; no other thread may run it meanwhile.
        surgery: The changes.

    Raises:
        InputError: If the network has no attention at one of the layers; or, when the network runs, if a layer does
            not have one of the cells.
    """
    steps = _steps(model)
    if strange := [layer for layer in surgery.edits if layer not in steps]:
        raise InputError(f"there is no attention at {strange[0]} to change; "
                         f"this network attends at {', '.join(steps) or 'no layer'}.")
    with ExitStack() as stack:
        for layer, edit in surgery.edits.items():
            for step, change in steps[layer]:
                stack.enter_context(_changed(step, change, layer, edit))
        yield


def gated(alpha: Float[Tensor, "B Q H W"], edit: LayerEdit) -> Float[Tensor, "B Q H W"]:
    """Apply an edit to a gate's map."""
    return _painted((alpha * edit.strength).clamp(max=1), edit)


def distributed(alpha: Float[Tensor, "B Q H W"], edit: LayerEdit) -> Float[Tensor, "B Q H W"]:
    """Apply an edit to a last layer's map, which still sums to one."""
    weights = _painted((alpha / alpha.amax((-2, -1), keepdim=True)) ** edit.strength, edit)
    total = weights.sum((-2, -1), keepdim=True)
    even = torch.full_like(alpha, 1 / alpha[0, 0].numel())
    return torch.where(total > 0, weights / total.clamp_min(torch.finfo(total.dtype).tiny), even)


def _steps(model: Network) -> dict[str, list[tuple[nn.Module, Change]]]:
    """By layer, the modules that turn scores into a map, and the change for each."""
    return {
        f"att{pool}": [(layer.alpha, gated), (layer.cells, _as_painted)] if isinstance(layer, Gate)
        else [(layer, distributed)]
        for pool, layer in model.attended().items()
    }  # fmt: skip


def _as_painted(alpha: Float[Tensor, "B Q H W"], edit: LayerEdit) -> Float[Tensor, "B Q H W"]:
    return distributed(alpha, LayerEdit(edit.closed, edit.open))


@contextmanager
def _changed(step: nn.Module, change: Change, layer: str, edit: LayerEdit) -> Iterator[None]:
    def hook(_: nn.Module, __: object, alpha: Tensor) -> Tensor:
        _check(alpha, layer, edit)
        return change(alpha, edit)

    handle = step.register_forward_hook(hook)
    try:
        yield
    finally:
        handle.remove()


def _check(alpha: Float[Tensor, "B Q H W"], layer: str, edit: LayerEdit) -> None:
    height, width = alpha.shape[-2:]
    for row, column in edit.closed | edit.open:
        if not (0 <= row < height and 0 <= column < width):
            raise InputError(f"{layer} has {height} × {width} cells and none at row {row}, column {column}; "
                             "undo this change.")


def _painted(alpha: Float[Tensor, "B Q H W"], edit: LayerEdit) -> Float[Tensor, "B Q H W"]:
    painted = alpha.clone()
    for cells, value in ((edit.closed, 0.0), (edit.open, 1.0)):
        if cells:
            rows, columns = torch.tensor(list(cells)).T
            painted[..., rows, columns] = value
    return painted
