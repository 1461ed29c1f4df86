"""`pan checkpoints`: lists the shipped and imported checkpoints."""

from __future__ import annotations

from argparse import Namespace
from pathlib import Path
from typing import Any

from pan.checkpoints.file import imported_checkpoints, read_header, shipped_checkpoints
from pan.cli.terminal import note, percent, say, table, write_json
from pan.system.errors import InputError


def run(arguments: Namespace) -> None:
    """List the checkpoints with their test accuracy, and the folders of their files NAME.safetensors."""
    named = shipped_checkpoints() | imported_checkpoints()
    listed = [entry for name, path in named.items() if (entry := _entry(name, path)) is not None]
    if arguments.json is not None:
        write_json(arguments.json, listed)
    else:
        say(table(["checkpoint", "right in test %"], [_row(each) for each in listed]))
        for folder in dict.fromkeys(Path(each["path"]).parents[each["name"].count("/")] for each in listed):
            say(f"files in {folder}")


def _entry(name: str, path: Path) -> dict[str, Any] | None:
    """The row of a checkpoint; an unreadable file is reported and skipped."""
    try:
        header = read_header(path)
        return {"name": name, "path": str(path), "model": header.recipe.model, "data": header.recipe.kind,
                "metrics": header.metrics}  # fmt: skip
    except InputError as error:
        note(f"{path} is skipped: {error}")
        return None


def _row(listed: dict[str, Any]) -> list[str]:
    return [listed["name"], percent(listed["metrics"].get("test", {}).get("accuracy"))]
