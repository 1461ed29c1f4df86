"""The arguments of every command, without importing what the commands run."""

from __future__ import annotations

from argparse import ArgumentParser, ArgumentTypeError
from pathlib import Path
from typing import NoReturn

from pan.errors import InputError

KINDS = ("mref", "mdist", "mbg")
SPLITS = ("train", "val", "test")
PRESETS = ("quick", "standard", "paper")
STUDIES = ("ablation", "seeds", "paper")
DATA_ROOT_HELP = "folder with MNIST in it (default: PAN_DATA, else the user's data folder)"
BACKGROUNDS_HELP = "folder of photographs for mbg (default: those that come with the program)"
EVALUATE_JSON = (
    "JSON is a list, an object for each checkpoint; shares are 0 to 1, null is what has no meaning. Of sets whose "
    "questions have several right answers: mean_average_precision (VOC 2010, all points, each answer weighted by its "
    "frequency), mean_average_precision_11 (the 11-point form), average_precision_by_answer (answer, examples, "
    "average_precision, average_precision_11), and accuracy is the share of questions whose most probable answer is "
    "a right one; confusion and accuracy_by_scale are null. Of other sets those three are null. tpr and the like are "
    "of masks, or of the union of the boxes."
)
JSON_HELP = "write JSON to a file, or to standard output for -"


class OneSentenceParser(ArgumentParser):
    """A parser that reports a mistake as every other mistake is reported."""

    def error(self, message: str) -> NoReturn:
        """Called by argparse with what is wrong."""
        raise InputError(f"{message}; see {self.prog} --help.")


def build_parser() -> ArgumentParser:
    """The parser of `pan`; `module` of what it parses names the module of `pan.cli` to run."""
    parser = OneSentenceParser(
        prog="pan", description="Train progressive attention networks and see where they look, layer by layer."
    )
    commands = parser.add_subparsers(metavar="COMMAND", required=True)
    data = commands.add_parser("data", help="build or download data")
    data_commands = data.add_subparsers(metavar="COMMAND", required=True)
    _add_build(data_commands.add_parser("build", help="draw scenes and write them as a reference set"))
    _add_download(data_commands.add_parser("download", help="download MNIST, SUN397 or weights of VGG-16"))
    _add_visual_genome(data_commands.add_parser(
        "visual-genome", help="make a set of questions with several answers of Visual Genome's annotations"
    ))  # fmt: skip
    _add_train(commands.add_parser("train", help="train a network from a recipe, or go on with a run"))
    _add_evaluate(commands.add_parser("evaluate", help="measure checkpoints on a reference set"))
    _add_explain(commands.add_parser("explain", help="draw what networks answer and where they look"))
    _add_report(commands.add_parser("report", help="write the paper's tables and figures, with its numbers beside"))
    _add_study(commands.add_parser("study", help="train what is to be compared: an ablation, seeds, the paper's text"))
    _add_checkpoints(commands.add_parser("checkpoints", help="list the checkpoints of the program and your own"))
    _add_benchmark(commands.add_parser("benchmark", help="measure how fast this machine draws, trains and explains"))
    _add_info(commands.add_parser("info", help="show versions, devices and the data that were found"))
    return parser


def at_least_one(text: str) -> int:
    """A count."""
    try:
        number = int(text)
    except ValueError as error:
        raise ArgumentTypeError(f"“{text}” is not a whole number") from error
    if number < 1:
        raise ArgumentTypeError(f"must be at least 1, not {number}")
    return number


def seed(text: str) -> int:
    """A seed: a whole number that is not negative."""
    if not text.isdecimal():
        raise ArgumentTypeError(f"a seed is a whole number from 0 on, not “{text}”")
    return int(text)


def none_or_more(text: str) -> int:
    """A count that may be nothing."""
    if not text.isdecimal():
        raise ArgumentTypeError(f"must be a whole number from 0 on, not “{text}”")
    return int(text)


def setting(text: str) -> tuple[str, str]:
    """`FIELD=VALUE`."""
    field, sign, value = text.partition("=")
    if not sign or not field:
        raise ArgumentTypeError(f"“{text}” is not FIELD=VALUE")
    return field.strip(), value.strip()


def _add_build(parser: ArgumentParser) -> None:
    parser.set_defaults(module="data_build")
    parser.add_argument("kind", choices=(*KINDS, "vg-tiny"),
                        help="digits on black, among distractors, on photographs; composed photographs of objects")
    parser.add_argument("--split", choices=SPLITS, required=True, help="whose digits and photographs are used")
    parser.add_argument("--count", type=at_least_one, required=True, metavar="N", help="images")
    parser.add_argument("--seed", type=seed, required=True, metavar="S", help="the same seed gives the same bytes")
    parser.add_argument("--out", type=Path, required=True, metavar="DIR", help="a new folder")
    parser.add_argument(
        "--stratify-scale", action="store_true",
        help="ask only about the digit placed first in each image: their scales are evenly distributed",
    )  # fmt: skip
    parser.add_argument("--backgrounds", type=Path, metavar="DIR", help=BACKGROUNDS_HELP)
    parser.add_argument("--data-root", type=Path, metavar="DIR", help=DATA_ROOT_HELP)


def _add_download(parser: ArgumentParser) -> None:
    parser.set_defaults(module="data_download")
    parser.add_argument("what", choices=("mnist", "sun", "vgg16"),
                        help="MNIST (12 MB), SUN397 (37 GB), ImageNet weights of VGG-16 (528 MB)")
    parser.add_argument("--data-root", type=Path, metavar="DIR", help=DATA_ROOT_HELP)


def _add_visual_genome(parser: ArgumentParser) -> None:
    parser.set_defaults(module="data_visual_genome")
    parser.epilog = (
        "A question is an object's word asked of an image; its answers are the attributes of all objects of that word, "
        "its boxes theirs. Words are in lower case, without outer blanks and a final full stop. DIR gets index.csv "
        "(image,query,answers,boxes; a box is x y w h in pixels), words.json, split.csv (50, 10 and 40 % of the images)"
        " and images.csv. Without --images the index names the files as the archives do: VG_100K/2.jpg."
    )
    parser.add_argument("--annotations", type=Path, required=True, metavar="FILE",
                        help="attributes.json of version 1.0 or 1.2")  # fmt: skip
    parser.add_argument("--image-data", type=Path, required=True, metavar="FILE",
                        help="image_data.json of the same version")  # fmt: skip
    parser.add_argument("--images", type=Path, nargs="+", action="extend", default=[], metavar="DIR",
                        help="folders with the images, which are referred to and not copied")  # fmt: skip
    parser.add_argument("--aliases", type=Path, metavar="FILE", help="object_alias.txt: other names for objects")
    parser.add_argument("--min-count", type=none_or_more, default=100, metavar="N",
                        help="keep the words of more than N objects (default: 100)")  # fmt: skip
    parser.add_argument("--seed", type=seed, default=0, metavar="S",
                        help="decides which images are for training, validation and test (default: 0)")  # fmt: skip
    parser.add_argument("--out", type=Path, required=True, metavar="DIR", help="a new folder")
    parser.add_argument("--json", metavar="FILE", help=f"{JSON_HELP}: what became of every object")


def _add_train(parser: ArgumentParser) -> None:
    parser.set_defaults(module="train")
    parser.add_argument("recipe", nargs="?", metavar="RECIPE", help="KIND/MODEL, such as mref/pan-ctx")
    parser.add_argument("--resume", type=Path, metavar="RUN", help="go on with a run that was stopped or killed")
    parser.add_argument("--preset", choices=PRESETS, help="how much is trained, and how (default: standard)")
    parser.add_argument("--data", type=Path, metavar="DIR", help="train on this reference set and its words")
    parser.add_argument("--validation", type=Path, metavar="DIR", help="and validate on this one (default: a part)")
    parser.add_argument("--start", metavar="CHECKPOINT", help="begin from another checkpoint's weights")
    begin = parser.add_mutually_exclusive_group()
    begin.add_argument("--weights", metavar="FILE", help="begin VGG-16 with torchvision's weights in this file")
    begin.add_argument("--from-scratch", action="store_true", help="begin VGG-16 with nothing")
    parser.add_argument(
        "--set", dest="settings", type=setting, nargs="+", action="extend", default=[],
        metavar="FIELD=VALUE", help="change fields of the recipe",
    )  # fmt: skip
    parser.add_argument("--epochs", type=at_least_one, metavar="N", help="train for so many epochs")
    parser.add_argument("--seed", type=seed, metavar="S", help="decides scenes, first weights and order (default: 0)")
    parser.add_argument("--device", default="auto", metavar="D", help="auto, cuda, cuda:N, mps or cpu")
    parser.add_argument("--out", type=Path, metavar="RUN", help="the run's folder (default: in the user's data folder)")
    parser.add_argument("--data-root", type=Path, metavar="DIR", help=DATA_ROOT_HELP)
    parser.add_argument("--backgrounds", type=Path, metavar="DIR", help=BACKGROUNDS_HELP)


def _add_evaluate(parser: ArgumentParser) -> None:
    parser.set_defaults(module="evaluate")
    parser.epilog = EVALUATE_JSON
    parser.add_argument("checkpoints", nargs="+", metavar="CHECKPOINT",
                        help="a name (pan checkpoints lists them), a .safetensors file or a run folder")  # fmt: skip
    parser.add_argument("--data", type=Path, required=True, metavar="DIR", help="the reference set to answer")
    parser.add_argument("--split", choices=SPLITS,
                        help="the part to answer, where DIR has folders of parts or a split.csv "
                             "(default: test by split.csv, else all of DIR)")  # fmt: skip
    parser.add_argument("--json", metavar="FILE", help=JSON_HELP)
    parser.add_argument("--predictions", type=Path, metavar="FILE.csv", help="write the answer to every question")


def _add_explain(parser: ArgumentParser) -> None:
    parser.set_defaults(module="explain")
    parser.add_argument("image", type=Path, metavar="IMAGE", help="an image, or a folder of images")
    parser.add_argument("--query", required=True, metavar="Q",
                        help="the word to ask about, or “all” for a table of all of them")  # fmt: skip
    parser.add_argument("--checkpoint", dest="checkpoints", action="append", required=True, metavar="C",
                        help="whom to ask; may be given several times")  # fmt: skip
    parser.add_argument("--out", type=Path, required=True, metavar="FILE",
                        help="a .png, .pdf or .svg file, or a folder for a folder of images")  # fmt: skip
    parser.add_argument("--dpi", type=at_least_one, default=150, metavar="N", help="resolution (default: 150)")
    parser.add_argument("--maps", type=Path, metavar="FILE.npz", help="write the numbers behind the pictures too")


def _add_report(parser: ArgumentParser) -> None:
    parser.set_defaults(module="report")
    parser.add_argument("checkpoints", nargs="*", metavar="CHECKPOINT",
                        help="networks to report on (default: all that come with the program)")  # fmt: skip
    parser.add_argument("--out", type=Path, required=True, metavar="DIR", help="the report's folder")
    parser.add_argument("--data", type=Path, metavar="DIR",
                        help="write Table 2, of networks that give several answers, on this set")  # fmt: skip
    parser.add_argument("--count", type=at_least_one, default=4_000, metavar="N",
                        help="test scenes of each kind (default: 4000)")  # fmt: skip
    parser.add_argument("--seed", type=seed, default=1, metavar="S", help="of the test scenes (default: 1)")
    parser.add_argument("--studies", type=Path, metavar="DIR",
                        help="records that pan study wrote (default: those that come with the program)")  # fmt: skip
    parser.add_argument("--backgrounds", type=Path, metavar="DIR", help=BACKGROUNDS_HELP)
    parser.add_argument("--data-root", type=Path, metavar="DIR", help=DATA_ROOT_HELP)


def _add_study(parser: ArgumentParser) -> None:
    parser.set_defaults(module="study")
    parser.add_argument("study", choices=STUDIES, help="what is compared")
    parser.add_argument("--out", type=Path, metavar="DIR", help="its folder; the same command goes on with it")
    parser.add_argument("--list", action="store_true", help="show its trainings and train nothing")
    parser.add_argument("--questions", type=at_least_one, metavar="N", help="budget of every training")
    parser.add_argument("--kinds", nargs="+", choices=KINDS, default=[], help="only on these data")
    parser.add_argument("--models", nargs="+", default=[], metavar="MODEL", help="only these networks")
    parser.add_argument("--count", type=at_least_one, default=1_000, metavar="N", help="test scenes (default: 1000)")
    parser.add_argument("--test-seed", type=seed, default=1, metavar="S", help="of the test scenes (default: 1)")
    parser.add_argument("--device", default="auto", metavar="D", help="auto, cuda, cuda:N, mps or cpu")
    parser.add_argument("--backgrounds", type=Path, metavar="DIR", help=BACKGROUNDS_HELP)
    parser.add_argument("--data-root", type=Path, metavar="DIR", help=DATA_ROOT_HELP)


def _add_checkpoints(parser: ArgumentParser) -> None:
    parser.set_defaults(module="checkpoints")
    parser.add_argument("--json", metavar="FILE", help=JSON_HELP)


def _add_benchmark(parser: ArgumentParser) -> None:
    parser.set_defaults(module="benchmark")
    parser.add_argument("--quick", action="store_true", help="a look in minutes: three networks, one turn")
    parser.add_argument("--json", metavar="FILE", help=JSON_HELP)


def _add_info(parser: ArgumentParser) -> None:
    parser.set_defaults(module="info")
    parser.add_argument("--json", metavar="FILE", help=JSON_HELP)
