"""Pictures, masks and photographs."""

from __future__ import annotations

from pathlib import Path

import numpy as np
from PIL import Image

from pan.data.digits.backgrounds import _photograph, find_photographs
from pan.data.images import fit_image
from pan.data.masks import fit_mask, load_mask
from pan.data.opening import SUFFIXES, image_size, load_image
from tests.pan.outside.fuzzing import Reader


def noise() -> np.ndarray:
    return np.random.default_rng(0).integers(256, size=(24, 32, 3), dtype=np.uint8)


def _pictures(folder: Path) -> None:
    pixels = noise()
    image = Image.fromarray(pixels)
    exif = image.getexif()
    exif[0x0112], exif[0x010E] = 6, "a photograph"
    for suffix in SUFFIXES - {".pgm"}:
        image.save(folder / f"x{suffix}", **({"exif": exif} if suffix in (".jpg", ".png", ".webp", ".tif") else {}))
    Image.fromarray(pixels[..., 0]).save(folder / "x.pgm")
    Image.fromarray(pixels[..., 0].astype(np.uint16) * 16).save(folder / "deep.tif")
    Image.fromarray(pixels[..., 0].astype(np.float32) / 255).save(folder / "float.tif")
    image.quantize(8).save(folder / "palette.png", transparency=0)


def _read_pictures(folder: Path) -> None:
    for path in folder.iterdir():
        size = image_size(path)
        image = load_image(path)
        assert image.size == size
        fit_image(image, 100)


def _masks(folder: Path) -> None:
    mask = Image.new("L", (32, 24))
    mask.paste(255, (8, 6, 20, 18))
    for mode in ("1", "L", "LA", "P", "RGB", "RGBA", "I;16"):
        mask.convert(mode).save(folder / f"{mode.replace(';', '-')}.png")
    for mode in "IF":
        mask.convert(mode).save(folder / f"{mode}.tif")
    mask.convert("1").save(folder / "fax.tif", compression="group4")
    for name in ("lossy.jpg", "lossy.webp", "m.gif", "m.bmp"):
        mask.save(folder / name)


def _read_masks(folder: Path) -> None:
    for path in folder.iterdir():
        fit_mask(load_mask(path), 100)


def _photographs(folder: Path) -> None:
    for number in range(3):
        (folder / "train").mkdir(exist_ok=True)
        Image.fromarray(noise()).resize((150 + number, 140)).save(folder / "train" / f"{number}.jpg")


def _draw_backgrounds(folder: Path) -> None:
    _photograph.cache_clear()
    draw = find_photographs("train", folder)
    for seed in range(6):
        draw(np.random.default_rng(seed))


PICTURES = (
    Reader("pictures", _pictures, ("*",), _read_pictures),
    Reader("masks", _masks, ("*",), _read_masks),
    Reader("photographs", _photographs, ("train/*",), _draw_backgrounds),
)
