"""The `pan` command: trains, evaluates and explains networks from a shell."""

from __future__ import annotations

from argparse import Namespace
from collections.abc import Callable, Sequence
from importlib import import_module

from pan.cli.parser import build_parser
from pan.cli.streams import open_streams
from pan.cli.terminal import note
from pan.system.errors import InputError, cannot_use, is_device_failure, is_out_of_memory

DONE, MISTAKE, INTERRUPTED = 0, 2, 130
OUT_OF_MEMORY = "the memory is full; give fewer or smaller images (--set images_per_batch=8) or --device cpu."
DEVICE_FAILED = "the device has failed; choose another one (--device cpu), or continue a run with --resume."


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command and return its exit code.

    A command's module is imported only when it runs, so that `pan --help` does not import torch.
    """
    open_streams()
    try:
        arguments = build_parser().parse_args(argv)
        run: Callable[[Namespace], None] = import_module(f"pan.cli.{arguments.module}").run
        run(arguments)
    except InputError as error:
        note(f"pan: {error}")
        return MISTAKE
    except OSError as error:  # a folder that may not be entered, a name that is too long
        note(f"pan: {cannot_use(error)}")
        return MISTAKE
    except (MemoryError, RuntimeError) as error:
        if is_out_of_memory(error):
            note(f"pan: {OUT_OF_MEMORY}")
        elif is_device_failure(error):
            note(f"pan: {DEVICE_FAILED}")
        else:
            raise
        return MISTAKE
    except KeyboardInterrupt:
        return INTERRUPTED
    return DONE
