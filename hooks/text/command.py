"""How a command line of this project ends."""

import os
import sys
from collections.abc import Callable
from typing import NoReturn

INTERRUPTED = 130


def run(main: Callable[[], int]) -> NoReturn:
    """Exit with what `main` returns; quietly if the reader, such as `head`, has had enough, or
    somebody presses Ctrl-C.
    """
    try:
        code = main()
        sys.stdout.flush()
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())  # Python flushes at exit
        code = 0
    except KeyboardInterrupt:
        code = INTERRUPTED
    sys.exit(code)
