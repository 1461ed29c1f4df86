"""What each format's objects become, and what becomes of those that cannot be asked about."""

from __future__ import annotations

import csv
import json

import numpy as np
import pytest
from PIL import Image

from pan.data.formats import build_set, open_format
from pan.data.formats.known import image_folders
from pan.data.labelled.index import annotated_sizes, read_labelled_index
from pan.data.masks import load_mask
from pan.data.parts import read_split
from pan.data.reference.index import read_index
from pan.system.errors import InputError
from tests.pan.conftest import drained
from tests.pan.data.formats.samples import LEFT, RIGHT, SIZE, corners, picture, runs, thing


def built(kind, *files, images=(), answer="", out=None):
    folders = image_folders(files, images)
    out = out or files[0].parent.parent / "set"
    return out, drained(build_set(open_format(kind, files, folders, answer), folders, out))


def rectangle(box):
    mask = np.zeros((SIZE[1], SIZE[0]), bool)
    mask[box[1] : box[3], box[0] : box[2]] = True
    return mask


def dropped(account):
    return {reason: count for reason, count in account.dropped.items() if count}


@pytest.mark.parametrize("kind", ["coco", "clevr", "labelme"])
def test_masks_are_the_objects_of_the_question(kind, request):
    files = request.getfixturevalue(kind)
    out, _ = built(kind, files)
    rows = read_index(out)
    assert len(rows) == 24
    for row in rows:
        expected = rectangle(LEFT if row.query in ("cup", "cube") else RIGHT)
        assert (load_mask(row.mask) == expected).all()
        assert row.scale == pytest.approx(24 / 60)  # the larger side of the box over that of the image
        colour = np.asarray(Image.open(row.image))[expected].mean(0)
        assert row.answer == ("red", "green", "blue")[int(colour.argmax())]


def test_images_are_referred_to_and_not_copied(coco):
    out, _ = built("coco", coco)
    assert {row.name for row in read_index(out)} == {f"../images/{number:03d}.png" for number in range(1, 13)}
    assert sorted(path.name for path in out.iterdir()) == ["index.csv", "masks", "numbers.json", "split.csv"]


def one_image(write, tmp_path, annotations, **more):
    """A COCO file about a single image."""
    picture(tmp_path / "images/1.png", (LEFT, "red"), (RIGHT, "blue"))
    return write("annotations/some.json", {
        "images": [{"id": 1, "file_name": "1.png"}], "categories": [{"id": 1, "name": "cup"}],
        "annotations": [{"image_id": 1, "category_id": 1, **each} for each in annotations], **more,
    })  # fmt: skip


BOX = [4, 6, 20, 24]


def test_the_scale_of_a_tiny_object_is_kept(write, tmp_path):
    tiny = {"attributes": {"colour": "red"}, "bbox": [4, 6, 0.001, 0.002]}
    out, _ = built("coco", one_image(write, tmp_path, [tiny]))
    assert read_index(out)[0].scale == pytest.approx(0.002 / 60, rel=1e-3)


def test_every_object_that_coco_gives_no_answer_for_is_accounted_for(write, tmp_path):
    red = {"attributes": {"colour": "red"}, "bbox": BOX}
    out, account = built("coco", one_image(write, tmp_path, [
        red, {"attributes": {"occluded": True, "number": 3}, "bbox": BOX}, {"bbox": BOX}, {**red, "iscrowd": 1},
        {**red, "image_id": 9}, {**red, "category_id": 9}, {**red, "bbox": [4, 6, 0, 24]},
    ]))  # fmt: skip
    assert (account.objects, account.kept) == (7, 1)
    assert dropped(account) == {"no_answer": 2, "crowd": 1, "no_image_entry": 1, "no_name": 1, "no_area": 1}
    (row,) = read_index(out)
    assert (load_mask(row.mask) == rectangle(LEFT)).all()  # of a box alone it is the box


@pytest.mark.parametrize(("attributes", "more", "answers"), [
    ({"attributes": {"colour": "red", "broken": True, "full": False, "occluded": True}}, {}, ("red", "broken")),
    ({"attributes": ["red", "round"]}, {}, ("red", "round")),
    ({"attributes": [0.2, 0.9, 0.5]},
     {"attributes": [{"id": number, "name": name} for number, name in enumerate(("a", "b", "c"))]}, ("b", "c")),
    ({"attribute_ids": [2, 0]},
     {"attributes": [{"id": number, "name": name} for number, name in enumerate(("a", "b", "c"))]}, ("c", "a")),
])  # fmt: skip
def test_attributes_of_every_kind_answer(attributes, more, answers, write, tmp_path):
    out, account = built("coco", one_image(write, tmp_path, [{"bbox": BOX, **attributes}], **more))
    assert account.several
    (row,) = read_labelled_index(out)
    assert (row.answers, row.boxes) == (answers, (tuple(map(float, BOX)),))


def test_one_attribute_can_be_chosen_to_answer(write, tmp_path):
    file = one_image(write, tmp_path, [{"bbox": BOX, "attributes": {"colour": "red", "full": False}}])
    assert read_index(built("coco", file, answer="full", out=tmp_path / "one")[0])[0].answer == "no"
    assert read_index(built("coco", file, answer="colour", out=tmp_path / "other")[0])[0].answer == "red"


def test_objects_that_a_query_does_not_tell_apart_are_one_or_left_out(write, tmp_path):
    red, blue = ({"attributes": {"colour": colour}} for colour in ("red", "blue"))
    alike = one_image(write, tmp_path, [{**red, "segmentation": [corners(LEFT)]}, {**red, "segmentation": runs(RIGHT)}])
    out, account = built("coco", alike, out=tmp_path / "alike")
    assert (account.rows, account.kept) == (1, 2)
    assert (load_mask(read_index(out)[0].mask) == rectangle(LEFT) | rectangle(RIGHT)).all()
    both = one_image(write, tmp_path, [{**red, "bbox": BOX}, {**blue, "bbox": BOX}, {"bbox": BOX}])
    with pytest.raises(InputError, match=r"none of 3 objects can be asked about \(1 no answer, 2 ambiguous\)"):
        built("coco", both, out=tmp_path / "both")


def test_words_that_differ_in_capitals_alone_are_one_word(write, tmp_path):
    file = one_image(write, tmp_path, [
        {"bbox": BOX, "attributes": {"colour": "Red"}}, {"bbox": BOX, "attributes": {"colour": " red "}}
    ])
    assert read_index(built("coco", file)[0])[0].answer == "Red"


def test_words_of_white_space_alone_are_no_words(write, tmp_path):
    red = {"attributes": ["red"], "bbox": BOX}
    file = one_image(write, tmp_path, [
        red, {"attributes": [" "], "bbox": BOX}, {"attributes": ["\t", ""], "bbox": BOX}, {**red, "category_id": 2}
    ], categories=[{"id": 1, "name": "cup"}, {"id": 2, "name": " "}])  # fmt: skip
    out, account = built("coco", file)
    assert dropped(account) == {"no_answer": 2, "no_name": 1}
    assert not account.several
    assert [(row.query, row.answer) for row in read_index(out)] == [("cup", "red")]


def test_of_white_space_alone_there_is_neither_a_right_nor_a_wrong_answer(vaw):
    instances = json.loads(vaw[0].read_text())
    instances[0] |= {"positive_attributes": [" "], "negative_attributes": ["  "]}
    vaw[0].write_text(json.dumps(instances))
    out, account = built("vaw", *vaw)
    assert dropped(account)["no_answer"] == 1
    assert all(row.answers or row.wrong for row in read_labelled_index(out))


def test_clevr_asks_by_the_fewest_words_that_single_out(write, tmp_path):
    picture(tmp_path / "images/val/CLEVR_val_000000.png")
    file = write("scenes/CLEVR_val_scenes.json", {"info": {}, "scenes": [{
        "image_index": 0, "image_filename": "CLEVR_val_000000.png", "split": "val", "objects": [
            thing("sphere", "red"), thing("cube", "red", "small"), thing("cube", "blue", "large"),
            thing("cylinder", "green", "small", "metal"), thing("cylinder", "blue", "small", "metal"),
        ],
    }]})  # fmt: skip
    out, account = built("clevr", file)
    assert [(row.query, row.answer) for row in read_index(out)] == [
        ("sphere", "red"), ("small cube", "red"), ("large cube", "blue")]  # fmt: skip
    assert (dropped(account), account.masks, account.parts) == ({"not_singled_out": 2}, 0, {})


def test_another_property_of_clevr_can_answer(clevr, tmp_path):
    out, _ = built("clevr", clevr, answer="shape")
    assert {row.answer for row in read_index(out)} == {"cube", "sphere"}
    with pytest.raises(InputError, match="choose one of size, color, material, shape"):
        built("clevr", clevr, answer="colour", out=tmp_path / "x")


def test_vaw_keeps_what_is_wrong_apart_from_what_is_not_known(vaw, tmp_path):
    out, account = built("vaw", *vaw, images=[tmp_path / "images"])
    mug = next(row for row in read_labelled_index(out) if row.query == "mug")
    assert (mug.answers, mug.wrong) == (("red", "smooth"), ("blue",))
    assert (load_mask(out / mug.mask_name) == rectangle(LEFT)).mean() > 0.99
    assert set(json.loads((out / "words.json").read_text())["answers"]) == {"red", "blue", "smooth", "striped"}
    assert set(read_split(out).values()) == {"train", "val", "test"}
    assert account.answers == 4


def test_labelme_groups_shapes_and_tells_apart_what_has_no_area(write, tmp_path):
    picture(tmp_path / "drawn/a.png", (LEFT, "red"), (RIGHT, "red"))
    square = {"points": [[4, 6], [24, 6], [24, 30], [4, 30]], "shape_type": "polygon"}
    write("drawn/a.json", {"imagePath": "..\\drawn\\a.png", "imageHeight": SIZE[1], "imageWidth": SIZE[0], "shapes": [
        {**square, "label": "cup:red", "group_id": 1},
        {"points": [[34, 10], [54, 34]], "shape_type": "rectangle", "label": "cup:red", "group_id": 1},
        {"points": [[44, 22], [44, 30]], "shape_type": "circle", "label": "ball:red"},
        {**square, "label": "dish"}, {**square, "label": ":red"},
        {"points": [[1, 1]], "shape_type": "point", "label": "spot:red"},
    ]})  # fmt: skip
    out, account = built("labelme", tmp_path / "drawn", out=tmp_path / "set")
    assert dropped(account) == {"no_answer": 1, "no_name": 1, "no_area": 1}
    cup, ball = read_index(out)
    assert (load_mask(cup.mask) == rectangle(LEFT) | rectangle(RIGHT)).all()
    assert load_mask(ball.mask).sum() == pytest.approx(np.pi * 8**2, rel=0.06)


def test_images_that_are_missing_or_damaged_are_counted(coco, tmp_path):
    (tmp_path / "images/001.png").unlink()
    (tmp_path / "images/002.png").write_bytes(b"no image")
    (tmp_path / "images/003.png").write_bytes(b"")
    _, account = built("coco", coco)
    assert dropped(account) == {"no_image_file": 4, "unreadable_image": 2}
    assert account.missing == ["001.png", "002.png", "003.png"]
    assert (account.kept, account.rows, account.images) == (18, 18, 9)


def test_annotations_may_be_of_a_larger_picture_than_the_file(coco, tmp_path):
    for path in (tmp_path / "images").iterdir():
        Image.open(path).resize((30, 20)).save(path)
    out, _ = built("coco", coco)
    row = read_index(out)[0]
    mask = load_mask(row.mask)
    assert mask.shape == (20, 30)
    assert mask.sum() == pytest.approx(rectangle(LEFT).sum() / 4, rel=0.1)
    assert row.scale == pytest.approx(24 / 60)  # of the picture that was annotated, as its box is


def test_the_scale_is_a_share_of_the_annotated_picture(write, tmp_path):
    boxed = {"attributes": {"colour": "red"}, "bbox": [0, 0, 100, 100]}
    entry = {"id": 1, "file_name": "1.png", "width": 200, "height": 200}
    file = one_image(write, tmp_path, [boxed], images=[entry])
    Image.new("RGB", (100, 100)).save(tmp_path / "images/1.png")
    assert read_index(built("coco", file)[0])[0].scale == 0.5


def test_an_object_without_a_place_needs_no_size_of_its_picture(write, tmp_path):
    entry = {"id": 1, "file_name": "1.png", "width": 0, "height": 0}
    file = one_image(write, tmp_path, [{"attributes": {"colour": "red"}}], images=[entry])
    (row,) = read_index(built("coco", file)[0])
    assert row.scale != row.scale


def test_numbers_of_coco_are_kept_for_what_goes_back(coco):
    out, _ = built("coco", coco)
    numbers = json.loads((out / "numbers.json").read_text())
    assert numbers["categories"] == {"cup": 1, "ball": 2}
    assert numbers["images"]["../images/007.png"] == 7


def test_numbers_of_coco_are_found_by_the_words_of_the_set(write, tmp_path):
    file = one_image(write, tmp_path, [{"attributes": {"colour": "red"}, "bbox": BOX}],
                     categories=[{"id": 1, "name": " Cup "}, {"id": 2, "name": "cup"}, {"id": 3, "name": "ball"}])
    out, _ = built("coco", file)
    assert json.loads((out / "numbers.json").read_text())["categories"] == {"Cup": 1, "ball": 3}
    assert read_index(out)[0].query == "Cup"


def test_a_size_of_0_is_that_of_the_file(write, tmp_path):
    entry = {"id": 1, "file_name": "1.png", "width": 0, "height": 0}
    boxed = {"attributes": ["red", "old"], "bbox": [0, 0, 10, 10]}
    out, _ = built("coco", one_image(write, tmp_path, [boxed], images=[entry]))
    with Image.open(tmp_path / "images/1.png") as file:
        assert list(annotated_sizes(out).values()) == [file.size]


WITHOUT_LENGTHS = {"image_id": 1, "object_name": "a", "instance_bbox": [1, 2], "positive_attributes": [],
                   "negative_attributes": []}  # fmt: skip


@pytest.mark.parametrize(("kind", "content", "said"), [
    ("coco", '{"images": [{"id": 1, "file_name": "a.png"}', r"is not a complete JSON object \(.*; download it again"),
    ("coco", "{}", "has no “images”"),
    ("coco", '{"images": [{"id": 1}]}', "entry 1 of “images”: object missing required field file_name"),
    ("coco", '{"images": [{"id": 1, "file_name": "a"}], "annotations": [{"image_id": 1, "category_id": "x"}]}',
     "entry 1 of “annotations”: expected int, got str at .category_id"),
    ("coco", '{"images": [{"id": ' + "9" * 5000 + ', "file_name": "a"}]}', "is not a complete JSON object"),
    ("coco", '{"images": [{"id": NaN, "file_name": "a"}]}', "entry 1 of “images”: expected int | str, got float"),
    ("coco", "[" * 100_000, "is not a complete JSON object"),
    ("clevr", '{"scenes": [{"image_filename": "a", "objects": [{"size": ""}]}]}', "entry 1 of “scenes”: object mis"),
    ("clevr", '{"scenes": []}', "the annotations hold no object"),
    ("vaw", '{"image_id": 1}', "is not a complete JSON array"),
    ("vaw", json.dumps([WITHOUT_LENGTHS]), "entry 1: expected array of length 4, got 2 at .instance_bbox"),
    ("labelme", '{"shapes": [{"label": "a", "points": [[1]]}], "imagePath": "a"}', "expected array of length 2 at"),
    ("labelme", "\x00", "is not a complete JSON file"),
    ("labelme", '{"shapes": ' + "[" * 100_000, "is not a complete JSON file|expected"),
])  # fmt: skip
def test_a_file_of_another_form_is_one_sentence_with_the_place(kind, content, said, tmp_path):
    file = tmp_path / "in" / "bad.json"
    file.parent.mkdir()
    file.write_text(content)
    with pytest.raises(InputError, match=said) as caught:
        built(kind, file)
    assert "\n" not in str(caught.value)
    assert not (tmp_path / "set" / "index.csv").exists()


def test_runs_that_fit_no_mask_are_refused_with_their_place(write, tmp_path):
    file = one_image(write, tmp_path, [
        {"attributes": {"colour": "red"}, "segmentation": {"size": [40, 60], "counts": [5]}}
    ])
    with pytest.raises(InputError, match="entry 1 of “annotations”: runs of 5 pixels do not fill a mask of 60 × 40"):
        built("coco", file)


def test_the_parts_are_those_that_files_tell(write, tmp_path):
    for part, names in (("train", "ab"), ("val", "c")):
        for name in names:
            picture(tmp_path / f"images/{name}.png")
        write(f"annotations/instances_{part}2017.json", {
            "images": [{"id": name, "file_name": f"{name}.png"} for name in names],
            "categories": [{"id": 1, "name": "cup"}],
            "annotations": [{"image_id": name, "category_id": 1, "bbox": BOX, "attributes": ["red"]} for name in names],
        })  # fmt: skip
    files = sorted((tmp_path / "annotations").iterdir())
    out, account = built("coco", *files, out=tmp_path / "both")
    assert account.parts == {"train": 2, "val": 1, "test": 0}
    with (out / "split.csv").open(newline="") as file:
        assert [row["split"] for row in csv.DictReader(file)] == ["train", "train", "val"]
    _, alone = built("coco", files[0], out=tmp_path / "alone")
    assert alone.parts == {}  # one part by itself is a set
