"""Answers that are kept for the next start, as long as they would be the same."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import numpy as np
import platformdirs
import pytest

from pan.evaluation.answer_file import Evaluated, save_evaluated
from pan.evaluation.answer_table import AnswerTable
from pan_explorer.background import evaluation, paper


def evaluated(word: str) -> Evaluated:
    one = np.ones(1)
    return Evaluated(AnswerTable(np.array([word]), one, one), {"accuracy": 1.0})


@pytest.fixture
def kept(tmp_path: Path) -> tuple[Path, list[str]]:
    """A set, and two networks whose answers to it are kept: “one” and “two”."""
    folder, networks = tmp_path / "set", [str(tmp_path / f"{word}.safetensors") for word in ("one", "two")]
    folder.mkdir()
    (folder / "index.csv").write_text("image,query,answer\n0.png,7,red\n", encoding="utf-8")
    for network, word in zip(networks, ("one", "two"), strict=True):
        Path(network).write_bytes(word.encode())
        save_evaluated(evaluation._kept(folder, network), evaluated(word))
    return folder, networks


def recalled(folder: Path, networks: list[str]) -> list[str]:
    return [str(event.evaluated.answers.predicted[0]) for event in evaluation.recall_all(folder, networks)]


def test_each_network_has_its_own_answers_in_the_users_cache(kept: tuple[Path, list[str]]) -> None:
    assert recalled(*kept) == ["one", "two"]
    cache = platformdirs.user_cache_path("pan-explorer", appauthor=False)
    assert len(list(cache.rglob("*.npz"))) == 2


@pytest.mark.parametrize(
    ("change", "left"),
    [
        (lambda folder, network: Path(network).write_bytes(b"trained again"), ["two"]),
        (lambda folder, _: (folder / "split.csv").write_text("image,split\n0.png,test\n", encoding="utf-8"), []),
        (lambda folder, _: (folder / "index.csv").write_text("image,query,answer\n", encoding="utf-8"), []),
    ],
    ids=["a network is trained again", "the set gets parts", "the set has other questions"],
)
def test_answers_that_would_be_others_now_are_not_recalled(
    kept: tuple[Path, list[str]], change: Callable[[Path, str], object], left: list[str]
) -> None:
    folder, networks = kept
    change(folder, networks[0])
    assert recalled(folder, networks) == left


def test_on_test_scenes_of_a_task_only_its_own_networks_are_recalled(shipped, monkeypatch) -> None:
    asked: dict[str, list[str]] = {}
    monkeypatch.setattr(paper, "is_file", lambda path: True)
    monkeypatch.setattr(paper, "recall_all", lambda folder, names: asked.setdefault(folder.name, list(names))[:0])
    list(paper.look_up(()))
    assert len(asked) == 3
    for folder, names in asked.items():
        assert {name.partition("/")[0] for name in names} == {folder.partition("-")[0]}
