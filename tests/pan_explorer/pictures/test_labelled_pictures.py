"""Pictures of sets with several answers know all of them, and their boxes."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
from PIL import Image
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from pan.system.errors import InputError
from pan_explorer.pictures.labelled import read_labelled_pictures
from pan_explorer.pictures.reading import fitted_at, read_pictures, samples_folder
from pan_explorer.session.session import Session
from pan_explorer.shell.openable import check_openable


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """One grey photograph, twice as wide as high, with two dogs."""
    Image.fromarray(np.full((50, 100), 200, np.uint8)).save(tmp_path / "a.png")
    (tmp_path / "index.csv").write_text(
        "image,query,answers,boxes\na.png,dog,brown;wet,0 0 50 50;90 40 10 10\na.png,sky,blue,0 0 100 10\n"
    )
    return tmp_path


def test_a_picture_knows_all_answers_and_the_boxes_where_it_is_fitted(folder: Path) -> None:
    (picture,), queries, questions = read_labelled_pictures(folder)
    assert queries == ("dog", "sky")
    assert picture.truths["dog"].answers == ("brown", "wet")
    first, second = picture.truths["dog"].boxes
    assert first == pytest.approx((0, 0.25, 0.5, 0.5))  # black above and below
    assert second == pytest.approx((0.9, 0.65, 0.1, 0.1))
    region = picture.truths["dog"].region(40)
    assert region is not None
    assert region.mean() == pytest.approx(0.25 + 0.01)
    assert questions.answer.tolist() == ["brown, wet", "blue"]
    assert picture.fitted.pixels[112, 20].tolist() == [200, 200, 200]
    assert fitted_at(picture, 96).pixels.shape == (96, 96, 3)


def test_a_query_with_wrong_answers_alone_is_there_without_a_right_one(folder: Path) -> None:
    (folder / "index.csv").write_text(
        "image,query,answers,boxes,wrong\na.png,dog,,0 0 50 50,brown\na.png,sky,blue,0 0 100 10,\n"
    )
    (picture,), _, _ = read_labelled_pictures(folder)
    assert picture.truths["dog"].answers == ()
    assert len(picture.truths["dog"].boxes) == 1


def test_an_image_that_cannot_be_read_is_a_fault_and_a_missing_one_is_said_at_once(folder: Path) -> None:
    (folder / "images.csv").write_text("image,width,height\na.png,100,50\n")
    (folder / "a.png").write_bytes(b"")
    assert "cannot be read as an image" in read_pictures(folder).pictures[0].fault
    (folder / "a.png").unlink()
    with pytest.raises(InputError, match="1 of 1 images"):
        check_openable(folder)


def test_samples_of_composed_photographs_come_with_the_program() -> None:
    read = read_pictures(samples_folder("vg-tiny"))
    assert len(read.pictures) >= 8
    assert any(len(truth.boxes) > 1 for picture in read.pictures for truth in picture.truths.values())
    assert all(picture.fault == "" for picture in read.pictures)


@pytest.fixture
def session(qapp: QApplication) -> Iterator[Session]:
    """A session with what really comes with the program."""
    session = Session()
    yield session
    session.close()
    session.deleteLater()


def test_the_second_task_answers_with_several_words_after_each_layer(session: Session, qtbot: QtBot) -> None:
    session.begin()
    session.choose_task("vg-tiny")

    def all_answered() -> None:
        answers = session.state.answers
        assert answers is not None
        assert answers.query == "cup"
        assert [pane.error for pane in answers.panes] == ["", "", ""]

    qtbot.waitUntil(lambda: len(session.state.pictures) > 0 and "cup" in session.state.queries, timeout=20_000)
    session.ask("cup")
    qtbot.waitUntil(all_answered, timeout=20_000)
    assert session.state.layers == ("input", "att1", "att2", "att3")
    readings = {pane.model: pane.reading for pane in session.state.answers.panes}
    progressive = readings["vg-tiny/pan-ctx"]
    assert progressive.right
    assert "large" in progressive.truths
    shares = [layer.accumulated_on_object.tpr for layer in progressive.layers]
    assert shares == sorted(shares)
    assert shares[-1] > readings["vg-tiny/san"].layers[-1].on_object.tpr
