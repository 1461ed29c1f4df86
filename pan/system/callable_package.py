"""A package that can be called: `pan.recipes()` lists what the modules of `pan.recipes` are about."""

from __future__ import annotations

import sys
from collections.abc import Callable
from types import ModuleType


def make_callable(package: str, function: Callable[[], object]) -> None:
    """Let calling a package call one of its functions.

    A function of the package's own name cannot stand beside it: importing any of its modules would replace it.

    Args:
        package: The package's full name; it is imported already.
        function: What is called.
    """
    called = type("CallablePackage", (ModuleType,), {"__call__": staticmethod(function), "__doc__": function.__doc__})
    sys.modules[package].__class__ = called
