"""An entry in the applications menu of a Linux desktop, for this user alone."""

from __future__ import annotations

import os
import shutil
import sys
from pathlib import Path

from pan.system.files import write_whole
from pan.system.resources import resources_folder
from pan_explorer import NAME

QUOTED = '\\"$`'
"""Signs that a backslash precedes between double quotes."""


def icon_file() -> Path:
    """The program's icon."""
    return resources_folder() / "icon.svg"


def has_applications_menu() -> bool:
    """Whether desktops of this system read such entries."""
    return sys.platform.startswith("linux")


def add_to_applications_menu() -> Path:
    """Write the entry and the icon where desktops look for them; returns the entry.

    Raises:
        InputError: If they cannot be written.
    """
    data = Path(os.environ.get("XDG_DATA_HOME") or Path.home() / ".local" / "share")
    icon = data / "icons" / "hicolor" / "scalable" / "apps" / f"{NAME}.svg"
    entry = data / "applications" / f"{NAME}.desktop"
    write_whole(icon, lambda beside: beside.write_bytes(icon_file().read_bytes()))
    write_whole(entry, lambda beside: beside.write_text(_entry(), encoding="utf-8"))
    return entry


def _entry() -> str:
    return "\n".join([
        "[Desktop Entry]",
        "Type=Application",
        "Name=PAN Explorer",
        "GenericName=Attention in neural networks",
        "Comment=Watch attention close in, layer by layer",
        f"Exec={_command()} %f",
        f"Icon={NAME}",
        "Terminal=false",
        "Categories=Science;Education;",
        "MimeType=image/png;image/jpeg;",
        f"StartupWMClass={NAME}",
        "",
    ])  # fmt: skip


def _command() -> str:
    """As the program was started, so that it is found without an environment being active."""
    installed = Path(sys.executable).with_name(NAME)
    if installed.is_file():
        return _quoted(str(installed))
    found = shutil.which(NAME)
    return _quoted(found) if found else f"{_quoted(sys.executable)} -m pan_explorer"


def _quoted(path: str) -> str:
    """A path as a word of `Exec`: quoted as by a shell, then escaped as every value of the file."""
    word = "".join(f"\\{sign}" if sign in QUOTED else sign for sign in path).replace("%", "%%")
    return '"' + word.replace("\\", "\\\\") + '"'
