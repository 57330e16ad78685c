"""Work in a second process, so that two languages use two cores."""

import logging
import multiprocessing
import threading
import traceback
from collections.abc import Callable
from multiprocessing.connection import Connection
from multiprocessing.process import BaseProcess
from typing import Any, Generic, TypeVar

T = TypeVar("T")
LOG = "mkdocs"


class Background(Generic[T]):
    """Starts at once where the system can fork a process that has no other threads; else when the
    result is asked for.
    """

    def __init__(self, work: Callable[[], T]):
        """`work` returns plain data."""
        self._work = work
        self._process: BaseProcess | None = None
        if "fork" in multiprocessing.get_all_start_methods() and threading.active_count() == 1:
            context = multiprocessing.get_context("fork")
            self._ours, theirs = context.Pipe(duplex=False)
            self._process = context.Process(target=_run, args=(work, theirs), daemon=True)
            self._process.start()
            theirs.close()

    def result(self) -> T:
        """What the work returned. Its warnings are logged here; if it has failed, this raises
        RuntimeError.
        """
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
        found: T = result
        return found


class _Recorder(logging.Handler):
    """Collects what would be printed, for the process that prints."""

    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.records: list[tuple[str, int, str]] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.records.append((record.name, record.levelno, record.getMessage()))


def _run(work: Callable[[], Any], pipe: Connection) -> None:
    recorder = _Recorder()
    logging.getLogger(LOG).handlers[:] = [recorder]
    logging.getLogger(LOG).propagate = False
    result, failure = None, ""
    try:
        result = work()
    except BaseException:
        failure = traceback.format_exc()
    pipe.send((result, recorder.records, failure))
    pipe.close()
