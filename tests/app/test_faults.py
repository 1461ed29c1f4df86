"""What nothing handled."""

from __future__ import annotations

import pytest
from PySide6.QtTest import QSignalSpy

from app.faults import Faults


def test_an_unhandled_fault_is_told_in_one_sentence() -> None:
    faults = Faults()
    told = QSignalSpy(faults.told)
    with pytest.raises(ValueError, match="first") as caught:
        raise ValueError("first line\nsecond line")
    faults.hook(caught.type, caught.value, caught.tb)
    assert "ValueError in test_faults.py" in told.at(0)[0]
    assert "second line" not in told.at(0)[0]


def test_ctrl_c_is_no_fault() -> None:
    faults = Faults()
    told = QSignalSpy(faults.told)
    faults.hook(KeyboardInterrupt, KeyboardInterrupt(), None)
    assert told.count() == 0
