"""Untrusted .npz files: the headers are checked and the sizes bounded before an array is read."""

from __future__ import annotations

import zipfile
from collections.abc import Mapping
from pathlib import Path
from typing import NamedTuple

import numpy as np
from jaxtyping import Shaped

from pan.system.outside import open_bytes
from pan.system.quiet import no_warnings

MOST_BYTES = 2 * 2**30
"""Upper bound of the unpacked size of all arrays together."""
MOST_MEMBERS = 1_000
COMPRESSIONS = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
"""The ones that NumPy writes."""


class Array(NamedTuple):
    """The type and rank that an array must have.

    Attributes:
        kinds: NumPy's `dtype.kind` letters that are allowed: `f`, `u`, `i`, `b`, `U`.
        dimensions: The number of dimensions.
    """

    kinds: str
    dimensions: int


def read_arrays(path: Path, wanted: Mapping[str, Array]) -> dict[str, Shaped[np.ndarray, ...]]:
    """Read the wanted arrays; other arrays of the file are ignored.

    Raises:
        OSError: If the file cannot be read.
        ValueError: If the file is no .npz archive, damaged or too large, or an array is missing or of another type.
    """
    try:
        with no_warnings(), open_bytes(path) as file, zipfile.ZipFile(file) as archive:
            return _read_all(archive, wanted)
    except (OSError, ValueError):
        raise
    except Exception as error:  # readers of damaged archives and headers raise errors of any type
        raise ValueError(f"it is damaged ({error})") from error


def _read_all(archive: zipfile.ZipFile, wanted: Mapping[str, Array]) -> dict[str, Shaped[np.ndarray, ...]]:
    members = {info.filename: info for info in archive.infolist()}
    if len(members) > MOST_MEMBERS or sum(info.file_size for info in members.values()) > MOST_BYTES:
        raise ValueError(f"it unpacks to more than {MOST_BYTES >> 30} GB")
    return {name: _read(archive, members.get(f"{name}.npy"), name, array) for name, array in wanted.items()}


def _read(
    archive: zipfile.ZipFile, member: zipfile.ZipInfo | None, name: str, wanted: Array
) -> Shaped[np.ndarray, ...]:
    if member is None:
        raise ValueError(f"it has no {name}")
    if member.compress_type not in COMPRESSIONS:
        raise ValueError(f"{name} is compressed in a way that NumPy does not write")
    with archive.open(member) as file:
        version = np.lib.format.read_magic(file)
        read_header = np.lib.format.read_array_header_1_0 if version == (1, 0) else np.lib.format.read_array_header_2_0
        shape, _, dtype = read_header(file)
        held = member.file_size - file.tell()
    if dtype.hasobject or dtype.kind not in wanted.kinds or len(shape) != wanted.dimensions:
        raise ValueError(f"{name} is {dtype} of shape {shape}, another type is expected")
    size = dtype.itemsize
    for side in shape:
        size *= side
    if min(shape, default=0) < 0 or size > held:
        raise ValueError(f"the header of {name} gives a larger size than the file holds")
    with archive.open(member) as file:
        return np.lib.format.read_array(file, allow_pickle=False)
