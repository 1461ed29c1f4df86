"""The same measurement from a small process.

The peak memory of a process begins with that of the process that starts it, and that of `pan benchmark` is large.
"""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from tempfile import TemporaryDirectory

from pan.benchmark.growth.measuring import Cost
from pan.system.errors import InputError
from pan.system.json_file import as_kind, read_json


def measure_separately(kind: str, questions: int) -> list[Cost]:
    """Run `measure_growth` in a process of its own.

    Raises:
        InputError: If a command fails.
    """
    with TemporaryDirectory() as folder:
        costs = Path(folder) / "costs.json"
        command = ["-m", "pan.benchmark.growth", "--kinds", kind, "--questions", str(questions), "--json", str(costs)]
        if subprocess.run([sys.executable, *command], stdout=subprocess.DEVNULL, check=False).returncode != 0:  # noqa: S603 - ours
            raise InputError(f"A set of {questions:,} questions ({kind}) could not be measured.")
        return [as_kind(each, Cost) for each in read_json(costs, list)]
