"""Days: that of a build, after which nothing is published yet, and those that writers type."""

import os
from datetime import UTC, date, datetime, timedelta


def today() -> date:
    """The day of `SOURCE_DATE_EPOCH` (seconds, UTC) where it is set, so that a build can be
    repeated; else today, in UTC too: a site is the same wherever it is built.
    """
    try:
        return datetime.fromtimestamp(int(os.environ["SOURCE_DATE_EPOCH"]), UTC).date()
    except (KeyError, ValueError, OverflowError, OSError):
        return datetime.now(UTC).date()


def written_day(given: object) -> date | None:
    """The day that is written `2026-11-22`, or that YAML has read as one; None for anything else,
    other spellings of a day included.
    """
    try:
        day = date.fromisoformat(str(given))
    except ValueError:
        return None
    return day if day.isoformat() == str(given) else None


def lies_ahead(day: date) -> bool:
    """Whether nobody, in whatever time zone, can have done anything on a day yet. By the clock, not
    by `SOURCE_DATE_EPOCH`: data may have been read after the commit whose time that is.
    """
    return day > datetime.now(UTC).date() + timedelta(days=1)
