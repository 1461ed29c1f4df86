"""What is shown of a layer, and how."""

from __future__ import annotations

import pytest

from pan_explorer.values.display import Display


@pytest.mark.parametrize(("show", "other"), [("faded", "heat"), ("heat", "faded"), ("cells", "faded")])
def test_the_opacity_that_is_set_is_that_of_what_is_shown(show, other) -> None:
    changed = Display(show=show).with_opacity(0.25)
    assert changed.opacity == 0.25
    assert Display(**{**vars(changed), "show": other}).opacity == Display(show=other).opacity
