"""What is told about a set before anything is trained on it."""

from __future__ import annotations

from dataclasses import replace

import pytest
from PIL import Image

from pan.data.check import check_set, guesses_on
from pan.data.check.summary import notice
from pan.data.labelled.writing import LabelledQuestion, Words, write_labelled_set
from pan.data.parts import Part
from pan.system.errors import InputError
from tests.pan.conftest import drained


@pytest.fixture
def make(tmp_path):
    """A set of five images of different greys and a mask; rows may be anything."""
    for number in range(5):
        Image.new("L", (8, 6), 40 * number).save(tmp_path / f"{number}.png")
    for name, box in (("some", (1, 1, 3, 3)), ("none", (0, 0, 0, 0)), ("all", (0, 0, 8, 6))):
        mask = Image.new("L", (8, 6))
        mask.paste(255, box)
        mask.save(tmp_path / f"{name}.png")
    Image.new("L", (5, 5), 255).save(tmp_path / "small.png")

    def write(*rows, split=""):
        (tmp_path / "index.csv").write_text("\n".join(("image,query,answer,mask", *rows)) + "\n")
        if split:
            (tmp_path / "split.csv").write_text("image,split\n" + split)
        return tmp_path
    return write


def write_part(folder, *rows):
    folder.mkdir(parents=True)
    (folder / "index.csv").write_text("\n".join(["image,query,answer", *rows, ""]))


def checked(folder):
    return drained(check_set(folder))


def test_words_are_counted_with_the_commonest_first(make):
    found = checked(make("0.png,cup,red,some.png", "1.png,cup,blue,", "1.png,hat,red,", "2.png,cup,red,"))
    assert (found.questions, found.images, found.several) == (4, 3, False)
    assert [*found.queries.items()] == [("cup", 3), ("hat", 1)]
    assert [*found.answers.items()] == [("red", 3), ("blue", 1)]
    assert "1 query occurs once: hat." in found.remarks
    assert (found.masks.known, found.masks.missing) == (1, 3)


def test_guesses_are_those_of_the_commonest_answers(make):
    rows = ("0.png,cup,red,", "0.png,hat,blue,", "1.png,cup,red,", "1.png,hat,red,", "2.png,cup,blue,")
    found = checked(make(*rows))
    # Of the query: cup red, red, blue; hat blue or red. Of the image: one of two, both, the one.
    assert found.image_blind == 3 / 5
    assert found.query_blind == 4 / 5


def test_guesses_are_learned_from_the_part_train_and_tried_on_the_part_test(make):
    rows = ("0.png,cup,red,", "1.png,cup,red,", "2.png,cup,blue,", "3.png,cup,blue,", "4.png,hat,red,")
    found = checked(make(*rows, split="0.png,train\n1.png,train\n2.png,test\n3.png,val\n4.png,test\n"))
    assert found.parts == {"train": 2, "val": 1, "test": 2}
    assert found.image_blind == 1 / 2  # the cup is taken for red; of a hat nothing is known, and red is commonest
    assert found.query_blind == 1


@pytest.mark.parametrize(("mask", "kind", "said"), [
    ("none.png", "empty", "none.png is empty"), ("all.png", "whole", "all.png is the whole image"),
    ("small.png", "unreadable", "small.png has 5 × 5 pixels, its image 8 × 6"),
])  # fmt: skip
def test_odd_masks_are_counted_and_named_with_their_line(mask, kind, said, make):
    found = checked(make("0.png,cup,red,some.png", f"1.png,cup,blue,{mask}"))
    assert getattr(found.masks, kind) == 1
    assert any(said in remark and "line 3" in remark for remark in found.remarks)


def test_damaged_images_and_masks_are_named_and_the_rest_is_told(make, tmp_path):
    (tmp_path / "some.png").write_bytes(b"no image")
    (tmp_path / "1.png").write_bytes(b"")
    found = checked(make("0.png,cup,red,some.png", "1.png,cup,blue,", "2.png,cup,blue,"))
    assert found.masks.unreadable == 1
    assert sum("cannot be read as an image" in remark for remark in found.remarks) == 2


def test_contradictions_and_duplicates_are_named_with_both_lines(make):
    found = checked(make("0.png,cup,red,", "0.png,cup,blue,", "1.png,cup,red,", "1.png,cup,red,"))
    (contradiction,) = found.contradictions
    assert contradiction.endswith("line 3: “cup” of 0.png is answered “blue” here and “red” in line 2.")
    (duplicate,) = found.duplicates
    assert duplicate.endswith("line 5: the same question and answer as in line 4.")


def test_the_order_of_several_answers_contradicts_nothing(tmp_path):
    Image.new("L", (8, 6)).save(tmp_path / "a.png")
    rows = [LabelledQuestion("a.png", "cup", words, []) for words in (["red", "wet"], ["wet", "red"], ["wet"])]
    write_labelled_set(tmp_path, rows, Words({"cup": 3}, {"red": 2, "wet": 3}), {}, {})
    (contradiction,) = checked(tmp_path).contradictions
    assert contradiction.endswith("line 4: “cup” of a.png is answered “wet” here and “red”, “wet” in line 2.")


def test_an_image_that_is_in_two_parts_under_two_names_is_found(make, tmp_path):
    rows = ("0.png,cup,red,", "1.png,cup,blue,", "2.png,cup,red,")
    make(*rows, split="0.png,train\n1.png,test\n2.png,test\n")
    (tmp_path / "1.png").write_bytes((tmp_path / "0.png").read_bytes())
    (found,) = checked(tmp_path).duplicates
    assert found.endswith("1.png in part test is the same image as " + f"{tmp_path / '0.png'} in part train.")


def test_images_that_no_part_has_are_told(make):
    found = checked(make("0.png,cup,red,", "1.png,cup,blue,", split="0.png,train\n"))
    assert any("1 image is in no part and never used" in remark for remark in found.remarks)


def test_a_one_sided_set_is_told(make):
    found = checked(make(*(f"{number}.png,cup,{'blue' if number == 4 else 'red'}," for number in range(5)),
                         "0.png,hat,red,"))  # fmt: skip
    assert any("“red” is the right answer to 83 %" in remark for remark in found.remarks)
    assert any("only answer" in remark for remark in checked(make("0.png,cup,red,")).remarks)


def test_words_of_a_list_that_look_alike_are_told(tmp_path):
    Image.new("L", (8, 6)).save(tmp_path / "a.png")
    rows = [LabelledQuestion("a.png", word, ["red"], [(0, 0, 3, 3)]) for word in ("Cup", "cup")]
    write_labelled_set(tmp_path, rows, Words({"Cup": 1, "cup": 1}, {"red": 2}), {}, {})
    found = checked(tmp_path)
    assert any("“Cup” and “cup” differ only in upper and lower case" in remark for remark in found.remarks)
    assert (found.several, found.masks.known) == (True, 2)


def test_a_set_with_parts_in_folders_is_looked_through_as_one(make, tmp_path):
    make("0.png,cup,red,")
    both = tmp_path / "both"
    for part in ("train", "test"):
        write_part(both / part, "../../0.png,cup,red")
    assert checked(both).parts == {"train": 1, "test": 1}


def test_guesses_on_a_folder_that_is_a_part_are_learned_from_the_part_train(make, tmp_path):
    make("0.png,cup,red,")
    for part, answer in (("train", "red"), ("test", "blue")):
        write_part(tmp_path / "both" / part, f"../../0.png,cup,{answer}")
    folder = tmp_path / "both" / "test"
    assert guesses_on(folder, Part(folder)).image_blind == 0


def test_guesses_on_a_named_part_are_of_the_set_that_names_it(make, tmp_path):
    make("0.png,cup,red,")
    write_part(tmp_path / "both" / "train", "../../0.png,cup,green")
    write_part(tmp_path / "both" / "test", "../../1.png,cup,blue", "../../2.png,cup,green")
    folder = tmp_path / "both" / "test"
    (folder / "split.csv").write_text("image,split\n../../1.png,train\n../../2.png,test\n")
    assert guesses_on(folder, Part(folder, "test")).image_blind == 0  # learned from “blue”, asked about “green”


def test_a_notice_names_the_set_and_what_matters_most(make):
    found = checked(make("0.png,cup,red,", "0.png,cup,blue,", "1.png,hat,red,"))
    line = notice(found)
    assert line.startswith(f"“{found.data.rpartition('/')[2]}”: 3 questions about 2 images. ")
    assert found.contradictions[0] in line
    assert line.endswith(f" And {len(found.remarks)} more.")
    assert notice(replace(found, contradictions=[], remarks=[], duplicates=[])).endswith("Nothing is odd about it.")


def test_a_bounded_check_opens_some_images_and_says_how_many(make, tmp_path):
    make(*(f"{number}.png,cup,{'red' if number else 'blue'},all.png" for number in range(5)), "0.png,cup,red,")
    found = drained(check_set(tmp_path, most_opened=2))
    assert (found.questions, found.images, found.opened, found.is_complete) == (6, 5, 2, False)
    assert (found.masks.known, found.masks.missing, found.masks.whole) == (5, 1, 2)
    assert len(found.contradictions) == 1
    assert ": 6 questions about 5 images, 2 of them opened. " in notice(found)
    assert found == drained(check_set(tmp_path, most_opened=2))
    every = drained(check_set(tmp_path, most_opened=5))
    assert (every, every.masks.whole, every.is_complete) == (checked(tmp_path), 5, True)


def test_a_set_that_cannot_be_read_is_refused(make):
    with pytest.raises(InputError, match="line 2: there is no file"):
        checked(make("gone.png,cup,red,"))
