"""Warnings kept from the terminal."""

from __future__ import annotations

import gc
import os
import warnings

import pytest

from pan.system.quiet import no_standard_error, no_warnings


def test_nothing_warns_until_the_outermost_of_several_has_ended():
    with no_warnings():
        with no_warnings():
            pass
        warnings.warn("not told", UserWarning, stacklevel=1)
    with pytest.raises(UserWarning, match="told"):
        warnings.warn("told", UserWarning, stacklevel=1)  # warnings are errors in tests


def test_where_nothing_can_be_opened_no_descriptor_is_lost_and_the_next_use_is_quiet(monkeypatch, capfd):
    def refuse(*_):
        raise OSError("too many open files")
    gc.collect()  # else descriptors that earlier tests left may be closed in between
    with monkeypatch.context() as full:
        full.setattr(os, "open", refuse)
        before = os.dup(2)
        os.close(before)
        with pytest.raises(OSError, match="too many"), no_standard_error():
            pass
        after = os.dup(2)
        os.close(after)
    assert after == before
    with no_standard_error():
        os.write(2, b"lost")
    assert capfd.readouterr().err == ""
