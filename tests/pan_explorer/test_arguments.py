"""`pan-explorer` and its arguments."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from pan_explorer.__main__ import main
from pan_explorer.system import qt_libraries


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["missing.png"], "missing.png"),
        (["--query", "banana"], "banana"),
        (["--checkpoint", "mref/nobody"], "mref/nobody"),
        (["--checkpoint", "missing.safetensors"], "missing.safetensors"),
    ],
)
def test_a_mistake_is_told_in_one_sentence_and_ends_with_2(
    arguments: list[str], told: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(arguments) == 2
    error = capsys.readouterr().err
    assert told in error
    assert error.count("\n") == 1


def test_an_unknown_option_ends_with_2(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        main(["--nonsense"])
    assert ended.value.code == 2


def test_without_a_display_the_reason_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("QT_QPA_PLATFORM", "DISPLAY", "WAYLAND_DISPLAY"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setattr(qt_libraries.sys, "platform", "linux")
    assert "display" in qt_libraries.why_not()


def test_missing_libraries_are_named_by_their_packages(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("QT_QPA_PLATFORM", raising=False)
    monkeypatch.setenv("DISPLAY", ":0")
    monkeypatch.setattr(qt_libraries.sys, "platform", "linux")
    monkeypatch.setattr(qt_libraries, "_loads", lambda library: library != "libxcb-cursor.so.0")
    assert qt_libraries.why_not().endswith("apt install libxcb-cursor0")


@pytest.mark.parametrize(
    ("imported", "without"),
    [
        ("pan_explorer.shell.opening", ("numpy", "PIL", "jaxtyping", "torch")),
        ("pan_explorer.shell.contents, pan_explorer.session.session", ("torch", "pyqtgraph", "matplotlib", "scipy")),
    ],
)
def test_the_window_is_shown_before_what_takes_long_is_imported(imported: str, without: tuple[str, ...]) -> None:
    code = f"import sys, {imported}; sys.exit(any(name in sys.modules for name in {without}))"
    subprocess.run([sys.executable, "-c", code], check=True, cwd=Path(__file__).parents[2])
