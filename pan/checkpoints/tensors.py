"""Safetensors files with a JSON object in their metadata. Shapes and types are known before the weights are read."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, NamedTuple

from safetensors import SafetensorError, safe_open
from safetensors.torch import save_file
from torch import Tensor

from pan.system.errors import InputError
from pan.system.files import write_whole
from pan.system.json_file import MOST_BYTES, Plain, parse_json
from pan.system.outside import check_file

KEY = "pan"
"""The key of the JSON object in the metadata."""
FLOATS = ("F32", "F16", "BF16", "F64")
INTEGERS = ("I64",)


class TensorType(NamedTuple):
    """Shape and type of a tensor.

    Attributes:
        shape: Its shape.
        dtype: The type's name in the file format.
    """

    shape: tuple[int, ...]
    dtype: str

    def fits(self, tensor: Tensor) -> bool:
        """Whether it can be copied into `tensor`: the same shape, and a type that every device supports."""
        known = FLOATS if tensor.is_floating_point() else INTEGERS
        return self.shape == tuple(tensor.shape) and self.dtype in known


@dataclass(frozen=True, eq=False)
class TensorFile:
    """An open safetensors file.

    Attributes:
        header: The JSON object in its metadata.
        types: Shape and type of each tensor, by name.
    """

    header: Plain
    types: dict[str, TensorType]
    _file: Any

    def read(self) -> dict[str, Tensor]:
        """Read all tensors."""
        return {name: self._file.get_tensor(name) for name in self.types}


@contextmanager
def opened(path: Path) -> Iterator[TensorFile]:
    """Open a file.

    Raises:
        InputError: If it is missing, truncated, or not written by this program.
    """
    try:
        check_file(path)
        with safe_open(path, framework="pt") as file:
            yield TensorFile(_header(file), {name: _type(file, name) for name in file.keys()}, file)  # noqa: SIM118
    except FileNotFoundError as error:
        raise InputError(f"there is no file {path}.") from error
    except (SafetensorError, OSError, ValueError, KeyError) as error:
        raise InputError(f"{path} cannot be read as a checkpoint; it is truncated or of another format.") from error


def write_tensors(path: Path, tensors: dict[str, Tensor], header: Plain) -> None:
    """Write tensors and a JSON header to one safetensors file.

    Raises:
        InputError: If the file cannot be written.
    """
    plain = {name: tensor.detach().cpu().contiguous() for name, tensor in tensors.items()}

    def write(beside: Path) -> None:
        try:
            save_file(plain, beside, metadata={KEY: json.dumps(header)})
        except SafetensorError as error:
            raise OSError(str(error)) from error

    write_whole(path, write)


def _header(file: Any) -> Plain:  # noqa: ANN401 - safetensors gives its files no type
    text = (file.metadata() or {})[KEY]
    if len(text) > MOST_BYTES:
        raise ValueError("its header is too large")
    return parse_json(text, dict)


def _type(file: Any, name: str) -> TensorType:  # noqa: ANN401 - as above
    part = file.get_slice(name)
    return TensorType(tuple(part.get_shape()), str(part.get_dtype()))
