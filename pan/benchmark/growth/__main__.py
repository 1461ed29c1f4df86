"""Time and memory of the commands for sets of growing size, as JSON and, if wanted, as a figure.

`python -m pan.benchmark.growth --json growth.json --figure growth.png` measures only what the JSON file lacks.
"""

from __future__ import annotations

import json
import sys
from argparse import ArgumentParser
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path
from tempfile import TemporaryDirectory

from pan.benchmark.growth.measuring import KINDS, Cost, measure_growth
from pan.system.errors import InputError
from pan.system.files import write_whole
from pan.system.json_file import as_kind, read_json

QUESTIONS = (1_000, 10_000, 100_000)


def main(arguments: Sequence[str] | None = None) -> int:
    """Measure, save the numbers of each set at once, and draw."""
    parser = ArgumentParser("python -m pan.benchmark.growth", description=__doc__)
    parser.add_argument("--kinds", nargs="+", choices=KINDS, default=[*KINDS])
    parser.add_argument("--questions", nargs="+", type=int, default=QUESTIONS)
    parser.add_argument("--sets", type=Path, help="a folder for the sets (default: a temporary one)")
    parser.add_argument("--json", type=Path, required=True)
    parser.add_argument("--figure", type=Path)
    parsed = parser.parse_args(arguments)
    costs = [as_kind(each, Cost) for each in read_json(parsed.json, list)] if parsed.json.exists() else []
    for questions in parsed.questions:
        for kind in parsed.kinds:
            if any((cost.kind, cost.questions) == (kind, questions) for cost in costs):
                continue
            with TemporaryDirectory() as temporary:
                for cost in measure_growth(kind, questions, parsed.sets or Path(temporary)):
                    sys.stdout.write(f"{cost.kind} {cost.questions:,} {cost.step}: "
                                     f"{cost.seconds:.1f} s, {cost.memory:,.0f} MB\n")  # fmt: skip
                    sys.stdout.flush()
                    costs.append(cost)
            _save(parsed.json, costs)
    if parsed.figure is not None:
        from pan.benchmark.growth.picture import (
            draw_growth,  # imported late: Matplotlib would be counted in the memory of each command
        )

        draw_growth(costs, parsed.figure)
    return 0


def _save(path: Path, costs: Sequence[Cost]) -> None:
    text = json.dumps([asdict(cost) for cost in costs], indent=1)
    write_whole(path, lambda beside: beside.write_text(text + "\n", encoding="utf-8"))


if __name__ == "__main__":
    try:
        sys.exit(main())
    except InputError as error:
        sys.exit(str(error))
