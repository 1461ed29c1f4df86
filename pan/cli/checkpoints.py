"""`pan checkpoints`: the trained networks that come with the program."""

from __future__ import annotations

from argparse import Namespace
from typing import Any

from pan.checkpoint import read_header, shipped_checkpoints
from pan.cli.terminal import percent, say, table, write_json


def run(arguments: Namespace) -> None:
    """List them with what was measured of each."""
    listed = []
    for name, path in shipped_checkpoints().items():
        header = read_header(path)
        recipe = header["recipe"]
        listed.append({"name": name, "path": str(path), "model": recipe["model"], "data": recipe["kind"],
                       "metrics": header["metrics"]})  # fmt: skip
    if arguments.json is not None:
        write_json(arguments.json, listed)
    else:
        say(table(["checkpoint", "right in test %", "file"], [_row(each) for each in listed]))


def _row(listed: dict[str, Any]) -> list[str]:
    return [listed["name"], percent(listed["metrics"].get("test", {}).get("accuracy")), listed["path"]]
