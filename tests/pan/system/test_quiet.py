"""Warnings kept from the terminal."""

from __future__ import annotations

import warnings

import pytest

from pan.system.quiet import no_warnings


def test_nothing_warns_until_the_outermost_of_several_has_ended():
    with no_warnings():
        with no_warnings():
            pass
        warnings.warn("not told", UserWarning, stacklevel=1)
    with pytest.raises(UserWarning, match="told"):
        warnings.warn("told", UserWarning, stacklevel=1)  # warnings are errors in tests
