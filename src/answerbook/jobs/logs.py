"""What a job says while it runs goes to its log file; the workflow repeats its last error."""

import logging
import signal
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from answerbook.errors import AnswerbookError
from answerbook.jobs.parent import end_with_the_workflow
from answerbook.jobs.system_errors import explain

INTERRUPTED = "interrupted; run the same command again to go on from here"


@contextmanager
def logged_to(path: str | Path) -> Iterator[logging.Logger]:
    """Send log records and uncaught errors of the block to the file `path`.

    An `AnswerbookError`, a machine in trouble (a full disk, say) and an interruption end the
    process with their message alone, for the workflow to show when it stops; any other exception
    leaves its traceback, in the log and on stderr.
    """
    logger = logging.getLogger("answerbook")
    logger.setLevel(logging.INFO)
    handler = _handler(Path(path))
    logger.addHandler(handler)
    signal.signal(signal.SIGTERM, signal.default_int_handler)  # as Ctrl-C: things are cleared away
    end_with_the_workflow()
    try:
        yield logger
    except AnswerbookError as error:
        logger.error("%s", error)
        sys.exit(1)
    except KeyboardInterrupt:
        logger.error(INTERRUPTED)
        sys.exit(128 + signal.SIGINT)
    except Exception as error:
        if trouble := explain(error, [Path.cwd(), Path(path).parent]):
            logger.error("%s", trouble)
            sys.exit(1)
        logger.exception("unexpected error")
        raise
    finally:
        logger.removeHandler(handler)
        handler.close()


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
