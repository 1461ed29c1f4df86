"""Set before torch is imported by anything, and before a test starts a program of this checkout."""

import os
from pathlib import Path

os.environ["PAN_DATA"] = "no such folder"  # a machine without MNIST: everything comes from the program itself
os.environ.setdefault("OMP_NUM_THREADS", "1")  # the networks of tests are tiny, and threads would wait for each other

CHECKOUT = Path(__file__).parents[1]
os.environ["PYTHONPATH"] = os.pathsep.join(
    filter(None, (str(CHECKOUT), str(CHECKOUT / "app"), os.environ.get("PYTHONPATH")))
)
