"""Format every script, and print what else is wrong with one: `python -m tests.javascript`."""

import sys

from tests.javascript import mistyped, unformatted
from tests.node import NotInstalled

if __name__ == "__main__":
    try:
        unformatted(write=True)
        found = mistyped()
    except NotInstalled as problem:
        sys.exit(str(problem))
    sys.exit(found or 0)
