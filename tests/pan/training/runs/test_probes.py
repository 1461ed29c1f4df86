"""Probes kept with a run: what is read back, and what is passed over."""

from __future__ import annotations

import numpy as np
import pytest

from pan.system.errors import InputError
from pan.training.events import Probe
from pan.training.runs.probes import PROBES, read_probes, save_probe


def seen(epoch, predicted="red"):
    rng = np.random.default_rng(epoch)
    image = rng.integers(0, 255, (8, 8, 3), dtype=np.uint8)
    return Probe(epoch, image, "4", "yellow", predicted, ("att2", "att4"), rng.random((2, 8, 8), dtype=np.float32))


def test_what_was_saved_is_read_back_in_order(tmp_path):
    for epoch in (10, 2, 0):
        save_probe(tmp_path, seen(epoch))
    probes = read_probes(tmp_path, 10)
    assert [probe.epoch for probe in probes] == [0, 2, 10]
    assert (probes[1].query, probes[1].answer, probes[1].predicted) == ("4", "yellow", "red")
    assert probes[1].layers == ("att2", "att4")
    assert np.array_equal(probes[1].image, seen(2).image)
    assert np.array_equal(probes[1].accumulated, seen(2).accumulated)


def test_an_epoch_done_again_takes_the_place_of_the_first(tmp_path):
    save_probe(tmp_path, seen(1, "red"))
    save_probe(tmp_path, seen(1, "yellow"))
    assert [probe.predicted for probe in read_probes(tmp_path, 1)] == ["yellow"]


def test_epochs_after_the_one_asked_for_are_left_out(tmp_path):
    for epoch in range(4):
        save_probe(tmp_path, seen(epoch))
    assert [probe.epoch for probe in read_probes(tmp_path, 2)] == [0, 1, 2]


def test_a_damaged_or_strange_file_is_passed_over(tmp_path):
    save_probe(tmp_path, seen(1))
    whole = (tmp_path / PROBES / "0001.npz").read_bytes()
    (tmp_path / PROBES / "0002.npz").write_bytes(whole[: len(whole) // 2])
    (tmp_path / PROBES / "mine.npz").write_bytes(b"")
    np.savez(tmp_path / PROBES / "0003.npz", image=np.array([{}], dtype=object))
    assert [probe.epoch for probe in read_probes(tmp_path, 9)] == [1]


def test_a_run_without_probes_has_none(tmp_path):
    assert read_probes(tmp_path, 9) == ()


def test_a_full_disk_is_one_sentence(tmp_path, monkeypatch):
    def full(*_, **__):
        raise OSError(28, "No space left on device")
    monkeypatch.setattr("numpy.savez_compressed", full)
    with pytest.raises(InputError, match="No space left on device; choose another place or make room"):
        save_probe(tmp_path, seen(1))
    assert list((tmp_path / PROBES).iterdir()) == []
