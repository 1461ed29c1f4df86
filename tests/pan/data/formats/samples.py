"""Small samples in each official form, rebuilt by hand: each is written into a folder."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
from PIL import Image

SIZE = (60, 40)
COLOURS = {"red": (200, 30, 30), "blue": (30, 30, 200), "green": (30, 160, 30)}
LEFT, RIGHT = (4, 6, 24, 30), (34, 10, 54, 34)


def write_json(path, value):
    """Writes a value and says where."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps(value), encoding="utf-8")
    return path


def picture(path, *objects):
    """An image with rectangles: left, top, right, bottom and colour."""
    image = Image.new("RGB", SIZE, (90, 90, 90))
    for box, colour in objects:
        image.paste(COLOURS[colour], box)
    path.parent.mkdir(parents=True, exist_ok=True)
    image.save(path)


def corners(box):
    left, top, right, bottom = box
    return [left, top, right, top, right, bottom, left, bottom]


def runs(box):
    """The uncompressed runs of a rectangle, down the columns."""
    mask = np.zeros((SIZE[1], SIZE[0]), bool)
    mask[box[1] : box[3], box[0] : box[2]] = True
    pixels = mask.T.reshape(-1)
    ends = np.append(np.flatnonzero(pixels[1:] != pixels[:-1]) + 1, pixels.size)
    return {"size": [SIZE[1], SIZE[0]], "counts": np.diff(ends, prepend=0).tolist()}


def thing(shape, colour, size="large", material="rubber", **more):
    return {"color": colour, "size": size, "shape": shape, "material": material, "rotation": 10.0,
            "3d_coords": [0.1, 0.2, 0.3], "pixel_coords": [30, 20, 9.9], **more}  # fmt: skip


def coco(folder, count=12) -> Path:
    """Images with a cup and a ball each, as CVAT exports them: polygons, runs, attributes."""
    images, annotations = [], []
    for number in range(1, count + 1):
        colours = list(COLOURS)[number % 3], list(COLOURS)[(number + 1) % 3]
        picture(folder / f"images/{number:03d}.png", (LEFT, colours[0]), (RIGHT, colours[1]))
        images.append({"id": number, "width": SIZE[0], "height": SIZE[1], "file_name": f"{number:03d}.png",
                       "license": 0, "flickr_url": "", "coco_url": "", "date_captured": 0})  # fmt: skip
        for place, (box, colour) in enumerate(zip((LEFT, RIGHT), colours, strict=True)):
            annotations.append({
                "id": len(annotations) + 1, "image_id": number, "category_id": place + 1, "iscrowd": 0,
                "area": 480.0, "bbox": [box[0], box[1], box[2] - box[0], box[3] - box[1]],
                "segmentation": [corners(box)] if place == 0 else runs(box),
                "attributes": {"colour": colour, "occluded": False},
            })  # fmt: skip
    categories = [{"id": 1, "name": "cup", "supercategory": ""}, {"id": 2, "name": "ball", "supercategory": ""}]
    return write_json(folder / "annotations/instances_default.json", {
        "licenses": [{"name": "", "id": 0, "url": ""}], "info": {"contributor": "", "year": ""},
        "categories": categories, "images": images, "annotations": annotations,
    })  # fmt: skip


def clevr(folder, count=12) -> Path:
    """Scenes with a cube and a sphere, whose masks lie beside the images."""
    scenes = []
    for number in range(count):
        name = f"CLEVR_new_{number:06d}.png"
        colours = list(COLOURS)[number % 3], list(COLOURS)[(number + 2) % 3]
        picture(folder / "images" / name, (LEFT, colours[0]), (RIGHT, colours[1]))
        numbers = Image.new("L", SIZE)
        numbers.paste(1, LEFT)
        numbers.paste(2, RIGHT)
        numbers.save(folder / "images" / name.replace(".png", "_mask.png"))
        scenes.append({
            "image_index": number, "image_filename": name, "split": "new",
            "objects": [thing("cube", colours[0]), thing("sphere", colours[1])],
            "relationships": {"right": [[1], []]}, "directions": {"right": [0.6, 0.7, 0.0]},
        })  # fmt: skip
    return write_json(folder / "scenes/CLEVR_scenes.json",
                      {"info": {"split": "new", "version": "1.0"}, "scenes": scenes})  # fmt: skip


def vaw(folder, count=12) -> list[Path]:
    """Train, val and test files of instances in images of Visual Genome."""
    files = []
    first, second = count * 2 // 3, count * 5 // 6
    parts = ("train_part1", range(first)), ("val", range(first, second)), ("test", range(second, count))
    for part, numbers in parts:
        instances = []
        for number in numbers:
            picture(folder / f"images/VG_100K/{number}.jpg", (LEFT, "red"), (RIGHT, "blue"))
            instances.append({
                "image_id": str(number), "instance_id": f"{number}001", "instance_bbox": [4.0, 6.0, 20.0, 24.0],
                "instance_polygon": [[[4, 6], [24, 6], [24, 30], [4, 30]]], "object_name": "mug",
                "positive_attributes": ["red", "smooth"], "negative_attributes": ["blue"],
            })  # fmt: skip
            instances.append({
                "image_id": str(number), "instance_id": f"{number}002", "instance_bbox": [34.0, 10.0, 20.0, 24.0],
                "instance_polygon": None, "object_name": "ball", "positive_attributes": ["blue"],
                "negative_attributes": ["red"] if number % 2 else ["red", "striped"],
            })  # fmt: skip
        files.append(write_json(folder / f"data/{part}.json", instances))
    return files


def labelme(folder, count=12) -> Path:
    """A folder of files, one an image."""
    for number in range(count):
        colours = list(COLOURS)[number % 3], list(COLOURS)[(number + 1) % 3]
        picture(folder / f"drawn/{number}.png", (LEFT, colours[0]), (RIGHT, colours[1]))
        write_json(folder / f"drawn/{number}.json", {
            "version": "5.4.1", "flags": {}, "imagePath": f"{number}.png", "imageData": None,
            "imageHeight": SIZE[1], "imageWidth": SIZE[0],
            "shapes": [
                {"label": f"cup:{colours[0]}", "points": [[4, 6], [24, 6], [24, 30], [4, 30]], "group_id": None,
                 "description": "", "shape_type": "polygon", "flags": {}, "mask": None},
                {"label": "ball", "points": [[34, 10], [54, 34]], "group_id": None, "shape_type": "rectangle",
                 "flags": {name: name == colours[1] for name in COLOURS}},
            ],
        })  # fmt: skip
    return folder / "drawn"
