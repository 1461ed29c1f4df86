"""Every command that answers computes on the device that is named."""

from __future__ import annotations

import pytest

COMMANDS = (
    ("evaluate", "mref/san", "--data", "DIR"),
    ("explain", "DIR/images/000000.png", "--query", "7", "--checkpoint", "mref/san", "--out", "OUT.png"),
    ("explain", "DIR/images/000000.png", "--query", "7", "--checkpoint", "mref/san", "--out", "OUT.html"),
    ("report", "mref/san", "--count", "1", "--out", "OUT"),
)


@pytest.mark.parametrize("command", COMMANDS, ids=["evaluate", "figure", "page", "report"])
def test_a_device_that_is_not_there_is_refused_before_anything_is_written(command, refused, reference_set, tmp_path):
    out = tmp_path / "out"
    words = [word.replace("DIR", str(reference_set)).replace("OUT", str(out)) for word in command]
    assert "nonsense" in refused(*words, "--device", "nonsense")
    assert not list(tmp_path.glob("out*"))


def test_the_processor_may_be_named(pan, reference_set):
    assert pan("evaluate", "mref/san", "--data", reference_set, "--device", "cpu").code == 0
