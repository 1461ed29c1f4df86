"""Where the parts of pages lie: templates, styles and scripts, which become one file."""

from __future__ import annotations

from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined

HERE = Path(__file__).parent


def page_environment(folder: Path = HERE) -> Environment:
    """Templates of a folder, which may include those beside this file; what they are given is escaped."""
    return Environment(
        loader=FileSystemLoader([folder, HERE]), autoescape=True, undefined=StrictUndefined,
        trim_blocks=True, lstrip_blocks=True,
    )  # fmt: skip
