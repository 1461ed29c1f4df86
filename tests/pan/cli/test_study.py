"""`pan study`: its plan, and a training of it."""

from __future__ import annotations

import pytest

from pan.studies import STUDIES, Trial, read_records

pytestmark = pytest.mark.filterwarnings("ignore:.*tf32.*")


def test_a_plan_is_listed_and_nothing_is_trained(pan, tmp_path):
    result = pan("study", "ablation", "--list", "--kinds", "mref", "--models", "san", "--out", tmp_path / "study")
    assert result.code == 0
    assert result.out.splitlines()[0] == "ablation-mref-san-standard  120,000 questions  nothing changed"
    assert not (tmp_path / "study").exists()


@pytest.mark.parametrize("study", STUDIES)
def test_every_study_is_listed_by_its_name(study, pan):
    listed = pan("study", study, "--list")
    assert listed.code == 0
    assert all(line.startswith(f"{study}-") for line in listed.out.splitlines())


def test_a_study_says_a_line_and_writes_a_record_for_each_training(pan, tmp_path, tiny, monkeypatch):
    trial = Trial("seeds", "seed-0", "seed 0", tiny("san"))
    monkeypatch.setattr("pan.cli.study.plan", lambda *_, **__: (trial,))
    result = pan("study", "seeds", "--out", tmp_path / "study", "--count", 4, "--device", "cpu")
    assert result.code == 0
    assert result.out.startswith("seeds-mref-san-seed-0: ")
    assert [record.variant for record in read_records(tmp_path / "study")] == ["seed-0"]


def test_a_study_without_a_folder_is_refused(refused):
    assert "--list" in refused("study", "seeds")
    assert "choose from" in refused("study", "weather")
