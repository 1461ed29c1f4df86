"""The arguments of `pan data`."""

from __future__ import annotations

from argparse import ArgumentParser
from pathlib import Path

from pan.cli.arguments import (
    BACKGROUNDS_HELP,
    DATA_ROOT_HELP,
    FORMATS,
    JSON_HELP,
    KINDS,
    SPLITS,
    at_least_one,
    none_or_more,
    seed,
)


def add_build(parser: ArgumentParser) -> None:
    """Draw scenes and write them as a reference set."""
    parser.set_defaults(module="data_build")
    parser.add_argument("kind", choices=(*KINDS, "vg-tiny"),
                        help="digits on black, among distractors, on photographs; composed photographs of objects")
    parser.add_argument("--split", choices=SPLITS, required=True, help="the part whose digits and photographs are used")
    parser.add_argument("--count", type=at_least_one, required=True, metavar="N", help="images")
    parser.add_argument("--seed", type=seed, required=True, metavar="S", help="the same seed gives the same bytes")
    parser.add_argument("--out", type=Path, required=True, metavar="DIR", help="a new folder")
    parser.add_argument(
        "--stratify-scale", action="store_true",
        help="ask only about the first digit drawn in each image: its scale is uniformly distributed",
    )  # fmt: skip
    parser.add_argument("--backgrounds", type=Path, metavar="DIR", help=BACKGROUNDS_HELP)
    parser.add_argument("--data-root", type=Path, metavar="DIR", help=DATA_ROOT_HELP)


def add_download(parser: ArgumentParser) -> None:
    """Download data or weights that do not come with the program."""
    parser.set_defaults(module="data_download")
    parser.add_argument("what", choices=("mnist", "sun", "vgg16"),
                        help="MNIST (12 MB), SUN397 (37 GB), ImageNet weights of VGG-16 (528 MB)")
    parser.add_argument("--data-root", type=Path, metavar="DIR",
                        help="folder for MNIST or SUN397 (default: PAN_DATA, else the user's data folder)")  # fmt: skip


def add_visual_genome(parser: ArgumentParser) -> None:
    """Make a labelled set from Visual Genome's annotations."""
    parser.set_defaults(module="data_visual_genome")
    parser.epilog = (
        "A question asks for the attributes of an object name in an image. Its answers and boxes are those of all "
        "objects of that name. Words are in lower case, without outer spaces and a final full stop. DIR gets index.csv "
        "(image,query,answers,boxes; a box is x y w h in pixels), words.json, split.csv (50, 10 and 40 % of the images)"
        " and images.csv. Without --images, the index has the file names of the archives: VG_100K/2.jpg."
    )
    parser.add_argument("--annotations", type=Path, required=True, metavar="FILE",
                        help="attributes.json of version 1.0 or 1.2")  # fmt: skip
    parser.add_argument("--image-data", type=Path, required=True, metavar="FILE",
                        help="image_data.json of the same version")  # fmt: skip
    parser.add_argument("--images", type=Path, nargs="+", action="extend", default=[], metavar="DIR",
                        help="folders with the images; the set refers to them without copying")  # fmt: skip
    parser.add_argument("--aliases", type=Path, metavar="FILE", help="object_alias.txt: other names for objects")
    parser.add_argument("--min-count", type=none_or_more, default=100, metavar="N",
                        help="keep the words of more than N objects (default: 100)")  # fmt: skip
    parser.add_argument("--seed", type=seed, default=0, metavar="S",
                        help="seed of the random split into training, validation and test (default: 0)")  # fmt: skip
    parser.add_argument("--out", type=Path, required=True, metavar="DIR", help="a new folder")
    parser.add_argument("--json", metavar="FILE", help=f"{JSON_HELP}: the summary")


def add_import(parser: ArgumentParser) -> None:
    """Make a set from the annotations of other programs."""
    parser.set_defaults(module="data_import")
    parser.epilog = (
        "COCO: the query is the category, the answers are the attributes (of CVAT, COCO Attributes or Fashionpedia). "
        "CLEVR: the query is the shortest phrase that identifies an object, the answer its colour. VAW: positive and "
        "negative attributes; all others are unknown. labelme: a label “cup:red”, or one with flags. DIR gets "
        "index.csv, masks and, if parts are known or there are ten images or more, split.csv. Images are not copied."
    )
    parser.add_argument("format", choices=FORMATS, help="the format of the annotations")
    parser.add_argument("files", nargs="+", type=Path, metavar="FILE", help="JSON files; for labelme also folders")
    parser.add_argument("--images", type=Path, nargs="+", action="extend", default=[], metavar="DIR",
                        help="folders with the images (default: beside the annotations)")  # fmt: skip
    parser.add_argument("--answer", metavar="NAME", help="the attribute (COCO) or property (CLEVR) used as the answer")
    parser.add_argument("--out", type=Path, required=True, metavar="DIR", help="a new folder")
    parser.add_argument("--json", metavar="FILE", help=f"{JSON_HELP}: the summary")


def add_check(parser: ArgumentParser) -> None:
    """Check a set before training on it."""
    parser.set_defaults(module="data_check")
    parser.add_argument("data", type=Path, metavar="DIR", help="a reference set, with one answer or several")
    parser.add_argument("--json", metavar="FILE", help=JSON_HELP)
