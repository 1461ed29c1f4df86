"""Zip files: written atomically; untrusted ones unpacked with bounded sizes and checked names."""

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
"""Upper bound of the unpacked size of all members together."""
MOST_MEMBERS = 200_000
LONGEST_NAME = 200
"""Bytes of a file's or a folder's name: most systems allow 255, and temporary names are longer."""
FORBIDDEN = frozenset('\\:*?"<>|')
DEVICES = frozenset({"con", "prn", "aux", "nul", *(f"{port}{digit}" for port in ("com", "lpt") for digit in range(10))})
"""Names that Windows reserves for devices, with any suffix."""
COMPRESSED = {".csv", ".json"}
"""Suffixes of the files that are compressed: images and weights would not get smaller."""
CHUNK = 2**20
FIXED_DATE = (1980, 1, 1, 0, 0, 0)
"""Of all members, so that the same members give the same file on any day."""


def is_plain(name: str) -> bool:
    """Whether a name with slashes is a valid relative path below the folder on every system."""
    return all(map(_is_plain_part, name.split("/")))


def _is_plain_part(part: str) -> bool:
    return (
        part.strip(" .") != "" and part[-1] not in " ." and part.isprintable() and not FORBIDDEN & set(part)
        and part.split(".")[0].casefold() not in DEVICES and len(part.encode(errors="replace")) <= LONGEST_NAME
    )  # fmt: skip


def write_zip(path: Path, members: Mapping[str, Path | bytes]) -> None:
    """Write a zip file atomically.

    Args:
        path: The file.
        members: Files, or the bytes to write, by their plain names.

    Raises:
        InputError: If a file cannot be read, the members are too large, or the zip file cannot be written.
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
                entry = zipfile.ZipInfo(name, FIXED_DATE)
                is_compressed = PurePosixPath(name).suffix in COMPRESSED
                entry.compress_type = zipfile.ZIP_DEFLATED if is_compressed else zipfile.ZIP_STORED
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
    """A hash of a zip file's content, as sixteen hexadecimal digits.

    Raises:
        InputError: If the file is no zip file, or is refused.
    """
    with _opened(path) as archive:
        members = [(each.filename, each.file_size, each.CRC) for each in _checked(path, archive)]
    return sha256(repr(members).encode(errors="backslashreplace")).hexdigest()[:16]


def unpack_zip(path: Path, folder: Path) -> None:
    """Unpack all members into a folder.

    Args:
        path: The zip file; it may be malicious.
        folder: A new folder.

    Raises:
        InputError: If the file is no zip file or damaged, a name leads out of the folder or is not valid on every
            system, the members are too many or too large, or the folder cannot be written.
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
    """The content of a member in chunks, no more than the size in its header."""
    try:
        with archive.open(member) as source:
            yield from iter(lambda: source.read(CHUNK), b"")
    except Exception as error:  # zipfile raises errors of any type for damaged files
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
    """The members that are files, after a check of all names, types and sizes."""
    members = [each for each in archive.infolist() if not each.filename.endswith("/")]
    names = [each.filename for each in members]
    for member in members:
        if not is_plain(member.filename) or stat.S_ISLNK(member.external_attr >> 16):
            raise InputError(f"{path} holds “{member.filename[:80]}”, which leads out of the folder or is not a valid "
                             "name on every system; nothing was unpacked.")
        if member.flag_bits & 1 or member.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
            raise InputError(f"{path} has a password or an unusual compression; save it with this program.")
    folders = {str(above).casefold() for name in names for above in PurePosixPath(name).parents}
    if len({name.casefold() for name in names} - folders) < len(names):
        raise InputError(f"{path} holds two files of the same name; nothing was unpacked.")
    size = sum(member.file_size for member in members)
    if size > MOST_BYTES or len(members) > MOST_MEMBERS:
        raise InputError(f"{path} would unpack to {size / 1e9:,.1f} GB in {len(members):,} files, and "
                         f"{MOST_BYTES / 1e9:.0f} GB in {MOST_MEMBERS:,} files is the most.")
    return members


def _damaged(path: Path) -> InputError:
    return InputError(f"{path} is damaged or not a zip file; copy it again or ask for it again.")
