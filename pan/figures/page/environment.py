"""The Jinja environment for pages: templates, styles and scripts that are included into one file."""

from __future__ import annotations

from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined

HERE = Path(__file__).parent


def page_environment(folder: Path = HERE) -> Environment:
    """The templates of a folder, which may include those beside this file. Values are escaped."""
    return Environment(
        loader=FileSystemLoader([folder, HERE]), autoescape=True, undefined=StrictUndefined,
        trim_blocks=True, lstrip_blocks=True,
    )  # fmt: skip
