"""Sessions with their images and networks: a zip file that any machine with the program opens.

Members: `session.panx` with places inside the file, `set/NAME/` with its parts or `image/`, and `networks/`.
Networks that come with the program are told by their names. What is opened is unpacked once into the user's data folder
and stays there, so that sessions saved from it find their files.
"""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path, PurePosixPath

import platformdirs

from pan.data.parts import INDEX, folders_of, set_of
from pan.data.portable import check_portable, portable_set
from pan.system.errors import InputError
from pan.system.files import cannot_write
from pan.system.names import is_file
from pan.system.unfinished import discard_unfinished, unfinished
from pan.system.zip_file import fingerprint, is_plain, unpack_zip, write_zip
from pan_explorer.pictures.reading import is_reference_set
from pan_explorer.state.saved_session import SavedSession, Snapshot
from pan_explorer.state.session_file import SUFFIX as LIGHT
from pan_explorer.state.session_file import read_session, session_text

SUFFIX = ".panz"
SUFFIXES = (LIGHT, SUFFIX)
"""Of the session files of both kinds."""
SESSION = "session.panx"
WEIGHTS = ".safetensors"


def read_saved(path: Path) -> SavedSession:
    """What a session file of either kind says.

    Raises:
        InputError: If it cannot be read or is no session.
    """
    return read_bundle(path) if path.suffix.lower() == SUFFIX else read_session(path)


def save_bundle(path: Path, snapshot: Snapshot) -> str:
    """Write a session with its files. Parts of the set that are not shown and cannot be read are left out.

    Returns:
        Which parts are left out and why, in a sentence; empty if none is.

    Raises:
        InputError: If a file of it is gone, they are too large together, or the file cannot be written.
    """
    packing = _Packing()
    text = session_text(snapshot, packing)
    write_zip(path, {SESSION: text.encode(), **packing.members})
    return f"{path.name} is saved without {' and without '.join(packing.left_out)}" if packing.left_out else ""


def read_bundle(path: Path) -> SavedSession:
    """What a session with its files says; the files are unpacked, unless they are already.

    Raises:
        InputError: If it is no such file, is damaged, leads to files that are not in it, or cannot be unpacked.
    """
    folder = sessions_folder() / f"{path.stem if is_plain(path.stem) else 'session'}-{fingerprint(path)}"
    if not folder.is_dir():
        _unpack(path, folder)
    return read_session(folder / SESSION)


def sessions_folder() -> Path:
    """Where sessions with files are unpacked."""
    return platformdirs.user_data_path("pan-explorer", appauthor=False) / "sessions"


def _unpack(path: Path, folder: Path) -> None:
    """Whole, once all that it says is known to stay inside."""
    discard_unfinished(folder.parent)
    beside = unfinished(folder.parent)
    try:
        unpack_zip(path, beside)
        _check_inside(path, beside)
        beside.replace(folder)
    except OSError as error:
        raise cannot_write(folder, error) from error
    finally:
        shutil.rmtree(beside, ignore_errors=True)


def _check_inside(path: Path, folder: Path) -> None:
    if not (folder / SESSION).is_file():
        raise InputError(f"{path} is no session with its files: it holds no {SESSION}.")
    saved = read_session(folder / SESSION)
    for named in _files_of(saved):
        if not named.resolve().is_relative_to(folder.resolve()):
            raise InputError(f"{path} names a file that is not in it, {named}; have it saved again.")
    for each in (folder, *folder.rglob("*/")):
        if is_file(each / INDEX):  # also of a part that is not shown, or that the rest of the set does not lead to
            check_portable(each)


def _files_of(saved: SavedSession) -> Iterator[Path]:
    """What a session names by a path, and not by a word that the program knows."""
    yield from (path for path in (saved.folder, saved.image) if path is not None)
    for model in saved.models:
        if not is_plain(model.name) or Path(model.name).suffix == WEIGHTS:
            yield Path(model.name)


class _Packing:
    """Gathers the members, and tells a session where they are.

    Attributes:
        members: By their names, files or what is to be in them.
        left_out: The parts of the set that cannot be read, each with its fault.
    """

    def __init__(self) -> None:
        self.members: dict[str, Path | bytes] = {}
        self.left_out: list[str] = []
        self._packed: dict[Path, str] = {}

    def of(self, path: Path) -> dict[str, str]:
        """A set with all that it names; an image of that set, or one alone."""
        absolute = path.absolute()
        if is_reference_set(path):
            self._add_set(absolute)
        elif absolute not in self._packed:
            self._add(f"image/{_plain(path.name, f'image{path.suffix}')}", absolute)
        return {"path": self._packed[absolute], "beside": self._packed[absolute]}

    def of_network(self, name: str) -> dict[str, str]:
        """A network of the program by its name; the user's own by the file of its weights."""
        from pan.checkpoints.file import (
            find_checkpoint,
            shipped_checkpoints,  # this brings torch, for which the window does not wait
        )

        if name in shipped_checkpoints():
            return {"name": name}
        file = find_checkpoint(name).absolute()
        if file not in self._packed:
            stem = _plain(Path(name).name.removesuffix(WEIGHTS), "network")
            self._add(self._free(f"networks/{stem}", WEIGHTS), file)
        return {"name": self._packed[file], "beside": self._packed[file]}

    def _add_set(self, shown: Path) -> None:
        """A set; where its parts are folders, the one that is shown and each other one that can be read."""
        whole = set_of(shown)
        for part in folders_of(whole):
            try:
                members = portable_set(part)
            except InputError as error:
                if part == shown:
                    raise
                self.left_out.append(f"the set's part {part.name} ({str(error).rstrip('.')})")
                continue
            place = PurePosixPath("set", _plain(whole.name, "set"), part.relative_to(whole).as_posix())
            self._packed[part] = str(place)
            for each, member in members.items():
                self._add(str(place / each), member)

    def _add(self, name: str, member: Path | bytes) -> None:
        self.members[name] = member
        if isinstance(member, Path):
            self._packed[member.absolute()] = name

    def _free(self, stem: str, suffix: str) -> str:
        names = (f"{stem}{'' if number == 1 else f'-{number}'}{suffix}" for number in range(1, len(self.members) + 2))
        return next(name for name in names if name not in self.members)


def _plain(name: str, otherwise: str) -> str:
    return name if is_plain(name) and len(PurePosixPath(name).parts) == 1 else otherwise
