"""Work done aside: a copy of this process does it while this one goes on, so that two languages use two cores."""

import logging
import multiprocessing
import threading
import traceback
from collections.abc import Callable
from typing import Any

LOG = "mkdocs"


class Aside:
    """Begins at once where the system can copy a process that has no other threads; else when the result is asked for."""

    def __init__(self, work: Callable[[], Any]):
        """`work` returns something that can be pickled."""
        self._work = work
        self._process: Any = None
        if "fork" in multiprocessing.get_all_start_methods() and threading.active_count() == 1:
            context = multiprocessing.get_context("fork")
            self._ours, theirs = context.Pipe(duplex=False)
            self._process = context.Process(target=_told, args=(work, theirs), daemon=True)
            self._process.start()
            theirs.close()

    def result(self) -> Any:
        """What the work returned. Its warnings are said here; if it has failed, so does this."""
        if self._process is None:
            return self._work()
        try:
            result, records, failure = self._ours.recv()
        except EOFError:
            raise RuntimeError("the build of the other language has died") from None
        finally:
            self._process.join()
        for name, level, message in records:
            logging.getLogger(name).log(level, "%s", message)
        if failure:
            raise RuntimeError(failure)
        return result


class _Kept(logging.Handler):
    """Keeps what would be printed, for the process that prints."""

    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.records: list[tuple[str, int, str]] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.records.append((record.name, record.levelno, record.getMessage()))


def _told(work: Callable[[], Any], pipe: Any) -> None:
    kept = _Kept()
    logging.getLogger(LOG).handlers[:] = [kept]
    logging.getLogger(LOG).propagate = False
    result, failure = None, ""
    try:
        result = work()
    except BaseException:
        failure = traceback.format_exc()
    pipe.send((result, kept.records, failure))
    pipe.close()
