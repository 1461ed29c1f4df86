"""What goes wrong outside the program, for the user to mend."""


LONGEST_SENTENCE = 500
"""Characters that a person still reads."""


class InputError(Exception):
    """Something asked or given cannot be used; the message is one sentence that says what to do.

    The command line prints it and exits with 2, the window shows it where its cause is. Names and values from files
    may hold anything: what would move a terminal's cursor is left out, and the middle of a sentence that is too long.
    """

    def __init__(self, sentence: str) -> None:
        super().__init__(_readable(sentence))


def _readable(sentence: str) -> str:
    line = "".join(sign if sign.isprintable() else " " for sign in sentence)
    if len(line) <= LONGEST_SENTENCE:
        return line
    begin = 2 * LONGEST_SENTENCE // 3  # the end says what to do
    return f"{line[:begin]} … {line[begin + 3 - LONGEST_SENTENCE :]}"


def cannot_use(error: OSError) -> str:
    """The sentence for what the system refused before anything of ours could say more about it."""
    what = "A file or folder" if error.filename is None else str(error.filename)
    return _readable(f"{what} cannot be used: {error.strerror or error}; "
                     "check its name and permissions, or choose another place.")


def is_out_of_memory(error: Exception) -> bool:
    """Whether the device or the machine had no room; each maker of devices says it in words of its own."""
    text = str(error).lower()
    return isinstance(error, MemoryError) or "out of memory" in text or "can't allocate memory" in text


def is_device_failure(error: Exception) -> bool:
    """Whether a device that was there cannot be used any more: unplugged, reset, its driver gone."""
    text = str(error).lower()
    return isinstance(error, RuntimeError) and any(
        words in text for words in ("cuda error", "no cuda-capable device", "cudnn_status", "hip error")
    )
