"""The folder of the files that come with the program: trained networks, digits, photographs, samples, icons."""

from __future__ import annotations

from pathlib import Path

PACKAGE = Path(__file__).parents[1]


def resources_folder() -> Path:
    """The folder `resources`: inside the installed package, beside it in a checkout."""
    installed = PACKAGE / "resources"
    return installed if installed.is_dir() else PACKAGE.parent / "resources"
