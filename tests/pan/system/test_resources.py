"""The files that come with the program are found by one function, whatever lies in the folder it is started in."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from pan.system import resources


def test_an_installed_package_has_its_own_resources(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    package = tmp_path / "pan"
    (package / "resources").mkdir(parents=True)
    (tmp_path / "resources").mkdir()
    monkeypatch.setattr(resources, "PACKAGE", package)
    assert resources.resources_folder() == package / "resources"


def test_a_checkout_has_them_beside_the_package():
    assert resources.resources_folder() == Path(resources.__file__).parents[2] / "resources"
    assert (resources.resources_folder() / "digits.npz").is_file()


def test_files_beside_a_notebook_change_nothing(tmp_path: Path):
    (tmp_path / "app").mkdir()
    (tmp_path / "app" / "__init__.py").write_text("raise AssertionError")
    (tmp_path / "resources.py").write_text("raise AssertionError")
    code = (
        "import pan_explorer.pictures.reading, pan_explorer.shell.opening\n"
        "from pan.checkpoints.file import shipped_checkpoints\n"
        "assert 'mref/pan-ctx' in shipped_checkpoints()"
    )
    subprocess.run([sys.executable, "-c", code], check=True, cwd=tmp_path)
