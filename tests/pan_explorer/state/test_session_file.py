"""Session files: what they bring back, and what they say when it is gone."""

from __future__ import annotations

import json
import shutil
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from pan.system.errors import InputError
from pan_explorer import settings
from pan_explorer.__main__ import main
from pan_explorer.session.session import Session
from pan_explorer.state.session_file import read_session
from pan_explorer.values.view import Viewport
from tests.pan_explorer.waiting import answered


def save(session: Session, path: Path, qtbot) -> Path:
    with qtbot.waitSignal(session.succeeded):
        session.files.save(path)
    return path


def opened(session: Session, path: Path, qtbot) -> Session:
    session.begin(image=path)
    qtbot.waitUntil(lambda: bool(session.state.shipped) and answered(session) and session.state.picture is not None,
                    timeout=30_000)
    return session


def test_a_session_comes_back_as_it_was(begun: Session, other: Session, qtbot, photograph: Path, tmp_path) -> None:
    begun.files.open(photograph)
    qtbot.waitUntil(lambda: begun.state.picture.path == photograph and answered(begun))
    begun.ask("8")
    begun.comparison.move("mref/han", 0)
    begun.comparison.toggle("mref/san")
    display = replace(begun.state.display, show="heat", colour_map="viridis", outline=True, heat_opacity=0.4)
    begun.view.set_display(display)
    begun.layers.go_to("att3")
    begun.view.set_viewport(Viewport(0.4, 0.4, 0.5))
    begun.surgery.paint("mref/pan-ctx", "att2", {(1, 2)}, "close")
    qtbot.waitUntil(lambda: answered(begun))
    opened(other, save(begun, tmp_path / "day.panx", qtbot), qtbot)
    for name in ("kind", "query", "layer", "layers", "display", "viewport", "models", "page", "view", "queries"):
        assert getattr(other.state, name) == getattr(begun.state, name), name
    assert other.state.picture.path == photograph
    assert np.array_equal(other.state.picture.fitted.pixels, begun.state.picture.fitted.pixels)
    assert other.surgery.to_json() == begun.surgery.to_json()
    assert other.state.answers.panes[0].model == "mref/han"


def test_a_pasted_image_is_kept_in_the_file(begun: Session, other: Session, qtbot, noise, tmp_path) -> None:
    begun.files.paste(Image.fromarray(noise))
    qtbot.waitUntil(lambda: answered(begun))
    opened(other, save(begun, tmp_path / "pasted.panx", qtbot), qtbot)
    assert other.state.picture.name == "pasted image"
    assert np.array_equal(np.asarray(other.state.picture.source), noise)


def test_a_damaged_image_in_the_file_costs_the_image_alone(
    begun: Session, other: Session, qtbot, noise, tmp_path
) -> None:
    begun.files.paste(Image.fromarray(noise))
    begun.layers.go_to("att2")
    qtbot.waitUntil(lambda: answered(begun))
    path = save(begun, tmp_path / "pasted.panx", qtbot)
    values = json.loads(path.read_text(encoding="utf-8"))
    values["image"]["png"] = values["image"]["png"][:200]
    path.write_text(json.dumps(values), encoding="utf-8")
    with qtbot.waitSignal(other.failed, timeout=30_000) as failed:
        opened(other, path, qtbot)
    assert "pasted image" in failed.args[0]
    assert other.state.layer == "att2"
    assert other.state.picture is other.state.pictures[0]


def test_the_composed_scene_comes_back_with_the_digit_that_was_asked_about(
    begun: Session, other: Session, qtbot, tmp_path: Path
) -> None:
    begun.pages.show("compose")
    begun.composer.place(begun.composer.state.kit.objects[4], 30.0, 40.0)
    begun.composer.place(begun.composer.state.kit.objects[9], 70.0, 60.0)
    begun.composer.recolour("green")
    begun.ask("4")
    opened(other, save(begun, tmp_path / "scene.panx", qtbot), qtbot)
    assert other.state.page == "compose"
    assert other.composer.scene.placed == begun.composer.scene.placed
    assert np.array_equal(other.composer.scene.background, begun.composer.scene.background)
    assert other.state.query == other.composer.state.query == "4"


def test_a_session_in_which_nothing_was_composed_leaves_the_composer_alone(
    begun: Session, other: Session, qtbot, tmp_path: Path
) -> None:
    opened(other, save(begun, tmp_path / "day.panx", qtbot), qtbot)
    assert other.composer.scene is None


def test_an_image_of_a_set_comes_back_with_what_is_known_of_it(
    begun: Session, other: Session, qtbot, sample_sets: Path, tmp_path: Path
) -> None:
    shutil.copytree(sample_sets / "mbg", tmp_path / "own")
    begun.files.open(tmp_path / "own")
    qtbot.waitUntil(lambda: begun.state.folder == tmp_path / "own")
    begun.step_picture(2)
    qtbot.waitUntil(lambda: answered(begun))
    opened(other, save(begun, tmp_path / "set.panx", qtbot), qtbot)
    assert other.state.picture is other.state.pictures[2]
    assert set(other.state.picture.truths) == set(begun.state.picture.truths)


def test_a_sample_is_found_where_another_installation_has_it(
    begun: Session, other: Session, qtbot, tmp_path: Path
) -> None:
    begun.step_picture(2)
    qtbot.waitUntil(lambda: answered(begun))
    path = save(begun, tmp_path / "day.panx", qtbot)
    values = json.loads(path.read_text())
    values["image"] |= {"path": "/opt/elsewhere/000002.png", "beside": "../elsewhere/000002.png"}
    path.write_text(json.dumps(values))
    opened(other, path, qtbot)
    assert other.state.picture is other.state.pictures[2]


def test_a_folder_that_was_moved_whole_is_found(
    begun: Session, other: Session, qtbot, photograph: Path, tmp_path: Path
) -> None:
    begun.files.open(photograph)
    qtbot.waitUntil(lambda: begun.state.picture.path == photograph and answered(begun))
    (tmp_path / "here").mkdir()
    shutil.move(save(begun, tmp_path / "day.panx", qtbot), tmp_path / "here")
    shutil.move(photograph, tmp_path / "here")
    opened(other, tmp_path / "here" / "day.panx", qtbot)
    assert other.state.picture.name == "photograph.png"


def test_missing_files_of_a_session_are_named_and_the_rest_is_shown(
    begun: Session, other: Session, qtbot, photograph: Path, checkpoints, tmp_path: Path
) -> None:
    own = tmp_path / "own.safetensors"
    shutil.copy(checkpoints["mref/san"], own)
    begun.files.open(photograph)
    begun.comparison.add(str(own))
    qtbot.waitUntil(lambda: len(begun.state.models) == 4 and begun.state.picture.path == photograph
                    and answered(begun))
    path = save(begun, tmp_path / "day.panx", qtbot)
    photograph.unlink()
    own.unlink()
    with qtbot.waitSignal(other.failed, timeout=30_000) as failed:
        other.begin(image=path)
    assert "photograph.png" in failed.args[0]
    assert "own.safetensors" in failed.args[0]
    assert [model.name for model in other.state.models] == ["mref/pan-ctx", "mref/san", "mref/han"]
    assert other.state.picture is other.state.pictures[0]
    qtbot.waitUntil(lambda: bool(other.state.shipped) and answered(other))


@pytest.mark.parametrize("text", ["", "[]", '{"format": "pan-session-1"}', '{"format": "other"}', "\x00"])
def test_an_invalid_file_is_refused_and_changes_nothing(begun: Session, qtbot, tmp_path: Path, text: str) -> None:
    path, before = tmp_path / "broken.panx", begun.state
    path.write_text(text)
    with qtbot.waitSignal(begun.failed) as failed:
        begun.files.open(path)
    assert "broken.panx" in failed.args[0]
    for name in ("picture", "pictures", "models", "query", "layer", "display"):
        assert getattr(begun.state, name) == getattr(before, name), name


def test_values_out_of_range_are_taken_for_the_usual_ones(begun: Session, qtbot, tmp_path: Path) -> None:
    path = save(begun, tmp_path / "day.panx", qtbot)
    values = json.loads(path.read_text())
    values["display"] |= {"heat_opacity": 7, "show": "jet", "outline": "yes"}
    values |= {"viewport": [3, 3, 1], "view": "upside down", "layer": "att9"}
    path.write_text(json.dumps(values))
    saved = read_session(path)
    assert (saved.display.heat_opacity, saved.display.show, saved.display.outline) == (0.65, "faded", False)
    assert (saved.viewport, saved.view, saved.layer) == (Viewport(), "panes", "att4")


def test_a_session_without_layers_is_damaged(begun: Session, qtbot, tmp_path: Path) -> None:
    path = save(begun, tmp_path / "day.panx", qtbot)
    path.write_text(json.dumps(json.loads(path.read_text()) | {"layers": []}))
    with pytest.raises(InputError, match="is damaged"):
        read_session(path)


def test_a_session_is_written_whole_or_not_at_all(begun: Session, qtbot, tmp_path: Path) -> None:
    (tmp_path / "folder.panx").mkdir()
    with qtbot.waitSignal(begun.failed) as failed:
        begun.files.save(tmp_path / "folder.panx")
    assert "is a folder" in failed.args[0]
    assert tmp_path / "folder.panx" not in settings.recent_files()


def test_a_saved_session_is_among_the_recent_files(begun: Session, qtbot, tmp_path: Path) -> None:
    path = save(begun, tmp_path / "a.panx", qtbot)
    assert settings.recent_files()[0] == path


def test_a_broken_session_on_the_command_line_ends_with_2(tmp_path: Path, capsys) -> None:
    (tmp_path / "broken.panx").write_text("{}")
    assert main([str(tmp_path / "broken.panx")]) == 2
    assert capsys.readouterr().err.count("\n") == 1
    with pytest.raises(InputError, match="no session of PAN Explorer"):
        read_session(tmp_path / "broken.panx")


def test_a_session_whose_surgery_makes_no_sense_is_refused(begun: Session, qtbot, tmp_path: Path) -> None:
    begun.surgery.strengthen("mref/pan-ctx", "att2", 0.5)
    path = save(begun, tmp_path / "day.panx", qtbot)
    values = json.loads(path.read_text())
    values["surgery"]["mref/pan-ctx"]["att2"]["strength"] = 50
    path.write_text(json.dumps(values))
    with pytest.raises(InputError, match="from 0 to 4, not 50"):
        read_session(path)


def test_the_browser_lists_the_set_that_came_back(
    begun: Session, other: Session, qtbot, sample_sets: Path, tmp_path: Path
) -> None:
    own = shutil.copytree(sample_sets / "mbg", tmp_path / "own")
    begun.files.open(own)
    qtbot.waitUntil(lambda: begun.state.folder == own and answered(begun))
    restored = opened(other, save(begun, tmp_path / "a.panx", qtbot), qtbot)
    qtbot.waitUntil(lambda: restored.state.folder == own, timeout=30_000)
    assert restored.browser.state.folder == own
    assert restored.browser.state.pictures == restored.state.pictures
