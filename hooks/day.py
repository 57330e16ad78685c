"""The day of a build: what is dated later is not published yet."""

import os
from datetime import UTC, date, datetime


def today() -> date:
    """The day of `SOURCE_DATE_EPOCH` (seconds, UTC) where it is set, so that a build can be repeated; else today."""
    try:
        return datetime.fromtimestamp(int(os.environ["SOURCE_DATE_EPOCH"]), UTC).date()
    except (KeyError, ValueError, OverflowError, OSError):
        return date.today()
