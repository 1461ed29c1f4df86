"""Set before torch is imported by anything, and before a test starts a program of this checkout."""

import os
from pathlib import Path

import pytest

os.environ["PAN_DATA"] = "no such folder"  # a machine without MNIST: everything comes from the program itself
os.environ.setdefault("OMP_NUM_THREADS", "1")  # the networks of tests are tiny, and threads would wait for each other

CHECKOUT = Path(__file__).parents[1]
os.environ["PYTHONPATH"] = os.pathsep.join(
    filter(None, (str(CHECKOUT), str(CHECKOUT / "app"), os.environ.get("PYTHONPATH")))
)


def pytest_xdist_auto_num_workers(config: pytest.Config) -> int | None:
    """For the whole quick suite a process a core; a part of it is done before others have started.

    Slow tests have processes of their own, or look at the memory of the one they run in.
    """
    whole = config.args_source is pytest.Config.ArgsSource.TESTPATHS and config.option.markexpr == "not slow"
    return None if whole else 0
