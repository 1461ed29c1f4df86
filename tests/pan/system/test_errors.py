"""Messages for the user are one readable line."""

from __future__ import annotations

from pan.system.errors import LONGEST_SENTENCE, InputError


def test_a_long_message_keeps_its_start_and_its_end_which_says_what_to_do():
    sentence = str(InputError(f"the file {'x' * 5_000}\x1b[2J cannot be read; choose another one."))
    assert len(sentence) <= LONGEST_SENTENCE
    assert sentence.startswith("the file xxx")
    assert sentence.endswith("[2J cannot be read; choose another one.")
    assert "\x1b" not in sentence
