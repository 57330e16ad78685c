"""Format every script, and print what is wrong with one: `python -m tests.javascript`."""

import sys

from tests.javascript import unformatted

if __name__ == "__main__":
    unformatted(write=True)
    sys.exit()
