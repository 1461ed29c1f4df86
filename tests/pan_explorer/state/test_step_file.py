"""Steps of a walk as files: those that ship, and those that a teacher writes."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from pan.checkpoints.file import shipped_checkpoints
from pan.system.errors import InputError
from pan_explorer.pictures.reading import read_pictures, samples_folder
from pan_explorer.state.step_file import own_steps_folder, read_step, read_steps, read_walk

STEP = """---
task: mdist
query: 7
networks: mdist/san
layer: att4
---
# A title

One sentence. Two *sentences*.

> Press **7**
> twice.
"""


@pytest.fixture
def step(tmp_path: Path) -> Path:
    path = tmp_path / "01.md"
    path.write_text(STEP, encoding="utf-8")
    return path


def test_a_step_is_a_title_a_text_a_task_and_what_is_shown(step: Path) -> None:
    read = read_step(step)
    assert (read.title, read.text, read.task) == ("A title", "One sentence. Two *sentences*.", "Press **7**\ntwice.")
    shown = read.shown
    assert (shown.kind, shown.query, shown.layer, shown.page) == ("mdist", "7", "att4", "explore")
    assert [model.name for model in shown.models] == ["mdist/san"]


def test_the_walk_through_the_paper_has_ten_steps_of_three_sentences_and_something_to_do() -> None:
    steps = read_walk()
    assert len(steps) == 10
    for step in steps:
        assert len(re.findall(r"[.?](?:\*\*)?(?=\s|$)", step.text)) == 3, step.title
        assert step.task, step.title


def test_what_the_shipped_steps_show_is_shipped() -> None:
    networks = set(shipped_checkpoints())
    for step in read_walk():
        shown = step.shown
        assert {model.name for model in shown.models} <= networks
        picture = next(each for each in read_pictures(samples_folder(shown.kind)).pictures
                       if each.name == shown.image_name)
        assert not shown.query or shown.query in picture.truths


def test_a_users_own_steps_come_after_those_of_the_paper() -> None:
    own_steps_folder().mkdir(parents=True)
    (own_steps_folder() / "mine.md").write_text(STEP, encoding="utf-8")
    steps = read_walk()
    assert len(steps) == 11
    assert steps[-1].title == "A title"


def test_files_beside_a_step_are_found_and_other_markdown_is_left_out(step: Path, photograph: Path) -> None:
    (step.parent / "README.md").write_text("# For the teacher\n", encoding="utf-8")
    step.write_text(STEP.replace("query: 7", f"image: {photograph.name}"), encoding="utf-8")
    (read,) = read_steps(step.parent)
    assert read.shown.image == photograph


@pytest.mark.parametrize(("wrong", "said"), [
    ("task: mdist|colour: red", "line 2: “colour” is not known"),
    ("task: mdist|task: cifar", "line 2: task is one of mref, mdist"),
    ("layer: att4|layer: top", "line 5: layer is one of"),
    ("# A title|A title", "has no title"),
    ("---\n#|#", "its head stands between"),
    ("query: 7|session: gone.panx", "gone.panx cannot be opened"),
])  # fmt: skip
def test_a_wrong_step_is_refused_in_one_sentence_that_names_the_place(step: Path, wrong: str, said: str) -> None:
    step.write_text(STEP.replace(*wrong.split("|")), encoding="utf-8")
    with pytest.raises(InputError, match=re.escape(said)):
        read_step(step)


def test_a_folder_without_steps_says_so(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="has no step of a walk"):
        read_steps(tmp_path)
