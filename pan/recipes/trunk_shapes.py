"""The structure of the trunks: convolutions and poolings of each stage."""

from __future__ import annotations

from typing import NamedTuple


class Block(NamedTuple):
    """3×3 convolutions with ReLU, followed by a 2×2 max pooling.

    Attributes:
        convolutions: The number of convolutions.
        width: Their channels, as a multiple of the recipe's `channels`.
    """

    convolutions: int
    width: int


Stage = tuple[Block, ...]
"""The blocks between two places where attention may be applied."""

TRUNKS: dict[str, tuple[Stage, ...]] = {
    "plain": ((Block(1, 1),),) * 4,  # Fig. 5a; attention on every pool
    "plain-5": ((Block(1, 1),),) * 5,  # the same with a fifth pool, for images of more than 160 pixels
    "vgg-16": ((Block(2, 1), Block(2, 2), Block(3, 4)), (Block(3, 8),), (Block(3, 8),)),  # Fig. 9a; pools 3 to 5
    "vgg-tiny": ((Block(1, 1), Block(1, 2)), (Block(1, 2),), (Block(1, 2),)),  # the same structure, for small images
}
"""The stages of each trunk, from the image up; the last attention is applied after the last stage."""

PLAIN = ("plain", "plain-5")


def cells(trunk: str, image_size: int, padding: int) -> int:
    """Height and width of a trunk's last map; 0 if the image is too small.

    Args:
        trunk: The trunk's name.
        image_size: Height and width of the image, in pixels.
        padding: Padding of the plain trunk's convolutions; VGG's always have 1.
    """
    side = image_size
    for block in (block for stage in TRUNKS[trunk] for block in stage):
        lost = 2 * (1 - padding) * block.convolutions if trunk in PLAIN else 0
        side = max(0, side - lost) // 2
    return side
