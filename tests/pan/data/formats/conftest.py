"""The samples as fixtures."""

from __future__ import annotations

import pytest

from tests.pan.cli.conftest import pan, refused
from tests.pan.data.formats import samples

__all__ = ["pan", "refused"]


@pytest.fixture
def write(tmp_path):
    """Writes a value as JSON and says where."""
    return lambda name, value: samples.write_json(tmp_path / name, value)


@pytest.fixture
def coco(tmp_path):
    return samples.coco(tmp_path)


@pytest.fixture
def clevr(tmp_path):
    return samples.clevr(tmp_path)


@pytest.fixture
def vaw(tmp_path):
    return samples.vaw(tmp_path)


@pytest.fixture
def labelme(tmp_path):
    return samples.labelme(tmp_path)
