"""Attention maps as a .npz file for other programs, without pickled objects."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import numpy as np

from pan.explaining.explain import Explanation
from pan.system.files import write_whole

SUFFIX = ".npz"


def save_maps(path: Path, explanations: Sequence[Explanation]) -> None:
    """Write the maps and answers of several networks for one question.

    The keys for a checkpoint `m` and a layer `k` (`att1` to `att4`) are `m/k/attention` at the layer's resolution,
    `m/k/accumulated` at the network's input size, not rescaled, and `m/k/probabilities` if the layer answers.
    `m/answers` and `m/probabilities` have the same order. `m/surgery` describes changed attention in words.

    Raises:
        InputError: If the file cannot be written.
    """
    arrays: dict[str, np.ndarray] = {}
    for explanation in explanations:
        name = explanation.checkpoint
        arrays[f"{name}/answers"] = np.array(explanation.answers)
        arrays[f"{name}/probabilities"] = explanation.probabilities
        if explanation.surgery:
            arrays[f"{name}/surgery"] = np.array(explanation.surgery.in_words())
        for layer in explanation.layers:
            arrays[f"{name}/{layer.name}/attention"] = layer.attention
            arrays[f"{name}/{layer.name}/accumulated"] = layer.accumulated
            if layer.probabilities is not None:
                arrays[f"{name}/{layer.name}/probabilities"] = layer.probabilities

    def write(beside: Path) -> None:
        with beside.open("wb") as file:  # to a path, savez would add a suffix
            np.savez_compressed(file, **arrays)  # type: ignore[arg-type]

    write_whole(path, write)
