"""How many threads torch computes with for one of the window's threads, whatever it does for the others."""

from __future__ import annotations

from threading import Thread

import torch

USUAL = torch.get_num_threads()
SMALL = 128
"""Pixels along the side of an image, up to which a network is small."""


def set_threads_for(image_size: int) -> None:
    """Let the calling thread compute small networks by itself from now on, and large ones with all threads.

    Threads of torch wait for each other after every layer, and where something else trains they wait for their turn
    on a processor too: five networks of digits then took a second for what one thread does in a fiftieth, while on
    an idle computer two threads save a quarter.

    Args:
        image_size: Pixels along the side of the network's images.
    """
    threads = 1 if image_size <= SMALL else USUAL
    if threads == torch.get_num_threads():
        return
    torch.set_num_threads(threads)
    # That holds for this thread, and for those that begin later unless another one sets it back.
    setting_back = Thread(target=torch.set_num_threads, args=(USUAL,))
    setting_back.start()
    setting_back.join()
