"""The log file: what a report of a fault needs and no sentence in the window can hold."""

from __future__ import annotations

import logging
import sys
from logging.handlers import RotatingFileHandler
from pathlib import Path

import platformdirs

from pan_explorer import NAME

LARGEST = 1_000_000
"""Bytes of the file; then it becomes the older one of two."""
LOG = logging.getLogger(NAME)


def log_file() -> Path:
    """Where the log lies."""
    return platformdirs.user_log_path("pan-explorer", appauthor=False) / "pan-explorer.log"


def start_log() -> None:
    """Write what is logged to the terminal, and to the file where that can be written."""
    form = logging.Formatter("%(asctime)s %(levelname)s %(message)s")
    handlers: list[logging.Handler] = [] if sys.stderr is None else [logging.StreamHandler()]
    try:
        log_file().parent.mkdir(parents=True, exist_ok=True)
        handlers.append(RotatingFileHandler(log_file(), maxBytes=LARGEST, backupCount=1, encoding="utf-8", delay=True))
    except OSError:
        LOG.warning("the log file %s cannot be written", log_file())
    for handler in handlers:
        handler.setFormatter(form)
        LOG.addHandler(handler)
    LOG.propagate = False


def stop_log() -> None:
    """Close the file."""
    for handler in list(LOG.handlers):
        LOG.removeHandler(handler)
        handler.close()
