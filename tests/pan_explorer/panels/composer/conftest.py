"""A set of one's own whose objects are composed."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.pan_explorer.own_set import write_masked_set


@pytest.fixture
def shapes(tmp_path: Path) -> Path:
    return write_masked_set(tmp_path / "shapes")
