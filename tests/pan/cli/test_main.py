"""What holds for every command."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from importlib import import_module
from pathlib import Path

import pytest

from pan.cli import parser
from pan.data.digits.mnist import SPLITS
from pan.recipes.by_name import PRESETS
from pan.recipes.digits import KINDS

PYTHON = (sys.executable, "-m", "pan")
COMMANDS = [
    ("data", "build", "mref", "--split", "test", "--count", "1", "--seed", "1", "--out", "x"),
    ("data", "download", "mnist"),
    ("train", "mref/san"),
    ("evaluate", "mref/san", "--data", "x"),
    ("explain", "x.png", "--query", "7", "--checkpoint", "mref/san", "--out", "y.png"),
    ("report", "--out", "x"),
    ("checkpoints",),
    ("info",),
]


def test_help_does_not_wait_for_torch():
    code = "import sys, pan.cli; pan.cli.parser.build_parser(); assert 'torch' not in sys.modules"
    subprocess.run([sys.executable, "-c", code], check=True)


def test_python_runs_the_package_as_the_command():
    result = subprocess.run([*PYTHON, "--help"], capture_output=True, text=True)
    assert result.returncode == 0
    assert result.stdout.startswith("usage: pan")
    wrong = subprocess.run([*PYTHON, "dance"], capture_output=True, text=True)
    assert wrong.returncode == 2
    assert wrong.stderr.count("\n") == 1


@pytest.mark.parametrize("arguments", COMMANDS, ids=lambda arguments: arguments[0])
def test_every_command_has_a_module_that_runs_it(arguments):
    module = parser.build_parser().parse_args(arguments).module
    assert callable(import_module(f"pan.cli.{module}").run)


def test_the_choices_are_those_of_the_science():
    assert parser.KINDS == KINDS
    assert parser.SPLITS == SPLITS
    assert parser.PRESETS == PRESETS


@pytest.mark.parametrize(
    "arguments",
    [(), ("dance",), ("data",), ("data", "build"), ("evaluate", "--data", "x"), ("info", "--loud"),
     ("train", "mref/san", "--set", "channels"), ("train", "mref/san", "--seed", "-1")],
)  # fmt: skip
def test_a_command_that_is_not_understood_gets_one_sentence(arguments, refused):
    assert "--help" in refused(*arguments)


def test_an_interrupt_ends_with_130(pan, monkeypatch):
    def interrupt(arguments):
        raise KeyboardInterrupt
    monkeypatch.setattr("pan.cli.info.run", interrupt)
    assert pan("info") == (130, "", "")


@pytest.mark.parametrize("fault", [MemoryError(), RuntimeError("CUDA out of memory. Tried to allocate 2 GiB")])
def test_a_full_memory_is_one_sentence(pan, monkeypatch, fault):
    def full(arguments):
        raise fault

    monkeypatch.setattr("pan.cli.info.run", full)
    done = pan("info")
    assert done.code == 2
    assert "the memory is full" in done.err


def test_a_name_that_no_file_can_have_is_that_of_no_checkpoint(refused):
    assert "there is no checkpoint “xxx" in refused("evaluate", "x" * 300, "--data", "y")


def build(folder):
    """A command that says something and does not wait for torch."""
    words = ("data", "build", "mref", "--split", "test", "--count", "1", "--seed", "1", "--out", str(folder / "set"))
    return [*PYTHON, *words]


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="there is no full device here")
def test_a_full_standard_output_is_reported(tmp_path):
    with Path("/dev/full").open("w") as full:
        result = subprocess.run(build(tmp_path), stdout=full, stderr=subprocess.PIPE, text=True)
    assert result.returncode == 2
    assert result.stderr.splitlines()[-1].startswith("pan: standard output cannot be written: No space left")
    assert "Traceback" not in result.stderr


@pytest.mark.skipif(os.name != "posix", reason="pipes break otherwise elsewhere")
def test_a_reader_who_has_read_enough_is_no_mistake(tmp_path):
    reading, writing = os.pipe()
    os.close(reading)
    with os.fdopen(writing, "w") as broken:
        result = subprocess.run(build(tmp_path), stdout=broken, stderr=subprocess.PIPE, text=True)
    assert result.returncode == 0
    assert "cannot be written" not in result.stderr
    assert "Traceback" not in result.stderr


def test_info_names_versions_devices_and_data(pan):
    result = pan("info", "--json", "-")
    facts = json.loads(result.out)
    assert result.code == 0
    assert facts["versions"]["torch"]
    assert "cpu" in facts["devices"]
    assert facts["data"]["digits, test"].startswith("bundled digits")
    assert facts["computing"].keys() == {"device", "precision", "threads"}
    assert "digits, test" in pan("info").out


def test_info_tells_what_is_wrong_with_the_data(pan, monkeypatch, tmp_path):
    for name in ("train-images-idx3-ubyte", "train-labels-idx1-ubyte"):
        (tmp_path / name).write_bytes(b"no digits")
    monkeypatch.setenv("PAN_DATA", str(tmp_path))
    result = pan("info")
    assert result.code == 0
    assert "digits, train" in result.out
    assert "is damaged; download it again" in result.out


def test_checkpoints_are_listed_with_what_was_measured(pan, make_checkpoint, monkeypatch, tmp_path):
    shipped = {"mref/san": make_checkpoint("san"), "mref/han": make_checkpoint("han")}
    monkeypatch.setattr("pan.cli.checkpoints.shipped_checkpoints", lambda: shipped)
    listed = json.loads(pan("checkpoints", "--json", "-").out)
    assert [each["name"] for each in listed] == ["mref/san", "mref/han"]
    assert listed[0] == {
        "name": "mref/san", "path": str(shipped["mref/san"]), "model": "san", "data": "mref", "metrics": {},
    }  # fmt: skip
    assert pan("checkpoints", "--json", tmp_path / "list.json") == (0, "", "")
    assert json.loads((tmp_path / "list.json").read_text()) == listed
    *rows, last = pan("checkpoints").out.splitlines()
    assert any(row.startswith("mref/han ") for row in rows)
    assert max(map(len, rows)) < 60
    assert last == f"files in {Path(listed[0]['path']).parents[1]}"


def test_the_users_own_checkpoints_are_listed_too_and_what_is_none_is_named(pan, make_checkpoint, monkeypatch):
    path = make_checkpoint("san")
    (path.parent / "torn.safetensors").write_bytes(path.read_bytes()[:100])
    monkeypatch.setattr("pan.cli.checkpoints.shipped_checkpoints", dict)
    monkeypatch.setattr("pan.checkpoints.file.checkpoints_folder", lambda: path.parent)
    result = pan("checkpoints", "--json", "-")
    assert [each["name"] for each in json.loads(result.out)] == ["san"]
    assert "torn.safetensors is skipped" in result.err
