"""Pretrained weights of VGG-16 from torchvision, trained on ImageNet.

Torchvision's file is the only pickled file that the program reads.
"""

from __future__ import annotations

import pickle
import re
from hashlib import file_digest
from pathlib import Path

import torch
from safetensors import SafetensorError
from safetensors.torch import load_file
from torch import Tensor

from pan.system.errors import InputError
from pan.system.files import cannot_download

IMAGENET = "imagenet"
"""The name of torchvision's file in torch's download folder."""

HOW = ("fetch them by pan data download vgg16 (528 MB), give torchvision's file by --weights, "
       "or train without by --from-scratch")  # fmt: skip


def read_trunk_weights(weights: str) -> dict[str, Tensor]:
    """Read the weights, by torchvision's names.

    Args:
        weights: `imagenet`, the path of torchvision's file, or of a `.safetensors` file with the same names.

    Raises:
        InputError: If the file does not exist or does not contain these weights.
    """
    path = downloaded_file() if weights == IMAGENET else Path(weights)
    if not path.is_file():
        what = "the ImageNet weights of VGG-16 are not here" if weights == IMAGENET else f"there is no file {path}"
        raise InputError(f"{what}; {HOW}.")
    try:
        if path.suffix == ".safetensors":
            return load_file(path)
        _check_hash(path)
        tensors: dict[str, Tensor] = torch.load(path, map_location="cpu", weights_only=True)
    except (OSError, SafetensorError, RuntimeError, ValueError, EOFError, pickle.UnpicklingError) as error:
        raise InputError(f"{path} cannot be read as weights; it is cut short or of another kind: {HOW}.") from error
    return tensors


def downloaded_file() -> Path:
    """The path of torchvision's file after a download."""
    return Path(torch.hub.get_dir()) / "checkpoints" / _url().rpartition("/")[2]


def download_trunk_weights() -> Path:
    """Download torchvision's file with torchvision's loader, which checks its hash.

    Raises:
        InputError: If the server does not answer, or the file is damaged or cannot be written.
    """
    from torchvision.models import VGG16_Weights  # takes seconds to import

    try:
        VGG16_Weights.IMAGENET1K_V1.get_state_dict(progress=True, check_hash=True, weights_only=True)
    except (OSError, RuntimeError) as error:
        raise cannot_download("the weights of VGG-16", error, "give torchvision's file by --weights") from error
    return downloaded_file()


def _url() -> str:
    from torchvision.models import VGG16_Weights

    return str(VGG16_Weights.IMAGENET1K_V1.url)


def _check_hash(path: Path) -> None:
    """Compare a file's SHA-256 with its first digits, which are part of torchvision's file name."""
    begins = re.search(r"-([0-9a-f]{8,})\.pth$", _url())
    with path.open("rb") as file:
        digest = file_digest(file, "sha256").hexdigest()
    if begins is None or not digest.startswith(begins[1]):
        raise InputError(f"{path} is not torchvision's vgg16 (its SHA-256 begins with {digest[:8]}, not with "
                         f"{begins[1] if begins else 'a known one'}); {HOW}.")
