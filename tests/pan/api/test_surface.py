"""`import pan` is light, and its few names are there however the packages behind them are imported."""

from __future__ import annotations

import subprocess
import sys

import pytest

import pan


def run(code: str) -> None:
    subprocess.run([sys.executable, "-c", code], check=True, timeout=120)


def test_importing_pan_loads_neither_torch_nor_numpy():
    run("import sys, pan; assert not {'torch', 'numpy', 'matplotlib', 'PySide6'} & set(sys.modules)")


def test_recipes_are_listed_without_torch():
    run("import sys, pan; assert 'mref/pan-ctx' in pan.recipes(); assert 'torch' not in sys.modules")


@pytest.mark.parametrize("name", ["recipes", "checkpoints"])
def test_a_name_that_is_a_package_too_is_called_before_and_after_its_modules_are_imported(name: str):
    module = {"recipes": "by_name", "checkpoints": "file"}[name]
    run(f"import pan; before = pan.{name}(); import pan.{name}.{module}; "
        f"assert pan.{name}() == before; assert pan.{name}.{module}")  # fmt: skip


def test_every_public_name_is_found_and_told():
    for name in pan.__all__:
        assert callable(getattr(pan, name))
        assert getattr(pan, name).__doc__
    assert set(pan.__all__) <= set(dir(pan))


def test_an_unknown_attribute_raises_an_error_with_its_name():
    with pytest.raises(AttributeError, match="“lode”"):
        pan.lode  # noqa: B018 - looking is what fails
