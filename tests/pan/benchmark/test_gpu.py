"""What the command for GPUs does where there is none."""

from __future__ import annotations

import pytest
import torch

from pan.benchmark import gpu

pytestmark = pytest.mark.skipif(torch.cuda.is_available(), reason="here it takes minutes")


def test_without_a_gpu_some_parts_are_measured_and_the_others_are_told_to_be_skipped(capsys, monkeypatch):
    monkeypatch.setattr(gpu, "SMALL", gpu.SMALL._replace(steps=1, questions=112, repeats=1, scenes=2))
    assert gpu.main([]) == 0
    head, _, *rows = capsys.readouterr().out.splitlines()
    assert head.startswith("| CPU")
    skipped = [row for row in rows if row.endswith("| skipped: no GPU |")]
    assert len(skipped) == 3
    for what in ("pan-ctx: pan train", "mref/san: pan evaluate", "3 networks explained", "trained from random weights"):
        assert any(what in row and "skipped" not in row for row in rows), what


def test_a_part_that_fails_is_told_and_the_others_go_on(capsys, monkeypatch):
    def fail(size, device):
        raise RuntimeError("out of memory")
        yield

    def succeed(size, device):
        yield gpu.Row("speed", "1")
    monkeypatch.setattr(gpu, "PARTS", (gpu.Part("one", False, fail), gpu.Part("two", False, succeed)))
    assert gpu.main([]) == 1
    told = capsys.readouterr().out
    assert "| one | FAILED: out of memory |" in told
    assert "| speed | 1 |" in told
