"""How attention was learnt: what a network attended to in one image after every epoch, kept with its run."""

from __future__ import annotations

from pathlib import Path
from zipfile import BadZipFile

import numpy as np

from pan.system.files import write_whole
from pan.training.events import Probe

PROBES = "probes"
"""The folder of a run that holds them: a NumPy archive without objects for each epoch."""


def save_probe(run: Path, probe: Probe) -> None:
    """Write a probe whole, in the place of an earlier one of that epoch.

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
    """The probes up to an epoch, in order; what is no probe is left out."""
    paths = sorted(path for path in (run / PROBES).glob("*.npz") if path.stem.isdecimal() and int(path.stem) <= epochs)
    return tuple(probe for path in paths if (probe := _read_probe(path)) is not None)


def _read_probe(path: Path) -> Probe | None:
    try:
        with path.open("rb") as whole, np.load(whole, allow_pickle=False) as file:
            return Probe(
                int(path.stem), file["image"], str(file["query"]), str(file["answer"]), str(file["predicted"]),
                tuple(map(str, file["layers"])), file["accumulated"],
            )  # fmt: skip
    except (OSError, ValueError, KeyError, EOFError, BadZipFile):
        return None
