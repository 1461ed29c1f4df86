"""The notebooks run from their first cell to their last, and hold the small outputs of such a run."""

from __future__ import annotations

import ast
import json
from collections.abc import Iterator
from pathlib import Path

import matplotlib as mpl
import pytest

from pan.recipes.recipe import Recipe
from pan.training.events import Event
from pan.training.loop import train
from tests.docs.pages import NOTEBOOKS, name

LARGEST = 600_000  # bytes


def cells(path: Path) -> list[dict[str, object]]:
    return [cell for cell in json.loads(path.read_text(encoding="utf-8"))["cells"] if cell["cell_type"] == "code"]


def run(source: str, names: dict[str, object]) -> None:
    """A cell as Jupyter runs it: what an expression at its end gives is shown."""
    *statements, last = ast.parse(source).body
    if not isinstance(last, ast.Expr):
        statements.append(last)
        last = None
    exec(compile(ast.Module(statements, []), "<cell>", "exec"), names)
    if last is not None:
        shown = eval(compile(ast.Expression(last.value), "<cell>", "eval"), names)
        assert repr(shown)
        if hasattr(shown, "_repr_png_"):
            assert shown._repr_png_()


@pytest.fixture
def one_epoch(monkeypatch: pytest.MonkeyPatch) -> None:
    """Whatever is trained ends after its first epoch."""

    def train_an_epoch(recipe: Recipe, *arguments: object, **named: object) -> Iterator[Event]:
        return train(recipe.with_fields(questions=recipe.to_json()["epoch_questions"]), *arguments, **named)

    monkeypatch.setattr("pan.api.training.training", train_an_epoch)


@pytest.mark.usefixtures("one_epoch")
@pytest.mark.parametrize("path", NOTEBOOKS, ids=name)
def test_a_notebook_runs_to_its_end(path: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    run_all(path, tmp_path, monkeypatch)


@pytest.mark.slow
@pytest.mark.parametrize("path", NOTEBOOKS, ids=name)
def test_a_notebook_runs_to_its_end_with_the_whole_training(
    path: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    run_all(path, tmp_path, monkeypatch)


def run_all(path: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setitem(mpl.rcParams, "backend", "agg")
    names: dict[str, object] = {}
    for cell in cells(path):
        run("".join(cell["source"]), names)  # type: ignore[arg-type]


@pytest.mark.parametrize("path", NOTEBOOKS, ids=name)
def test_a_notebook_holds_the_outputs_of_one_run(path: Path):
    assert path.stat().st_size < LARGEST
    assert [cell["execution_count"] for cell in cells(path)] == list(range(1, len(cells(path)) + 1))
    kinds = {output["output_type"] for cell in cells(path) for output in cell["outputs"]}  # type: ignore[attr-defined]
    assert "display_data" in kinds or "execute_result" in kinds
    assert "error" not in kinds
