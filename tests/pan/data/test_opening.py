"""A picture is opened in one place: upright, in sRGB, with all its levels, and only if it is one."""

from __future__ import annotations

import os
import struct
import subprocess
import sys
import threading
import warnings

import numpy as np
import pytest
from PIL import Image, ImageCms

from pan.data.levels import eight_bits
from pan.data.opening import LONGEST_SIDE, decode_image, image_size, is_image_file, load_image, to_rgb
from pan.system.errors import InputError
from pan.system.quiet import no_warnings

PIXELS = np.random.default_rng(0).integers(256, size=(20, 30, 3), dtype=np.uint8)
LARGE = np.kron(np.arange(6).reshape(2, 3, 1) * 40, np.ones((16, 16, 3))).astype(np.uint8)
"""Six squares, each of another grey, so that a JPEG's loss moves no corner."""


@pytest.mark.parametrize("suffix", ["jpg", "png", "webp", "tif", "avif"])
@pytest.mark.parametrize("orientation", range(1, 9))
def test_orientation_applies_to_size_and_picture_alike(orientation, suffix, tmp_path):
    upright = Image.fromarray(LARGE)
    turns = [None, None, Image.Transpose.FLIP_LEFT_RIGHT, Image.Transpose.ROTATE_180, Image.Transpose.FLIP_TOP_BOTTOM,
             Image.Transpose.TRANSPOSE, Image.Transpose.ROTATE_90, Image.Transpose.TRANSVERSE,
             Image.Transpose.ROTATE_270]  # fmt: skip
    stored = upright if orientation == 1 else upright.transpose(turns[orientation])
    exif = Image.Exif()
    exif[0x0112] = orientation
    path = tmp_path / f"photo.{suffix}"
    stored.save(path, exif=exif)
    assert image_size(path) == upright.size
    assert np.abs(np.asarray(load_image(path), int) - LARGE).max() < 30


@pytest.mark.parametrize("mode", ["RGB", "RGBA", "L", "P"])
def test_colours_of_a_profile_are_those_of_srgb(mode, tmp_path):
    grey = Image.new("RGB", (4, 4), (64, 64, 64))
    image = grey.quantize(4) if mode == "P" else grey.convert(mode)
    image.save(tmp_path / "linear.png", icc_profile=_linear_profile())
    image.save(tmp_path / "same.png", icc_profile=ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes())
    assert np.asarray(load_image(tmp_path / "same.png")).mean() == 64
    seen = np.asarray(load_image(tmp_path / "linear.png")).mean()
    assert seen == 64 if mode == "L" else 130 < seen < 145  # a quarter of the light is the 137th of 255 levels


def _linear_profile():
    """A profile of sRGB's primaries whose numbers are amounts of light."""
    def xyz(*values):
        return b"XYZ \0\0\0\0" + b"".join(struct.pack(">i", round(value * 65_536)) for value in values)

    text = b"desc\0\0\0\0" + struct.pack(">I", 7) + b"linear\0" + b"\0" * 78
    curve = b"curv\0\0\0\0" + struct.pack(">I", 0)
    tags = {b"desc": text, b"cprt": b"text\0\0\0\0none\0", b"wtpt": xyz(0.9642, 1.0, 0.8249),
            b"rXYZ": xyz(0.4360, 0.2225, 0.0139), b"gXYZ": xyz(0.3851, 0.7169, 0.0971),
            b"bXYZ": xyz(0.1431, 0.0606, 0.7139), b"rTRC": curve, b"gTRC": curve, b"bTRC": curve}  # fmt: skip
    offset, table, body = 128 + 4 + 12 * len(tags), struct.pack(">I", len(tags)), b""
    for name, data in tags.items():
        padded = data + b"\0" * (-len(data) % 4)
        table += struct.pack(">4sII", name, offset + len(body), len(data))
        body += padded
    head = struct.pack(">I4sI4s4s4s", 128 + len(table) + len(body), b"\0" * 4, 0x02100000, b"mntr", b"RGB ", b"XYZ ")
    head += b"\0" * 12 + b"acsp" + b"\0" * 28 + struct.pack(">iii", 63_190, 65_536, 54_061)
    return head.ljust(128, b"\0") + table + body


def test_a_damaged_profile_costs_the_profile_alone(tmp_path):
    Image.fromarray(PIXELS).save(tmp_path / "x.png", icc_profile=b"no profile")
    assert np.array_equal(load_image(tmp_path / "x.png"), PIXELS)


@pytest.mark.parametrize(
    ("values", "levels"),
    [
        (np.array([[0, 4_095]], np.uint16), [0, 255]),
        (np.array([[0, 2_048, 4_095]], np.uint16), [0, 128, 255]),
        (np.array([[0, 100, 255]], np.int32), [0, 100, 255]),
        (np.array([[0, 3]], np.int32), [0, 255]),
        (np.array([[-10, 0, 15]], np.int32), [0, 102, 255]),
        (np.array([[0, 65_535]], np.uint16), [0, 255]),
        (np.array([[0, 0.5, 1]], np.float32), [0, 128, 255]),
        (np.array([[0, 0.5, 0.8]], np.float32), [0, 128, 204]),
        (np.array([[0, 0.001]], np.float32), [0, 255]),
        (np.array([[0, 255, np.inf]], np.float32), [0, 255, 255]),
        (np.array([[np.nan, -np.inf, -1, 1]], np.float32), [0, 0, 0, 255]),
        (np.array([[-3e38, 3e38]], np.float32), [0, 255]),
        (np.full((1, 2), np.nan, np.float32), [0, 0]),
        (np.zeros((1, 2), np.int32), [0, 0]),
    ],
)
def test_more_than_eight_bits_are_scaled_by_one_rule(values, levels):
    assert eight_bits(values)[0].tolist() == levels


def test_a_line_longer_than_any_picture_is_refused_before_it_is_decoded(tmp_path):
    (tmp_path / "line.ppm").write_bytes(b"P6 1 3000000 255\n")
    with pytest.raises(InputError, match=f"no side longer than {LONGEST_SIDE:,}"):
        load_image(tmp_path / "line.ppm")


def test_a_pipe_is_refused_and_not_waited_for(tmp_path):
    os.mkfifo(tmp_path / "pipe.png")
    with pytest.raises(InputError, match="folder or a device"):
        load_image(tmp_path / "pipe.png")


@pytest.mark.parametrize("name", ["a\0b.png", "x" * 300 + ".png"])
def test_a_name_that_no_system_takes_is_one_sentence(name, tmp_path):
    with pytest.raises(InputError):
        load_image(tmp_path / name)


def test_companions_of_macos_and_dangling_links_are_no_images(tmp_path):
    Image.fromarray(PIXELS).save(tmp_path / "photo.jpg")
    (tmp_path / "._photo.jpg").write_bytes(b"\0\5\x16\7")
    (tmp_path / "gone.jpg").symlink_to(tmp_path / "nothing.jpg")
    (tmp_path / "folder.jpg").mkdir()
    assert [path.name for path in tmp_path.iterdir() if is_image_file(path)] == ["photo.jpg"]


def test_an_image_in_memory_of_another_size_is_not_decoded():
    with pytest.raises(InputError, match="7 × 9 pixels, not 100 × 100"):
        decode_image(b"P6 7 9 255\n", "the background", (100, 100))


def test_threads_put_the_warnings_back_that_the_first_of_them_found():
    before = list(warnings.filters)
    inside, leave = threading.Barrier(3), threading.Event()

    def quiet():
        with no_warnings():
            inside.wait()
            warnings.warn("unheard", stacklevel=1)
            leave.wait()

    threads = [threading.Thread(target=quiet) for _ in range(2)]
    for thread in threads:
        thread.start()
    inside.wait()
    leave.set()
    for thread in threads:
        thread.join()
    assert list(warnings.filters) == before


OPENS_ALL = """
import sys
from pathlib import Path
from pan.data.opening import InputError, load_image
for path in Path(sys.argv[1]).iterdir():
    try:
        load_image(path)
    except InputError:
        pass
"""


def test_warnings_of_libraries_do_not_reach_the_terminal(tmp_path):
    Image.new("1", (32, 24)).save(tmp_path / "whole.tif", compression="group4")
    whole = (tmp_path / "whole.tif").read_bytes()
    for place in range(len(whole)):
        (tmp_path / f"{place}.tif").write_bytes(whole[:place] + bytes([whole[place] ^ 4]) + whole[place + 1 :])
    done = subprocess.run([sys.executable, "-c", OPENS_ALL, tmp_path], capture_output=True, check=True)
    assert (done.stdout, done.stderr) == (b"", b"")


def test_a_palette_with_transparency_is_over_black():
    image = Image.fromarray(PIXELS).quantize(4)
    image.info["transparency"] = bytes([0, 255, 255, 255])
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        pixels = np.asarray(to_rgb(image))
    assert not pixels[np.asarray(image) == 0].any()
