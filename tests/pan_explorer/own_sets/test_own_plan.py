"""An own set that is opened is proposed for training."""

from __future__ import annotations

from pathlib import Path

from pan.data.sources import Sources
from pan_explorer.panels.training.panel import TrainingPanel
from pan_explorer.session.session import Session
from pan_explorer.shell.main_window import MainWindow
from tests.pan_explorer.fake_training import CHOICES
from tests.pan_explorer.own_set import write_own_set
from tests.pan_explorer.own_sets.conftest import opened
from tests.pan_explorer.waiting import answered


def test_an_opened_set_is_proposed_for_training_and_the_panel_says_so(
    window: MainWindow, session: Session, shapes: Path, qtbot, fake
) -> None:
    plan, setup = session.training.plan, window.findChild(TrainingPanel).setup
    plan.offer(CHOICES)
    assert "about MREF scenes" in setup._note.text()
    opened(session, shapes, qtbot)
    assert plan.sources.data == shapes
    qtbot.waitUntil(lambda: "questions about shapes" in setup._note.text(), timeout=30_000)
    assert {setup._recipes.itemText(place).partition("/")[0] for place in range(setup._recipes.count())} == {"shapes"}
    assert (plan.recipe.name, plan.recipe.start) == ("shapes/pan-ctx", "")
    assert not setup._presets.button("paper").isEnabled()
    assert "questions are few" in setup._note.toolTip()
    session.choose_task("mdist")
    assert plan.sources.data == shapes  # until the samples are there
    qtbot.waitUntil(lambda: session.state.kind == "mdist" and answered(session), timeout=30_000)
    assert plan.sources.data is None
    assert "about MREF scenes" in setup._note.text()


def test_a_set_with_several_answers_is_proposed_with_a_network_that_gives_several(
    window: MainWindow, session: Session, tmp_path: Path, qtbot
) -> None:
    plan = session.training.plan
    opened(session, write_own_set(tmp_path / "things", several=True), qtbot)
    plan.offer(CHOICES)
    qtbot.waitUntil(lambda: plan.recipe is not None, timeout=30_000)
    assert (plan.recipe.name, plan.recipe.network.trunk) == ("things/pan-ctx", "vgg-tiny")


def test_a_set_that_cannot_be_read_is_not_trained_on_and_the_panel_says_why(
    window: MainWindow, session: Session, tmp_path: Path, qtbot
) -> None:
    plan, setup = session.training.plan, window.findChild(TrainingPanel).setup
    plan.offer(CHOICES)
    plan.use(Sources(data=tmp_path))
    qtbot.waitUntil(lambda: "index.csv" in setup._note.text(), timeout=30_000)
    assert not setup._start.isEnabled()
    assert setup._data.isEnabled()
    plan.use(Sources())
    assert setup._start.isEnabled()


def test_a_set_chosen_again_before_another_is_known_is_trained_on(
    window: MainWindow, session: Session, shapes: Path, tmp_path: Path, qtbot
) -> None:
    plan = session.training.plan
    plan.offer(CHOICES)
    other = write_own_set(tmp_path / "other")
    plan.use(Sources(data=shapes))
    qtbot.waitUntil(lambda: plan.recipe is not None, timeout=30_000)
    for data in (other, shapes):
        plan.use(Sources(data=data))
    qtbot.waitUntil(lambda: plan.recipe is not None, timeout=30_000)
    assert plan.recipe.kind == "shapes"


def test_closing_a_set_restores_the_earlier_choice_of_a_recipe(
    window: MainWindow, session: Session, shapes: Path, qtbot
) -> None:
    plan = session.training.plan
    plan.offer(CHOICES)
    plan.choose("mref/san", "standard")
    chosen = plan.recipe.with_fields(seed=5)
    plan.change(chosen)
    plan.use(Sources(data=shapes))
    qtbot.waitUntil(lambda: plan.recipe is not None and plan.recipe.kind == "shapes", timeout=30_000)
    plan.use(Sources())
    assert plan.recipe == chosen


def test_data_chosen_by_hand_stay_chosen(
    window: MainWindow, session: Session, shapes: Path, tmp_path: Path, qtbot
) -> None:
    plan = session.training.plan
    plan.offer(CHOICES)
    mine = Sources(data=write_own_set(tmp_path / "mine"))
    plan.use(mine)
    opened(session, shapes, qtbot)
    assert plan.sources == mine


def test_fields_of_another_set_are_not_taken_over_when_a_set_arrives(
    window: MainWindow, session: Session, shapes: Path, qtbot
) -> None:
    plan, setup = session.training.plan, window.findChild(TrainingPanel).setup
    plan.offer(CHOICES)
    fields, data = setup.open_fields(), setup.open_data()
    fields.form.set_text("channels", "8")
    typed = fields.recipe()
    plan.propose(shapes)
    assert not fields.isVisible()
    assert not data.isVisible()
    qtbot.waitUntil(lambda: plan.recipe is not None, timeout=30_000)
    plan.change(typed)
    assert plan.recipe == plan.base
    assert plan.recipe.kind == "shapes"
    assert "changed: channels" not in setup._note.text()
