"""The form of each CNN under the attention: which convolutions and poolings its stages are made of."""

from __future__ import annotations

from typing import NamedTuple


class Block(NamedTuple):
    """Some 3×3 convolutions with ReLU and one 2×2 max pooling.

    Attributes:
        convolutions: How many.
        width: Channels of each, as a multiple of the recipe's.
    """

    convolutions: int
    width: int


Stage = tuple[Block, ...]
"""What lies between two places where attention may stand."""

TRUNKS: dict[str, tuple[Stage, ...]] = {
    "plain": ((Block(1, 1),),) * 4,  # Fig. 5a; attention on every pool
    "plain-5": ((Block(1, 1),),) * 5,  # the same with a fifth pool, for pictures of 160 pixels and more
    "vgg-16": ((Block(2, 1), Block(2, 2), Block(3, 4)), (Block(3, 8),), (Block(3, 8),)),  # Fig. 9a; pools 3 to 5
    "vgg-tiny": ((Block(1, 1), Block(1, 2)), (Block(1, 2),), (Block(1, 2),)),  # the same form, for small pictures
}
"""By name, the stages from the image up; the last attention stands on the last."""

PLAIN = ("plain", "plain-5")


def cells(trunk: str, image_size: int, padding: int) -> int:
    """Height and width of the map behind a trunk, 0 if nothing is left of it.

    Args:
        trunk: Its name.
        image_size: Height and width of the image, in pixels.
        padding: Of the plain trunk's convolutions; VGG's keep the size.
    """
    side = image_size
    for block in (block for stage in TRUNKS[trunk] for block in stage):
        lost = 2 * (1 - padding) * block.convolutions if trunk in PLAIN else 0
        side = max(0, side - lost) // 2
    return side
