"""The day of a build: what is dated later is not published yet."""

import os
from datetime import UTC, date, datetime


def today() -> date:
    """The day of `SOURCE_DATE_EPOCH` (seconds, UTC) where it is set, so that a build can be
    repeated; else today, in UTC too: a site is the same wherever it is built."""
    try:
        return datetime.fromtimestamp(int(os.environ["SOURCE_DATE_EPOCH"]), UTC).date()
    except (KeyError, ValueError, OverflowError, OSError):
        return datetime.now(UTC).date()
