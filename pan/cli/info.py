"""`pan info`: versions, devices and data found, for bug reports."""

from __future__ import annotations

import platform
from argparse import Namespace
from importlib import metadata
from pathlib import Path

import torch

from pan.checkpoints.file import shipped_checkpoints
from pan.cli.terminal import say, write_json
from pan.data.digits.backgrounds import find_photographs
from pan.data.digits.mnist import SPLITS, Split, default_data_root, load_digits
from pan.system.device import choose_device, choose_precision, list_devices
from pan.system.errors import InputError
from pan.training.runs.folder import runs_folder

PACKAGES = ("pan-explorer", "torch", "torchvision", "numpy", "pillow", "PySide6-Essentials", "pyqtgraph", "matplotlib")


def run(arguments: Namespace) -> None:
    """Show it, or write it as JSON."""
    facts = _facts()
    if arguments.json is not None:
        write_json(arguments.json, facts)
        return
    for topic, values in facts.items():
        say(f"{topic}")
        for name, value in values.items():
            say(f"  {name:20} {value}")


def _facts() -> dict[str, dict[str, object]]:
    device = choose_device()
    root = default_data_root()
    return {
        "versions": {
            "python": platform.python_version(),
            "system": platform.platform(),
            **{name: _version(name) for name in PACKAGES},
        },
        "devices": {each.name: each.title for each in list_devices()},
        "computing": {
            "device": str(device),
            "precision": str(choose_precision("auto", device)).removeprefix("torch."),
            "threads": torch.get_num_threads(),
        },
        "data": {
            "data root": str(root),
            **{f"digits, {split}": _digits(split, root) for split in SPLITS},
            **{f"bundled photographs, {split}": len(find_photographs(split, None).paths) for split in SPLITS},
            "runs": str(runs_folder()),
            "checkpoints": len(shipped_checkpoints()),
        },
    }


def _digits(split: Split, root: Path) -> str:
    try:
        return load_digits(split, root).source
    except InputError as error:  # this command shows what is wrong
        return str(error)


def _version(package: str) -> str:
    try:
        return metadata.version(package)
    except metadata.PackageNotFoundError:
        return "not installed"
