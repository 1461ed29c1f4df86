"""A package that can be called: `pan.recipes()` lists the recipes that the package `pan.recipes` defines."""

from __future__ import annotations

import sys
from collections.abc import Callable
from types import ModuleType


def make_callable(package: str, function: Callable[[], object]) -> None:
    """Make calling a package call one of its functions.

    A function with the package's own name is no alternative: importing a module of the package would replace it.

    Args:
        package: The package's full name; it must be imported.
        function: The function to call.
    """
    called = type("CallablePackage", (ModuleType,), {"__call__": staticmethod(function), "__doc__": function.__doc__})
    sys.modules[package].__class__ = called
