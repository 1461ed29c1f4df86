"""What nothing handled."""

from __future__ import annotations

import pytest
from PySide6.QtTest import QSignalSpy

from pan.system.errors import InputError
from pan_explorer.system.faults import Faults, in_words


def test_an_unhandled_fault_is_told_in_one_sentence() -> None:
    faults = Faults()
    told = QSignalSpy(faults.caught)
    with pytest.raises(ValueError, match="first") as caught:
        raise ValueError("first line\nsecond line")
    faults.hook(caught.type, caught.value, caught.tb)
    assert "ValueError in test_faults.py" in told.at(0)[0]
    assert "second line" not in told.at(0)[0]


def test_ctrl_c_is_no_fault() -> None:
    faults = Faults()
    told = QSignalSpy(faults.caught)
    faults.hook(KeyboardInterrupt, KeyboardInterrupt(), None)
    assert told.count() == 0


def test_a_mistake_of_the_user_is_told_as_it_is() -> None:
    assert in_words(InputError("There is no such file.")) == "There is no such file."


def test_a_refusal_of_the_system_is_told_with_the_file_and_what_to_do() -> None:
    told = in_words(PermissionError(13, "Permission denied", "/there/set"))
    assert told.startswith("/there/set cannot be used: Permission denied")
    assert "choose another place" in told


@pytest.mark.parametrize("full", [MemoryError(), RuntimeError("DefaultCPUAllocator: can't allocate memory: 9 bytes")])
def test_a_full_memory_is_told_with_what_to_do_whoever_notices_it(full: Exception) -> None:
    assert "close other programs" in in_words(full)
