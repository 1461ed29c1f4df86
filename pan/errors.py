"""The one exception that is meant for the user."""


class InputError(Exception):
    """Something asked or given cannot be used; the message is one sentence that says what to do.

    The command line prints it and exits with 2, the window shows it where its cause is.
    """
