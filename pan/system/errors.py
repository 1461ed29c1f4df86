"""Errors that the user can correct, and how they are worded."""


LONGEST_SENTENCE = 500
"""Characters; longer messages are shortened in the middle."""


class InputError(Exception):
    """An input that cannot be used; the message is one sentence that says what to do.

    The command line prints the message and exits with 2, the window shows it beside the input. Names and values from
    files may hold anything, so control characters are removed, and a message that is too long is shortened.
    """

    def __init__(self, sentence: str) -> None:
        super().__init__(_readable(sentence))


def _readable(sentence: str) -> str:
    line = "".join(sign if sign.isprintable() else " " for sign in sentence)
    if len(line) <= LONGEST_SENTENCE:
        return line
    head = 2 * LONGEST_SENTENCE // 3  # the end is kept too: it says what to do
    return f"{line[:head]} … {line[head + 3 - LONGEST_SENTENCE :]}"


def cannot_use(error: OSError) -> str:
    """The message for an operating system error that no caller has explained."""
    what = "A file or folder" if error.filename is None else str(error.filename)
    return _readable(f"{what} cannot be used: {error.strerror or error}; "
                     "check its name and permissions, or choose another place.")


def is_out_of_memory(error: Exception) -> bool:
    """Whether the device or the machine ran out of memory; each backend words that differently."""
    text = str(error).lower()
    return isinstance(error, MemoryError) or "out of memory" in text or "can't allocate memory" in text


def is_device_failure(error: Exception) -> bool:
    """Whether the device has failed: it was unplugged or reset, or its driver crashed."""
    text = str(error).lower()
    return isinstance(error, RuntimeError) and any(
        words in text for words in ("cuda error", "no cuda-capable device", "cudnn_status", "hip error")
    )
