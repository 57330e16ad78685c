"""What MkDocs logs while something runs: a page or a site with a warning is not cached, so that the
next build warns again, and a preview shows errors.
"""

import logging
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def collected_logs(level: int) -> Iterator[list[str]]:
    """The messages that MkDocs logs meanwhile at a level or above, also under --quiet."""
    messages: list[str] = []
    logger, handler = logging.getLogger("mkdocs"), logging.Handler(level)
    handler.emit = lambda record: messages.append(record.getMessage())  # type: ignore[method-assign]
    if logger.level > level:  # --quiet, which hides warnings from --strict, too
        for other in logger.handlers:
            other.setLevel(logger.level)
        logger.setLevel(level)
    logger.addHandler(handler)
    try:
        yield messages
    finally:
        logger.removeHandler(handler)
