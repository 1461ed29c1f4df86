"""The command line of a program that measures one thing and prints it as JSON."""

from __future__ import annotations

import json
import sys
from argparse import ArgumentParser
from collections.abc import Callable, Sequence
from dataclasses import asdict
from typing import TYPE_CHECKING, TypeVar

if TYPE_CHECKING:
    from _typeshed import DataclassInstance

Amount = TypeVar("Amount", int, float)


def print_measured(
    module: str, description: str | None, option: str, measure: Callable[[Amount], DataclassInstance], most: Amount,
    arguments: Sequence[str] | None,
) -> int:  # fmt: skip
    """Parse the option, measure, and print the result.

    Args:
        module: The program's module in this package.
        description: What it measures.
        option: Name of its one option.
        measure: The measurement; called with the option's value.
        most: Default of the option.
        arguments: Command line; None for `sys.argv`.
    """
    parser = ArgumentParser(f"python -m pan_explorer.speed.{module}", description=description)
    parser.add_argument(f"--{option}", type=type(most), default=most)
    measured = measure(getattr(parser.parse_args(arguments), option))
    sys.stdout.write(json.dumps(asdict(measured), indent=2) + "\n")
    return 0
