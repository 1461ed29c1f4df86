"""While it is asked to, the process keeps the memory it frees; afterwards it gives it back."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from pan.training.allocation import freed_memory_kept

BLOCK = 200_000_000


def resident() -> int:
    """Bytes of this process that are in memory."""
    import resource

    return int(Path("/proc/self/statm").read_text(encoding="ascii").split()[1]) * resource.getpagesize()


@pytest.mark.skipif(sys.platform != "linux", reason="glibc's allocator is set on Linux alone")
def test_freed_memory_is_kept_and_given_back_at_the_end():
    before = resident()
    with freed_memory_kept():
        block = bytearray(BLOCK)
        del block
        assert resident() - before > BLOCK / 2
    assert resident() - before < BLOCK / 2


def test_an_error_passes_through():
    with pytest.raises(ZeroDivisionError), freed_memory_kept():
        raise ZeroDivisionError
