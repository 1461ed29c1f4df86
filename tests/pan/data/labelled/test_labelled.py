"""Sets with several right answers: their files, and what becomes of boxes."""

from __future__ import annotations

import json

import numpy as np
import pytest
from PIL import Image

from pan.data.labelled.index import image_sizes, is_labelled, join_words, read_labelled_index, split_words
from pan.data.labelled.reading import labelled_words, read_labelled_set
from pan.system.errors import InputError

INDEX = """\
image,query,answers,boxes
b.png,dog,brown;small,0 0 20 10;20 10 20 10
a.png,tree,green,0 0 1 1
b.png,tree,tall;green;tall,
"""


@pytest.fixture
def folder(tmp_path):
    """A wide image and a small square one."""
    (tmp_path / "index.csv").write_text(INDEX)
    (tmp_path / "split.csv").write_text("image,split\na.png,test\nb.png,train\n")
    Image.new("RGB", (40, 20), "red").save(tmp_path / "b.png")
    Image.new("L", (100, 100), 7).save(tmp_path / "a.png")
    return tmp_path


def right(questions, task, row):
    return {task.answers[place] for place in np.flatnonzero(questions.right_answers(np.array([row]), 4)[0])}


def test_rows_have_all_their_answers_and_images_are_decoded_when_taken(folder):
    task = labelled_words(folder, 20)
    assert (task.queries, task.answers, task.several) == (
        ("dog", "tree"), ("brown", "green", "small", "tall"), True)  # fmt: skip
    questions = read_labelled_set(folder, task)
    assert [right(questions, task, row) for row in range(3)] == [{"brown", "small"}, {"green", "tall"}, {"green"}]
    assert questions.query.tolist() == [0, 1, 1]
    assert [rows.tolist() for rows in questions.rows] == [[0, 1], [2]]  # those of an image stand together
    assert questions.images[[1, 0]].shape == (2, 20, 20, 3)
    assert questions.images[1].max() == 7
    (folder / "a.png").unlink()
    questions.images[[0]]
    with pytest.raises(InputError, match="no image"):
        questions.images[[1]]


def test_boxes_are_fitted_as_their_image_is_and_their_union_is_the_mask(folder):
    questions = read_labelled_set(folder, labelled_words(folder, 20))
    masks = questions.masks(np.array([[0, 1, 2]]))
    assert masks.shape == (1, 3, 20, 20)
    expected = np.zeros((20, 20), bool)  # the image lies in rows 5 to 14 of the square, at half its size
    expected[5:10, 0:10] = True
    expected[10:15, 10:20] = True
    assert (masks[0, 0] == expected).all()
    assert not masks[0, 1].any()
    assert masks[0, 2].sum() == 1  # a box of a fifth of a pixel is still somewhere


def test_of_a_box_that_reaches_beyond_its_image_the_rest_counts(folder):
    lines = ["image,query,answers,boxes"]
    lines += [f"b.png,dog,brown,{box}" for box in ("-10 -10 30 20", "30 10 99 99", "-20 -20 10 10", "40 0 5 5")]
    (folder / "index.csv").write_text("\n".join(lines) + "\n")
    questions = read_labelled_set(folder, labelled_words(folder, 20))
    masks = questions.masks(np.arange(4))  # the image lies in rows 5 to 14, at half its size
    assert [np.argwhere(mask)[[0, -1]].tolist() for mask in masks[:2]] == [[[5, 0], [9, 9]], [[10, 15], [14, 19]]]
    assert not masks[2:].any()


def test_boxes_are_of_the_image_that_images_csv_tells_of(folder):
    (folder / "images.csv").write_text("image,width,height\nb.png,400,200\n")
    questions = read_labelled_set(folder, labelled_words(folder, 20))
    assert questions.boxes.row(0) == pytest.approx(np.array([[0, 5, 1, 5.5], [1, 5.5, 2, 6]]))


def test_a_part_of_a_set_is_chosen_by_its_name(folder):
    task = labelled_words(folder, 20)
    assert len(read_labelled_set(folder, task, "train")) == 2
    assert len(read_labelled_set(folder, task, "test")) == 1
    with pytest.raises(InputError, match=r"no image of .* is in part val"):
        read_labelled_set(folder, task, "val")


def test_some_images_of_a_set_keep_their_questions(folder):
    task = labelled_words(folder, 20)
    part = read_labelled_set(folder, task).of_images(np.array([1]))
    assert (len(part), len(part.images)) == (1, 1)
    assert right(part, task, 0) == {"green"}
    assert part.masks(np.array([0])).sum() == 1


def test_the_words_of_a_set_are_those_it_lists(folder):
    words = {"queries": {"tree": 5, "dog": 2, "cat": 2}, "answers": ["green", "brown", "small", "tall", "old"]}
    (folder / "words.json").write_text(json.dumps(words))
    task = labelled_words(folder, 32)
    assert task.queries == ("tree", "dog", "cat")
    assert task.answers[-1] == "old"


def test_words_may_hold_what_stands_between_them():
    words = ["red; green", "back\\slash", "plain", "\\;"]
    assert split_words(join_words(words)) == words
    assert split_words("red; ;green;") == ["red", "green"]


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("a.png,tree,green", "line 5: 3 cells"),
        ("a.png,tree,;,", "line 5: the answer is missing"),
        ("a.png,,green,", "line 5: the query is missing"),
        ("a.png,tree,green,0 0 5", "line 5: the box “0 0 5”"),
        ("a.png,tree,green,0 0 5 0", "line 5: the box “0 0 5 0” has no area"),
        ("a.png,tree,green,0 0 inf 5", "line 5: the box “0 0 inf 5” is not four numbers"),
        ("a.png,tree,green,nan 0 5 5", "line 5: the box “nan 0 5 5” is not four numbers"),
        ("a.png,tree,green,1e300 0 5 5", "line 5: the box “1e300 0 5 5” is larger than any image"),
    ],
)
def test_a_wrong_row_is_named_by_its_line(line, said, folder):
    with (folder / "index.csv").open("a") as file:
        file.write(line + "\n")
    with pytest.raises(InputError, match=said):
        read_labelled_index(folder)


def test_missing_images_and_unknown_words_are_told_in_a_sentence(folder):
    task = labelled_words(folder, 20)
    with (folder / "index.csv").open("a") as file:
        file.write("c.png,tree,green,\n")
    with pytest.raises(InputError, match=r"1 of 3 images .* are missing.*c.png"):
        read_labelled_set(folder, task)
    with (folder / "index.csv").open("a") as file:
        file.write("a.png,treee,green,\n")
    with pytest.raises(InputError, match="line 6: the query “treee”"):
        read_labelled_set(folder, task)


def test_a_set_is_known_by_its_header(folder, tmp_path_factory):
    assert is_labelled(folder)
    other = tmp_path_factory.mktemp("other")
    assert not is_labelled(other)
    (other / "index.csv").write_text("image,query,answer,scale,mask\n")
    assert not is_labelled(other)


def test_an_image_of_too_many_pixels_is_told_in_a_sentence(folder, monkeypatch):
    monkeypatch.setattr(Image, "MAX_IMAGE_PIXELS", 1)
    with pytest.raises(InputError, match="too many pixels"):
        image_sizes(folder, ["a.png"])


def test_answers_that_are_known_to_be_wrong_are_told_apart_from_those_not_known(folder):
    rows = "b.png,dog,brown,,small\na.png,tree,,,green\nb.png,tree,tall,,\n"
    (folder / "index.csv").write_text("image,query,answers,boxes,wrong\n" + rows)
    task = labelled_words(folder, 20)
    assert task.answers == ("brown", "green", "small", "tall")
    questions = read_labelled_set(folder, task)
    known = questions.known_answers(np.array([[0, 1, 2]]), 4)[0]
    assert known.tolist() == [[True, False, True, False], [False, False, False, True], [False, True, False, False]]
    assert right(questions, task, 2) == set()
    assert questions.of_images(np.array([1])).known_answers(np.array([0]), 4).tolist() == [known[2].tolist()]


def test_without_the_column_every_other_answer_is_wrong(folder):
    questions = read_labelled_set(folder, labelled_words(folder, 20))
    assert questions.known_answers(np.arange(3), 4).all()


def test_an_answer_cannot_be_right_and_wrong(folder):
    (folder / "index.csv").write_text("image,query,answers,wrong\nb.png,dog,brown;old,old\n")
    with pytest.raises(InputError, match="line 2: “old” is both right and wrong"):
        read_labelled_index(folder)


def test_a_mask_takes_the_place_of_the_boxes_and_is_read_when_it_is_asked_for(folder):
    (folder / "index.csv").write_text("image,query,answers,boxes,mask\nb.png,dog,brown,0 0 40 20,m.png\n"
                                      "b.png,tree,tall,0 0 20 10,\n")  # fmt: skip
    questions = read_labelled_set(folder, labelled_words(folder, 20))
    mask = Image.new("L", (40, 20))
    mask.paste(255, (10, 0, 20, 20))
    mask.save(folder / "m.png")
    masks = questions.masks(np.arange(2))  # the image lies in rows 5 to 14, at half its size
    assert np.argwhere(masks[0])[[0, -1]].tolist() == [[5, 5], [14, 9]]
    assert np.argwhere(masks[1])[[0, -1]].tolist() == [[5, 0], [9, 9]]
