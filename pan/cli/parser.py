"""The arguments of every command. The commands' own modules are not imported here."""

from __future__ import annotations

from argparse import ArgumentParser
from pathlib import Path
from typing import NoReturn

from pan.cli.arguments import (
    BACKGROUNDS_HELP,
    DATA_ROOT_HELP,
    DEVICE_HELP,
    JSON_HELP,
    KINDS,
    SPLITS,
    at_least_one,
    seed,
    setting,
)
from pan.cli.data_parser import add_build, add_check, add_download, add_import, add_visual_genome
from pan.system.errors import InputError

PRESETS = ("quick", "standard", "paper", "authors")
STUDIES = ("ablation", "seeds", "paper", "authors", "scenes")
EVALUATE_JSON = (
    "JSON is a list with an object for each checkpoint. Shares are from 0 to 1; undefined values are null. For sets "
    "with several right answers to a question: mean_average_precision (VOC 2010, all points, each answer weighted by "
    "its frequency), mean_average_precision_11 (the 11-point form), average_precision_by_answer (answer, examples, "
    "average_precision, average_precision_11); accuracy is the share of questions whose most probable answer is right; "
    "confusion and accuracy_by_scale are null. For other sets the first three are null. Measures of attention use the "
    "masks, or the union of the boxes."
)


class OneSentenceParser(ArgumentParser):
    """A parser that raises its errors as InputError."""

    def error(self, message: str) -> NoReturn:
        """Called by argparse with the error message."""
        raise InputError(f"{message}; see {self.prog} --help.")


def build_parser() -> ArgumentParser:
    """The parser of `pan`; the parsed attribute `module` names the module of `pan.cli` to run."""
    parser = OneSentenceParser(
        prog="pan", description="Train progressive attention networks and see where they attend, layer by layer."
    )
    commands = parser.add_subparsers(metavar="COMMAND", required=True)
    data = commands.add_parser("data", help="build or download data")
    data_commands = data.add_subparsers(metavar="COMMAND", required=True)
    add_build(data_commands.add_parser("build", help="draw scenes and write them as a reference set"))
    add_download(data_commands.add_parser("download", help="download MNIST, SUN397 or weights of VGG-16"))
    add_visual_genome(data_commands.add_parser(
        "visual-genome", help="make a set with several answers to a question from Visual Genome's annotations"
    ))  # fmt: skip
    add_import(data_commands.add_parser("import", help="make a set from annotations of COCO, CLEVR, VAW or labelme"))
    add_check(data_commands.add_parser("check", help="check a set: words, parts, masks, guessing baselines"))
    _add_train(commands.add_parser("train", help="train a network from a recipe, or continue a run"))
    _add_evaluate(commands.add_parser("evaluate", help="measure checkpoints on a reference set"))
    _add_explain(commands.add_parser("explain", help="draw the answers and the attention of networks"))
    _add_report(commands.add_parser("report", help="reproduce the paper's tables and figures, beside its numbers"))
    _add_study(commands.add_parser("study", help="run a series of trainings: an ablation, seeds, the paper's table"))
    _add_checkpoints(commands.add_parser("checkpoints", help="list the shipped and imported checkpoints"))
    _add_benchmark(commands.add_parser("benchmark", help="measure how fast this machine draws, trains and explains"))
    _add_info(commands.add_parser("info", help="show versions, devices and data found"))
    return parser


def _add_train(parser: ArgumentParser) -> None:
    parser.set_defaults(module="train")
    parser.add_argument("recipe", nargs="?", metavar="RECIPE",
                        help="KIND/MODEL, such as mref/pan-ctx; with --data, MODEL")  # fmt: skip
    parser.add_argument("--resume", type=Path, metavar="RUN", help="continue a run that was stopped or killed")
    parser.add_argument("--preset", choices=PRESETS, help="budget and settings of the training (default: standard)")
    parser.add_argument("--data", type=Path, metavar="DIR",
                        help="train on this reference set; with --resume, its new place")  # fmt: skip
    parser.add_argument("--validation", type=Path, metavar="DIR",
                        help="validate on this set (default: a part of --data)")  # fmt: skip
    parser.add_argument("--start", metavar="CHECKPOINT", help="initialise from another checkpoint's weights")
    trunk = parser.add_mutually_exclusive_group()
    trunk.add_argument("--weights", metavar="FILE", help="initialise VGG-16 from torchvision's weights in this file")
    trunk.add_argument("--from-scratch", action="store_true", help="initialise VGG-16 at random")
    parser.add_argument(
        "--set", dest="settings", type=setting, nargs="+", action="extend", default=[],
        metavar="FIELD=VALUE", help="change fields of the recipe",
    )  # fmt: skip
    parser.add_argument("--epochs", type=at_least_one, metavar="N", help="number of epochs")
    parser.add_argument("--seed", type=seed, metavar="S",
                        help="seed of scenes, initial weights and order of questions (default: 0)")  # fmt: skip
    parser.add_argument("--device", default="auto", metavar="D", help=DEVICE_HELP)
    parser.add_argument("--out", type=Path, metavar="RUN", help="the run's folder (default: in the user's data folder)")
    parser.add_argument("--data-root", type=Path, metavar="DIR", help=DATA_ROOT_HELP)
    parser.add_argument("--backgrounds", type=Path, metavar="DIR", help=BACKGROUNDS_HELP)


def _add_evaluate(parser: ArgumentParser) -> None:
    parser.set_defaults(module="evaluate")
    parser.epilog = EVALUATE_JSON
    parser.add_argument("checkpoints", nargs="+", metavar="CHECKPOINT",
                        help="a name (pan checkpoints lists them), a .safetensors file or a run folder")  # fmt: skip
    parser.add_argument("--data", type=Path, required=True, metavar="DIR", help="the reference set to evaluate on")
    parser.add_argument("--split", choices=SPLITS,
                        help="the part to evaluate on, by DIR's split.csv or its folders of parts "
                             "(default: test, or the whole set if it has no parts)")  # fmt: skip
    parser.add_argument("--device", default="auto", metavar="D", help=DEVICE_HELP)
    parser.add_argument("--json", metavar="FILE", help=JSON_HELP)
    parser.add_argument("--predictions", type=Path, metavar="FILE.csv", help="write the answer to every question")
    parser.add_argument("--coco", type=Path, metavar="FILE.json",
                        help="write answers and attention in COCO's results format")  # fmt: skip


def _add_explain(parser: ArgumentParser) -> None:
    parser.set_defaults(module="explain")
    parser.add_argument("images", nargs="+", type=Path, metavar="IMAGE",
                        help="an image, or a folder of images; several for a page")  # fmt: skip
    parser.add_argument("--query", dest="queries", action="append", default=[], metavar="Q",
                        help="the query, or “all”; a page takes several "
                             "(default for a page: the queries of the image's set, or all)")  # fmt: skip
    parser.add_argument("--checkpoint", dest="checkpoints", action="append", required=True, metavar="C",
                        help="the network to explain; may be given several times")  # fmt: skip
    parser.add_argument("--out", type=Path, required=True, metavar="FILE",
                        help="a .png, .pdf, .svg or .html file, or a folder for a folder of images")  # fmt: skip
    parser.add_argument("--dpi", type=at_least_one, default=150, metavar="N", help="resolution (default: 150)")
    parser.add_argument("--maps", type=Path, metavar="FILE.npz", help="also write the attention maps as numbers")
    parser.add_argument("--device", default="auto", metavar="D", help=DEVICE_HELP)


def _add_report(parser: ArgumentParser) -> None:
    parser.set_defaults(module="report")
    parser.add_argument("checkpoints", nargs="*", metavar="CHECKPOINT",
                        help="networks to report on (default: all that come with the program)")  # fmt: skip
    parser.add_argument("--out", type=Path, required=True, metavar="DIR", help="the report's folder")
    parser.add_argument("--device", default="auto", metavar="D", help=DEVICE_HELP)
    parser.add_argument("--html", action="store_true", help="also write it as one web page, report.html")
    parser.add_argument("--data", type=Path, metavar="DIR",
                        help="report on this set; with several answers to a question, as in Table 2")  # fmt: skip
    parser.add_argument("--count", type=at_least_one, default=4_000, metavar="N",
                        help="test scenes of each kind (default: 4000)")  # fmt: skip
    parser.add_argument("--seed", type=seed, default=1, metavar="S", help="seed of the test scenes (default: 1)")
    parser.add_argument("--studies", type=Path, metavar="DIR",
                        help="records of pan study (default: those that come with the program)")  # fmt: skip
    parser.add_argument("--backgrounds", type=Path, metavar="DIR", help=BACKGROUNDS_HELP)
    parser.add_argument("--data-root", type=Path, metavar="DIR", help=DATA_ROOT_HELP)


def _add_study(parser: ArgumentParser) -> None:
    parser.set_defaults(module="study")
    parser.add_argument("study", choices=STUDIES, help="the series of trainings")
    parser.add_argument("--out", type=Path, metavar="DIR",
                        help="the study's folder; the same command continues the study")  # fmt: skip
    parser.add_argument("--list", action="store_true", help="list its trainings without running them")
    parser.add_argument("--questions", type=at_least_one, metavar="N", help="budget of every training")
    parser.add_argument("--kinds", nargs="+", choices=KINDS, default=[], help="only on these data")
    parser.add_argument("--models", nargs="+", default=[], metavar="MODEL", help="only these networks")
    parser.add_argument("--count", type=at_least_one, default=1_000, metavar="N", help="test scenes (default: 1000)")
    parser.add_argument("--test-seed", type=seed, default=1, metavar="S", help="seed of the test scenes (default: 1)")
    parser.add_argument("--device", default="auto", metavar="D", help=DEVICE_HELP)
    parser.add_argument("--backgrounds", type=Path, metavar="DIR", help=BACKGROUNDS_HELP)
    parser.add_argument("--data-root", type=Path, metavar="DIR", help=DATA_ROOT_HELP)


def _add_checkpoints(parser: ArgumentParser) -> None:
    parser.set_defaults(module="checkpoints")
    parser.add_argument("--json", metavar="FILE", help=JSON_HELP)


def _add_benchmark(parser: ArgumentParser) -> None:
    parser.set_defaults(module="benchmark")
    parser.add_argument("--quick", action="store_true", help="take minutes: three networks, one repetition")
    parser.add_argument("--json", metavar="FILE", help=JSON_HELP)


def _add_info(parser: ArgumentParser) -> None:
    parser.set_defaults(module="info")
    parser.add_argument("--json", metavar="FILE", help=JSON_HELP)
