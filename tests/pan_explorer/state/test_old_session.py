"""A session that version 0.4.0 saved is read."""

from __future__ import annotations

from pathlib import Path

from pan_explorer.state.session_file import read_session

OLD = Path(__file__).parents[2] / "data" / "0.4.0"


def test_an_old_session_brings_back_what_it_showed() -> None:
    saved = read_session(OLD / "session.panx")
    assert saved.image == OLD / "set" / "images" / "000001.png"  # moved together with the session
    assert (saved.kind, saved.query, saved.layer) == ("mref", "3", "att3")
    assert [model.name for model in saved.models] == ["mref/han", "mref/pan-ctx", "mref/san"]
    assert all(model.shown for model in saved.models)
    assert (saved.display.show, saved.display.colour_map, saved.display.heat_opacity) == ("heat", "viridis", 0.4)
    assert saved.display.outline
    assert saved.surgery == {"mref/pan-ctx": {"att2": {"closed": [(1, 2)], "open": [], "strength": 1.0}}}
    assert saved.scene is None
