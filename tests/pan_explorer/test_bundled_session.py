"""A session with its images and networks: opened where nothing of it is, and refused if it leads elsewhere."""

from __future__ import annotations

import json
import shutil
import zipfile
from pathlib import Path

import numpy as np
import pytest
from PIL import Image
from PySide6.QtCore import QMimeData, QUrl

from pan.data.parts import parts_of
from pan.data.reference.index import read_index
from pan.evaluation.answer_selection import Order, Selection
from pan.system.errors import InputError
from pan_explorer.__main__ import main
from pan_explorer.panels.chrome import exchange
from pan_explorer.session.session import Session
from pan_explorer.state.session_bundle import read_bundle, sessions_folder
from tests.pan_explorer.own_set import write_own_network, write_own_set
from tests.pan_explorer.waiting import answered


@pytest.fixture
def handed_on(begun: Session, tmp_path: Path, qtbot) -> Path:
    """A session about an own set and an own network, all of which is gone afterwards."""
    folder, network = write_own_set(tmp_path / "shapes"), write_own_network(tmp_path / "run")
    begun.files.open(folder)
    qtbot.waitUntil(lambda: begun.state.folder == folder and answered(begun), timeout=30_000)
    begun.comparison.add(network)
    qtbot.waitUntil(lambda: begun.state.asked == (network,) and answered(begun), timeout=30_000)
    begun.step_picture(1)
    begun.ask("triangle")
    begun.surgery.paint(network, "att4", {(0, 0)}, "close")
    begun.browser.toggle(begun.state.asked)
    begun.browser.list_questions(Selection({network: True}, query="triangle"), Order("confidence", network))
    qtbot.waitUntil(lambda: answered(begun))
    with qtbot.waitSignal(begun.succeeded):
        begun.files.save(tmp_path / "lesson.panz")
    for each in ("shapes", "run"):
        shutil.rmtree(tmp_path / each)
    return tmp_path / "lesson.panz"


def wait_for_own_network(session: Session, qtbot) -> Path:
    """Where the network that came with the file lies."""
    qtbot.waitUntil(lambda: any(name.endswith(".safetensors") for name in session.state.asked) and answered(session),
                    timeout=30_000)  # fmt: skip
    return Path(session.state.asked[0])


def test_a_bundle_opens_on_a_computer_without_its_files(begun: Session, other: Session, handed_on: Path, qtbot) -> None:
    other.begin(image=handed_on)
    network = wait_for_own_network(other, qtbot)
    assert network.is_relative_to(sessions_folder())
    now, then = other.state, begun.state
    assert (now.query, now.picture.path.name, now.folder.name) == ("triangle", "1.png", "shapes")
    assert len(now.pictures) == len(then.pictures) == 2
    before, after = (state.answers.panes[0].reading.explanation for state in (then, now))
    np.testing.assert_array_equal(after.probabilities, before.probabilities)
    assert other.surgery.to_json() == {str(network): begun.surgery.to_json()[then.asked[0]]}
    assert other.browser.state.selection.right == {str(network): True}
    assert other.browser.state.order.of == str(network)


def test_a_set_whose_parts_are_folders_goes_along_with_all_its_parts(
    begun: Session, other: Session, tmp_path: Path, qtbot
) -> None:
    whole = tmp_path / "shapes"
    for part in ("train", "val", "test"):
        write_own_set(whole / part)
    begun.files.open(whole)
    qtbot.waitUntil(lambda: begun.state.folder == whole / "test" and answered(begun), timeout=30_000)
    with qtbot.waitSignal(begun.succeeded):
        begun.files.save(tmp_path / "lesson.panz")
    shutil.rmtree(whole)
    other.begin(image=tmp_path / "lesson.panz")
    qtbot.waitUntil(lambda: other.state.folder is not None and other.state.folder.name == "test", timeout=30_000)
    shown = other.state.folder
    assert shown.is_relative_to(sessions_folder())
    assert parts_of(shown.parent) == ("train", "val", "test")
    assert [len(read_index(shown.parent / part)) for part in ("train", "val", "test")] == [6, 6, 6]
    assert other.training.plan.sources.data == shown.parent


def set_of_folders(session: Session, whole: Path, broken: str, qtbot) -> Path:
    """A set whose parts are folders, opened; afterwards one of them has a row without an answer."""
    for part in ("train", "val", "test"):
        write_own_set(whole / part)
    session.files.open(whole)
    qtbot.waitUntil(lambda: session.state.folder == whole / "test" and answered(session), timeout=30_000)
    with (whole / broken / "index.csv").open("a", encoding="utf-8") as index:
        index.write("images/0.png,heart\n")
    return whole


def test_another_part_that_cannot_be_read_is_left_out_and_named(
    begun: Session, other: Session, tmp_path: Path, qtbot
) -> None:
    whole = set_of_folders(begun, tmp_path / "shapes", "val", qtbot)
    with qtbot.waitSignal(begun.succeeded), qtbot.waitSignal(begun.failed) as told:
        begun.files.save(tmp_path / "lesson.panz")
    fault = f"{whole / 'val/index.csv'}, line 8: "
    assert told.args[0].startswith(f"lesson.panz is saved without the set's part val ({fault}")
    shutil.rmtree(whole)
    other.begin(image=tmp_path / "lesson.panz")
    qtbot.waitUntil(lambda: other.state.folder is not None and other.state.folder.name == "test", timeout=30_000)
    assert parts_of(other.state.folder.parent) == ("train", "test")


def test_the_part_that_is_shown_must_be_readable(begun: Session, tmp_path: Path, qtbot) -> None:
    set_of_folders(begun, tmp_path / "shapes", "test", qtbot)
    with qtbot.waitSignal(begun.failed) as failed:
        begun.files.save(tmp_path / "lesson.panz")
    assert "test/index.csv, line 8: " in failed.args[0]
    assert not (tmp_path / "lesson.panz").exists()


def test_a_bundle_is_unpacked_once_and_a_session_saved_from_it_finds_its_files(
    begun: Session, other: Session, handed_on: Path, tmp_path: Path, qtbot
) -> None:
    other.begin(image=handed_on)
    wait_for_own_network(other, qtbot)
    with qtbot.waitSignal(other.succeeded):
        other.files.save(tmp_path / "light.panx")
    saved = read_bundle(handed_on)
    assert len([*sessions_folder().iterdir()]) == 1
    mime = QMimeData()
    mime.setUrls([QUrl.fromLocalFile(str(tmp_path / "light.panx"))])
    exchange.take(mime, begun)
    qtbot.waitUntil(lambda: begun.state.folder == saved.folder and answered(begun), timeout=30_000)


def test_an_image_alone_goes_with_it(begun: Session, other: Session, photograph: Path, tmp_path: Path, qtbot) -> None:
    begun.files.open(photograph)
    qtbot.waitUntil(lambda: begun.state.picture.path == photograph and answered(begun))
    with qtbot.waitSignal(begun.succeeded):
        begun.files.save(tmp_path / "one.panz")
    photograph.unlink()
    mime = QMimeData()
    mime.setUrls([QUrl.fromLocalFile(str(tmp_path / "one.panz"))])
    exchange.take(mime, other)
    qtbot.waitUntil(lambda: other.state.picture is not None and other.state.picture.name == "photograph.png"
                    and answered(other), timeout=30_000)  # fmt: skip
    np.testing.assert_array_equal(other.state.picture.fitted.pixels, begun.state.picture.fitted.pixels)
    assert [model.name for model in other.state.models] == [model.name for model in begun.state.models]


def changed(path: Path, name: str, change) -> Path:
    """The file with one member changed, or left out where nothing is left of it."""
    with zipfile.ZipFile(path) as archive:
        members = {each: archive.read(each) for each in archive.namelist()}
    members[name] = change(members[name])
    with zipfile.ZipFile(path, "w") as archive:
        for each, data in members.items():
            if data:
                archive.writestr(each, data)
    return path


def with_network_elsewhere(data: bytes) -> bytes:
    values = json.loads(data)
    values["models"][0] |= {"name": "/etc/hosts.safetensors", "beside": "../../hosts.safetensors"}
    return json.dumps(values).encode()


@pytest.mark.parametrize(("member", "change", "said"), [
    ("session.panx", lambda _: b"", r"holds no session\.panx"),
    ("session.panx", lambda _: b"{}", "is no session of PAN Explorer"),
    ("session.panx", with_network_elsewhere, "names a file that is not in it"),
    ("session.panx", lambda data: data.replace(b'"set/shapes"', b'"/etc"'), "names a file that is not in it, /etc"),
    ("set/shapes/index.csv", lambda data: data + b"../../secret.png,heart,red,,\n", "line 8: .*leads out"),
])  # fmt: skip
def test_a_bundle_with_paths_outside_is_refused_and_not_unpacked(handed_on: Path, member, change, said) -> None:
    with pytest.raises(InputError, match=said):
        read_bundle(changed(handed_on, member, change))
    assert not [*sessions_folder().iterdir()]


def test_a_part_that_nothing_leads_to_may_name_nothing_outside_either(handed_on: Path) -> None:
    """Without a part `train`, what is beside the part that is shown is no part of its set."""
    with zipfile.ZipFile(handed_on, "a") as archive:
        archive.writestr("set/shapes/val/index.csv", "image,query,answer\n../../../secret.png,heart,red\n")
    with pytest.raises(InputError, match=r"line 2: .*secret\.png” leads out"):
        read_bundle(handed_on)
    assert not [*sessions_folder().iterdir()]


def test_a_damaged_one_on_the_command_line_ends_with_2(tmp_path: Path, capsys) -> None:
    (tmp_path / "some.panz").write_bytes(b"PK\3\4 and no more")
    assert main([str(tmp_path / "some.panz")]) == 2
    assert capsys.readouterr().err.endswith("is damaged or not a zip file; copy it again or ask for it again.\n")


def test_a_bundle_with_a_missing_image_is_not_saved(begun: Session, photograph: Path, tmp_path: Path, qtbot) -> None:
    begun.files.open(photograph)
    qtbot.waitUntil(lambda: begun.state.picture.path == photograph and answered(begun))
    photograph.unlink()
    with qtbot.waitSignal(begun.failed) as failed:
        begun.files.save(tmp_path / "one.panz")
    assert "photograph.png cannot be read" in failed.args[0]
    assert not (tmp_path / "one.panz").exists()


def test_a_step_of_a_walk_may_show_one(begun: Session, handed_on: Path, tmp_path: Path, qtbot) -> None:
    (tmp_path / "01.md").write_text("---\nsession: lesson.panz\n---\n# A lesson\nLook.\n", encoding="utf-8")
    begun.walk.begin(tmp_path / "01.md")
    qtbot.waitUntil(lambda: begun.state.folder is not None and begun.state.folder.is_relative_to(sessions_folder())
                    and answered(begun), timeout=30_000)  # fmt: skip
    assert begun.state.query == "triangle"


def test_the_image_of_a_set_that_refers_elsewhere_is_the_same_one(
    begun: Session, other: Session, tmp_path: Path, qtbot
) -> None:
    for number in range(2):
        Image.new("RGB", (20, 20), (90 * number, 0, 0)).save(tmp_path / f"{number}.png")
    (tmp_path / "far").mkdir()
    (tmp_path / "far" / "index.csv").write_text(
        f"image,query,answer\n{tmp_path}/0.png,3,red\n{tmp_path}/1.png,3,blue\n", encoding="utf-8")  # fmt: skip
    begun.files.open(tmp_path / "far")
    qtbot.waitUntil(lambda: begun.state.folder == tmp_path / "far" and answered(begun), timeout=30_000)
    begun.step_picture(1)
    qtbot.waitUntil(lambda: answered(begun))
    with qtbot.waitSignal(begun.succeeded):
        begun.files.save(tmp_path / "far.panz")
    other.begin(image=tmp_path / "far.panz")
    qtbot.waitUntil(lambda: bool(other.state.pictures) and other.state.folder.name == "far" and answered(other),
                    timeout=30_000)  # fmt: skip
    assert other.state.picture is other.state.pictures[1]
