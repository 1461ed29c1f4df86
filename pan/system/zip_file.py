"""Zip files: written whole, and read from anywhere, bounded and with plain names, into a folder of their own."""

from __future__ import annotations

import shutil
import stat
import zipfile
from collections.abc import Iterator, Mapping, Sequence
from hashlib import sha256
from io import BytesIO
from pathlib import Path, PurePosixPath

from pan.system.errors import InputError
from pan.system.files import cannot_write, write_whole
from pan.system.names import is_file

MOST_BYTES = 2_000_000_000
"""Of all members together, unpacked."""
MOST_MEMBERS = 200_000
LONGEST_NAME = 200
"""Bytes of a file's or a folder's name: most systems take 255, and hidden ones beside are longer."""
FORBIDDEN = frozenset('\\:*?"<>|')
DEVICES = frozenset({"con", "prn", "aux", "nul", *(f"{port}{digit}" for port in ("com", "lpt") for digit in range(10))})
"""What Windows takes for devices, whatever suffix follows."""
PACKED = {".csv", ".json"}
"""What is worth compressing: images and weights are compressed as far as they can be."""
CHUNK = 2**20
BEGINNING_OF_TIME = (1980, 1, 1, 0, 0, 0)
"""The same members make the same file on any day."""


def is_plain(name: str) -> bool:
    """Whether a name with slashes leads to a file below a folder on every system."""
    return all(map(_is_plain_part, name.split("/")))


def _is_plain_part(part: str) -> bool:
    return (
        part.strip(" .") != "" and part[-1] not in " ." and part.isprintable() and not FORBIDDEN & set(part)
        and part.split(".")[0].casefold() not in DEVICES and len(part.encode(errors="replace")) <= LONGEST_NAME
    )  # fmt: skip


def write_zip(path: Path, members: Mapping[str, Path | bytes]) -> None:
    """Write a zip file whole.

    Args:
        path: The file.
        members: By their plain names, files or what is to be in them.

    Raises:
        InputError: If a file cannot be read, they are too large together, or the zip file cannot be written.
    """
    size = sum(len(member) if isinstance(member, bytes) else _size(member) for member in members.values())
    if size > MOST_BYTES:
        raise InputError(f"{path} would hold {size / 1e9:.1f} GB, and {MOST_BYTES / 1e9:.0f} GB is the most; "
                         "take a smaller set.")
    if len(members) > MOST_MEMBERS:
        raise InputError(f"{path} would hold {len(members):,} files, and {MOST_MEMBERS:,} are the most; "
                         "take a smaller set.")

    def write(beside: Path) -> None:
        with zipfile.ZipFile(beside, "w") as archive:
            for name, member in members.items():
                entry = zipfile.ZipInfo(name, BEGINNING_OF_TIME)
                is_packed = PurePosixPath(name).suffix in PACKED
                entry.compress_type = zipfile.ZIP_DEFLATED if is_packed else zipfile.ZIP_STORED
                entry.external_attr = (stat.S_IFREG | 0o644) << 16
                source = BytesIO(member) if isinstance(member, bytes) else member.open("rb")
                with source, archive.open(entry, "w") as target:
                    shutil.copyfileobj(source, target)

    write_whole(path, write)


def _size(path: Path) -> int:
    try:
        return path.stat().st_size
    except OSError as error:
        raise InputError(f"{path} cannot be read: {error.strerror}.") from error


def fingerprint(path: Path) -> str:
    """Sixteen letters that tell a zip file from others by what is in it.

    Raises:
        InputError: If it is no zip file, or one that is refused.
    """
    with _opened(path) as archive:
        members = [(each.filename, each.file_size, each.CRC) for each in _checked(path, archive)]
    return sha256(repr(members).encode(errors="backslashreplace")).hexdigest()[:16]


def unpack_zip(path: Path, folder: Path) -> None:
    """Write all members into a folder.

    Args:
        path: The zip file; from anywhere.
        folder: A new one.

    Raises:
        InputError: If it is no zip file or is damaged, a name leads out of the folder or is none on every system, the
            members are too many or too large, or the folder cannot be written.
    """
    with _opened(path) as archive:
        members = _checked(path, archive)
        try:
            folder.mkdir(parents=True)
            for member in members:
                target = folder / member.filename
                target.parent.mkdir(parents=True, exist_ok=True)
                with target.open("xb") as file:
                    file.writelines(_read(path, archive, member))
        except OSError as error:
            raise cannot_write(folder, error) from error


def _read(path: Path, archive: zipfile.ZipFile, member: zipfile.ZipInfo) -> Iterator[bytes]:
    """What a member holds, no more than the size that was told."""
    try:
        with archive.open(member) as source:
            yield from iter(lambda: source.read(CHUNK), b"")
    except Exception as error:  # the reader raises whatever the damage makes it raise
        raise _damaged(path) from error


def _opened(path: Path) -> zipfile.ZipFile:
    if not is_file(path):
        raise InputError(f"there is no file {path}.")
    try:
        return zipfile.ZipFile(path)
    except OSError as error:
        raise InputError(f"{path} cannot be opened: {error.strerror or error}.") from error
    except Exception as error:  # as above
        raise _damaged(path) from error


def _checked(path: Path, archive: zipfile.ZipFile) -> Sequence[zipfile.ZipInfo]:
    """The members that are files, once all of them are known to be harmless."""
    members = [each for each in archive.infolist() if not each.filename.endswith("/")]
    names = [each.filename for each in members]
    for member in members:
        if not is_plain(member.filename) or stat.S_ISLNK(member.external_attr >> 16):
            raise InputError(f"{path} holds “{member.filename[:80]}”, which leads elsewhere or is no name on every "
                             "system; nothing of it was unpacked.")
        if member.flag_bits & 1 or member.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
            raise InputError(f"{path} has a password or a packing of its own; have it saved by this program.")
    folders = {str(above).casefold() for name in names for above in PurePosixPath(name).parents}
    if len({name.casefold() for name in names} - folders) < len(names):
        raise InputError(f"{path} holds two files of one name; nothing of it was unpacked.")
    size = sum(member.file_size for member in members)
    if size > MOST_BYTES or len(members) > MOST_MEMBERS:
        raise InputError(f"{path} would unpack to {size / 1e9:,.1f} GB in {len(members):,} files, and "
                         f"{MOST_BYTES / 1e9:.0f} GB in {MOST_MEMBERS:,} files is the most.")
    return members


def _damaged(path: Path) -> InputError:
    return InputError(f"{path} is damaged or no zip file; copy it again or have it sent again.")
