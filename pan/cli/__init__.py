"""The `pan` command: networks trained, measured and explained from a shell."""

from __future__ import annotations

import sys
from argparse import Namespace
from collections.abc import Callable, Sequence
from importlib import import_module
from pathlib import Path

from pan.cli.parser import build_parser
from pan.cli.terminal import note
from pan.errors import InputError
from pan.files import cannot_write

DONE, MISTAKE, INTERRUPTED = 0, 2, 130


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command and return its exit code.

    A command's module is imported only when it runs, so that `pan --help` does not wait for torch.
    """
    try:
        arguments = build_parser().parse_args(argv)
        run: Callable[[Namespace], None] = import_module(f"pan.cli.{arguments.module}").run
        run(arguments)
        _flush_output()
    except InputError as error:
        note(f"pan: {error}")
        return MISTAKE
    except KeyboardInterrupt:
        return INTERRUPTED
    return DONE


def _flush_output() -> None:
    """Find out here, and not while Python shuts down, that standard output is full."""
    try:
        sys.stdout.flush()
    except BrokenPipeError:  # whoever read it has read enough
        sys.stdout = None  # else Python would try once more
    except OSError as error:
        raise cannot_write(Path("standard output"), error) from error
