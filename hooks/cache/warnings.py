"""What MkDocs warns of: a page or a site with a warning is not cached, so that the next build warns
again.
"""

import logging
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def collecting(warnings: list[str]) -> Iterator[None]:
    """Collect what MkDocs warns of meanwhile, also under --quiet."""
    logger, handler = logging.getLogger("mkdocs"), logging.Handler(logging.WARNING)
    handler.emit = lambda record: warnings.append(record.getMessage())  # type: ignore[method-assign]
    if logger.level > logging.WARNING:  # --quiet, which hides warnings from --strict, too
        for other in logger.handlers:
            other.setLevel(logger.level)
        logger.setLevel(logging.WARNING)
    logger.addHandler(handler)
    try:
        yield
    finally:
        logger.removeHandler(handler)
