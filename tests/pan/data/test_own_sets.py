"""Sets as people write them: by hand, by a script, by a spreadsheet, on Windows."""

from __future__ import annotations

import numpy as np
import pytest
from PIL import Image

from pan.data.check import check_set
from pan.data.labelled.reading import labelled_words, read_labelled_set
from pan.data.parts import evaluated_part, find_part, named_part, parts_of, read_split, training_part
from pan.data.reference.index import read_index
from pan.data.reference.reading import read_reference_set, words_of
from pan.data.sources import Sources, prepare
from pan.recipes.task import Task
from pan.system.errors import InputError
from tests.pan.conftest import drained

SHAPES = Task(20, ("circle", "cross"), ("blue", "red"))
ROWS = [
    ["images/0.png", "circle", "red", "0.511", "masks/0.png"],
    ["images/0.png", "cross", "blue", "1.5", "masks/0.png"],
    ["images/1.png", "cross", "red", "", ""],
]


@pytest.fixture
def shapes(tmp_path):
    """Writes an index about two pictures and a mask; the text may be anything."""
    for folder in ("images", "masks"):
        (tmp_path / folder).mkdir()
    for number in range(2):
        Image.new("RGB", (30, 20), "red").save(tmp_path / f"images/{number}.png")
    mask = Image.new("L", (30, 20))
    mask.paste(255, (3, 3, 9, 9))
    mask.save(tmp_path / "masks" / "0.png")

    def write(text):
        (tmp_path / "index.csv").write_bytes(text if isinstance(text, bytes) else text.encode())
        return tmp_path
    return write


def lines(header, rows=ROWS, separator=","):
    return "\n".join(separator.join(row) for row in [header, *rows]) + "\n"


FIVE = ["image", "query", "answer", "scale", "mask"]
AS_WRITTEN = lines(FIVE)


def with_columns(*names):
    return lines(names, [[row[FIVE.index(name)] if name in FIVE else "x" for name in names] for row in ROWS])


@pytest.mark.parametrize("text", [
    pytest.param(AS_WRITTEN, id="as it is written"),
    pytest.param(lines(FIVE, separator=";"), id="semicolons"),
    pytest.param(lines(FIVE, separator="\t"), id="tabs"),
    pytest.param(lines(FIVE, separator=";").replace("1.5", "1,5").replace("0.511", "0,511"), id="decimal commas"),
    pytest.param(AS_WRITTEN.replace("1.5", '"1,5"'), id="a decimal comma between quotes"),
    pytest.param("\ufeff" + AS_WRITTEN, id="byte order mark"),
    pytest.param(AS_WRITTEN.replace("\n", "\r\n"), id="Windows' line ends"),
    pytest.param(with_columns("mask", "answer", "image", "scale", "query"), id="another order"),
    pytest.param(with_columns("image", "note", "query", "answer", "scale", "mask", "author"), id="further columns"),
    pytest.param(AS_WRITTEN.replace("image,query", "Image, QUERY "), id="capitals and blanks in the header"),
    pytest.param(AS_WRITTEN.replace("images/", "images\\").replace("masks/", "masks\\"), id="back slashes"),
    pytest.param(AS_WRITTEN.replace("\n", "\n\n,,,,\n  \n", 2), id="blank rows"),
    pytest.param("\n".join(line + ",," for line in AS_WRITTEN.splitlines()), id="empty columns at the end"),
])  # fmt: skip
def test_an_index_is_read_whatever_wrote_it(text, shapes):
    read = read_reference_set(shapes(text), SHAPES)
    assert (read.query.tolist(), read.answer.tolist()) == ([0, 1, 1], [1, 0, 1])
    np.testing.assert_array_equal(read.scale, [0.511, 1.5, np.nan])
    assert read.masked.tolist() == [True, True, False]


@pytest.mark.parametrize(("names", "masked", "scaled"), [
    (("image", "query", "answer", "mask"), 2, 0), (("image", "query", "answer", "scale"), 0, 2),
    (("image", "query", "answer"), 0, 0),
])  # fmt: skip
def test_scale_and_mask_may_be_missing(names, masked, scaled, shapes):
    read = read_reference_set(shapes(with_columns(*names)), SHAPES)
    assert (read.masked.sum(), np.isfinite(read.scale).sum()) == (masked, scaled)


@pytest.mark.parametrize(("text", "said"), [
    (AS_WRITTEN.replace("1.5", '"1,158"'), "line 3: the scale “1,158” is not a number"),
    (AS_WRITTEN.replace("scale", "mask"), "two columns “mask”; remove one"),
    (AS_WRITTEN.replace("answer", "colour"), "answer is not in “image,query,colour,scale,mask”"),
    (AS_WRITTEN + "images/1.png,circle,red,,,surplus\n", "line 5: 6 cells where 5 are expected"),
    (AS_WRITTEN + "images/1.png,Cross,red,,\n", "line 5: the query “Cross” differs from “cross” in line 3 only"),
    (AS_WRITTEN + "images/1.png,circle,dark  red,,\nimages/1.png,cross,dark red,,\n", "line 6: the answer “dark red”"),
    (AS_WRITTEN + "images/1.png,caf\u00e9,red,,\nimages/1.png,cafe\u0301,red,,\n", "Unicode form"),
    (AS_WRITTEN.encode("utf-16"), "is not a CSV file in UTF-8"),
    ("", "it lacks|image,query,answer is not in “nothing”"),
])  # fmt: skip
def test_what_is_ambiguous_is_refused_with_its_place(text, said, shapes):
    with pytest.raises(InputError, match=said):
        read_index(shapes(text))


def test_words_in_capitals_are_words_of_their_own(shapes):
    assert words_of(shapes(AS_WRITTEN.replace("cross", "Cross").replace("circle", "Circle"))).queries == (
        "Circle", "Cross")  # fmt: skip


def test_a_network_that_knows_a_word_in_small_letters_says_so(shapes):
    with pytest.raises(InputError, match=r"line 2: the query “Circle” .* differs from “circle” only in upper"):
        read_reference_set(shapes(AS_WRITTEN.replace("circle", "Circle")), SHAPES)


def test_boxes_may_be_missing_where_answers_are_several(shapes):
    folder = shapes("image,query,answers\nimages/0.png,cross,red;large\nimages/1.png,cross,blue\n")
    read = read_labelled_set(folder, labelled_words(folder, 20))
    assert len(read) == 2
    assert not read.masks(np.arange(2)).any()


SPLIT = "image,split\nimages/0.png,train\nimages\\1.png,Test\n"


def test_a_part_of_a_set_with_one_answer_is_that_of_its_split(shapes):
    folder = shapes(AS_WRITTEN)
    (folder / "split.csv").write_text(SPLIT)
    assert parts_of(folder) == ("train", "test")
    assert [len(read_index(*named_part(folder, part))) for part in ("train", "test")] == [2, 1]
    assert evaluated_part(folder) == named_part(folder, "test")
    assert find_part(folder, "val") is None
    with pytest.raises(InputError, match="has no part val; it has train, test"):
        named_part(folder, "val")


@pytest.mark.parametrize(("row", "said"), [
    ("images/1.png,valid\n", "line 4: “valid” is not a part; write one of train, val, test"),
    ("images/1.png,train\n", "line 4: images/1.png is in test already"),
])  # fmt: skip
def test_a_wrong_split_is_refused_with_its_line(row, said, shapes):
    folder = shapes(AS_WRITTEN)
    (folder / "split.csv").write_text(SPLIT + row)
    with pytest.raises(InputError, match=said):
        read_split(folder)


@pytest.fixture
def in_folders(shapes):
    """Three parts in folders of their own, with three, two and one rows."""
    folder = shapes(AS_WRITTEN)
    for number, part in enumerate(("train", "val", "test")):
        own = folder / part
        own.mkdir()
        for name in ("images", "masks"):
            (own / name).symlink_to(folder / name)
        (own / "index.csv").write_text(lines(FIVE, ROWS[: 3 - number]))
    (folder / "index.csv").unlink()
    return folder


def test_parts_may_be_folders(in_folders):
    assert parts_of(in_folders) == ("train", "val", "test")
    assert [len(read_index(*named_part(in_folders, part))) for part in ("train", "val", "test")] == [3, 2, 1]
    assert training_part(in_folders).folder == in_folders / "train"
    assert words_of(in_folders) == Task(100, ("circle", "cross"), ("blue", "red"))


def test_a_folder_that_is_a_part_under_another_name_is_refused(in_folders):
    (in_folders / "val").rename(in_folders / "validation")
    with pytest.raises(InputError, match=r"validation would not be used: .*; rename it to val"):
        training_part(in_folders)
    with pytest.raises(InputError, match="rename it to val"):
        drained(check_set(in_folders))
    (in_folders / "train").rename(in_folders / "training")
    (in_folders / "test").rename(in_folders / "testing")
    with pytest.raises(InputError, match="training would not be used"):
        evaluated_part(in_folders)


def test_a_further_folder_beside_the_parts_is_ignored(in_folders, shapes):
    (in_folders / "val").rename(in_folders / "dev")
    (in_folders / "test").rename(in_folders / "val")
    assert training_part(in_folders).folder == in_folders / "train"


def test_a_run_trains_on_the_part_train_and_says_what_it_uses(in_folders, shapes, tiny):
    prepared = drained(prepare(tiny("san"), Sources(data=in_folders)))
    assert (len(prepared.training), len(prepared.validation)) == (3, 2)
    assert prepared.source == (f"{in_folders / 'train'}: 3 questions about 2 images; "
                               f"validated on 2 questions about 1 image of {in_folders / 'val'}")  # fmt: skip


def test_a_run_never_sees_the_part_test_of_a_split(shapes, tiny):
    folder = shapes(AS_WRITTEN + "images/2.png,circle,blue,,\n")
    Image.new("RGB", (30, 20), "blue").save(folder / "images/2.png")
    (folder / "split.csv").write_text(SPLIT + "images/2.png,val\n")
    prepared = drained(prepare(tiny("san"), Sources(data=folder)))
    assert (len(prepared.training), len(prepared.validation)) == (2, 1)
    assert f"part train of {folder}: 2 questions about 1 image" in prepared.source


def test_without_a_part_val_every_tenth_image_of_the_part_train_is_held_back(shapes, tiny):
    folder = shapes(AS_WRITTEN + "images/2.png,circle,blue,,\n")
    Image.new("RGB", (30, 20), "blue").save(folder / "images/2.png")
    (folder / "split.csv").write_text(SPLIT + "images/2.png,train\n")
    prepared = drained(prepare(tiny("san"), Sources(data=folder)))
    assert (len(prepared.training), len(prepared.validation)) == (2, 1)
    assert prepared.source.endswith("validated on 1 question about 1 image, every tenth image")


def test_a_set_whose_parts_lack_train_cannot_be_trained_on(shapes, tiny):
    folder = shapes(AS_WRITTEN)
    (folder / "split.csv").write_text("image,split\nimages/0.png,val\nimages/1.png,test\n")
    with pytest.raises(InputError, match="has no part train; it has val, test"):
        drained(prepare(tiny("san"), Sources(data=folder)))
