"""What a job says while it runs goes to its log file; the workflow repeats its last error."""

import errno
import logging
import signal
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from answerbook.errors import AnswerbookError

INTERRUPTED = "interrupted; run the same command again to go on from here"
# What the user can do about errors of the system.
FULL = "the disk is full: make room, then run the same command again"
CLOSED = "no permission to read or write: open it, then run the same command again"
REMEDIES = dict.fromkeys([errno.ENOSPC, errno.EDQUOT], FULL)
REMEDIES |= dict.fromkeys([errno.EACCES, errno.EPERM, errno.EROFS], CLOSED)


@contextmanager
def logged_to(path: str | Path) -> Iterator[logging.Logger]:
    """Send log records and uncaught errors of the block to the file `path`.

    An `AnswerbookError`, an interruption, and an error of the system that the user can mend end the
    process with a sentence alone, for the workflow to show when it stops; the last one leaves its
    traceback in the log, above the sentence. Any other exception leaves it there and on stderr.
    """
    logger = logging.getLogger("answerbook")
    logger.setLevel(logging.INFO)
    handler = _handler(Path(path))
    logger.addHandler(handler)
    signal.signal(signal.SIGTERM, signal.default_int_handler)  # as Ctrl-C: things are cleared away
    try:
        yield logger
    except AnswerbookError as error:
        logger.error("%s", error)
        sys.exit(1)
    except KeyboardInterrupt:
        logger.error(INTERRUPTED)
        sys.exit(128 + signal.SIGINT)
    except Exception as error:
        if trouble := explain(error):
            logger.info("this happened:", exc_info=error)
            logger.error("%s", trouble)
            sys.exit(1)
        logger.exception("unexpected error")
        raise
    finally:
        logger.removeHandler(handler)
        handler.close()


def explain(error: Exception) -> str | None:
    """What the user can do about an error of the system, and what it says; None for any other."""
    number = getattr(error, "errno", None) or 0
    # numpy has no number for what a disk did not take, only "… requested and … written".
    remedy = FULL if "requested and" in str(error) else REMEDIES.get(number)
    said = "; ".join([str(error), *getattr(error, "__notes__", [])])
    return remedy and f"{remedy} ({said})"


def _handler(path: Path) -> logging.Handler:
    """What writes the log file; where that cannot be written, what writes to stderr."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        handler: logging.Handler = _LogFile(path, mode="w", encoding="utf-8")
    except OSError:
        handler = logging.StreamHandler()
    handler.setFormatter(logging.Formatter("%(asctime)s %(levelname)s %(message)s"))
    return handler


class _LogFile(logging.FileHandler):
    def handleError(self, record: logging.LogRecord) -> None:
        """Say on stderr what no longer fits into the file."""
        print(self.format(record), file=sys.stderr)
