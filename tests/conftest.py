"""Set before torch is imported by anything."""

import os

os.environ.setdefault("OMP_NUM_THREADS", "1")  # the networks of tests are tiny, and threads would wait for each other
