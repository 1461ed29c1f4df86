"""The probes of a run: the network's attention to one image after every epoch."""

from __future__ import annotations

import re
from pathlib import Path

import numpy as np

from pan.system.arrays_file import Array, read_arrays
from pan.system.files import write_whole
from pan.training.events import Probe

PROBES = "probes"
"""The folder of the probes in a run, with an .npz file without pickled objects for each epoch."""

EPOCH = re.compile(r"[0-9]{4,9}")
"""The name of a probe's file."""
WORD = Array("U", 0)
ARRAYS = {"image": Array("u", 3), "accumulated": Array("f", 3), "layers": Array("U", 1),
          "query": WORD, "answer": WORD, "predicted": WORD}  # fmt: skip


def save_probe(run: Path, probe: Probe) -> None:
    """Write a probe; an earlier one of the same epoch is replaced.

    Raises:
        InputError: If it cannot be written.
    """
    def write(beside: Path) -> None:
        np.savez_compressed(
            beside, image=probe.image, accumulated=probe.accumulated, layers=np.array(probe.layers, dtype=np.str_),
            query=probe.query, answer=probe.answer, predicted=probe.predicted,
        )  # fmt: skip

    write_whole(run / PROBES / f"{probe.epoch:04d}.npz", write)


def read_probes(run: Path, epochs: int) -> tuple[Probe, ...]:
    """Read the probes up to an epoch, in order; invalid files are left out."""
    named = (path for path in (run / PROBES).glob("*.npz") if EPOCH.fullmatch(path.stem))
    paths = sorted(path for path in named if int(path.stem) <= epochs)
    return tuple(probe for path in paths if (probe := _read_probe(path)) is not None)


def _read_probe(path: Path) -> Probe | None:
    try:
        file = read_arrays(path, ARRAYS)
    except (OSError, ValueError):
        return None
    image, layers, accumulated = file["image"], tuple(map(str, file["layers"])), file["accumulated"]
    height, width, channels = image.shape
    if channels != 3 or accumulated.shape != (len(layers), height, width):
        return None
    return Probe(int(path.stem), image, str(file["query"]), str(file["answer"]), str(file["predicted"]), layers,
                 accumulated)  # fmt: skip
