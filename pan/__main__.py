"""`python -m pan` is `pan`."""

import sys

from pan.cli import main

if __name__ == "__main__":
    sys.exit(main())
