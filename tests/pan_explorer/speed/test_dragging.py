"""The measurement of dragging measures; how many answers a second there are is the benchmark's affair."""

import json

from pan_explorer.speed import dragging


def test_answers_are_counted_while_a_digit_is_dragged(shipped, monkeypatch) -> None:
    monkeypatch.setattr(dragging, "WARM_UP_S", 0.2)
    speed = dragging.measure_drag_speed(seconds=1.0)
    assert speed.networks == 3
    assert speed.moves_per_second > 1
    assert speed.answers_per_second > 0
    assert 0 < speed.median <= speed.p95


def test_the_command_prints_json(monkeypatch, capsys) -> None:
    monkeypatch.setattr(dragging, "measure_drag_speed", lambda _: dragging.DragSpeed(40.0, 12.0, 20.0, 125.0, 3))
    assert dragging.main([]) == 0
    assert json.loads(capsys.readouterr().out)["answers_per_second"] == 40.0
