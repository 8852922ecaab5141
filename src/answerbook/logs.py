"""What a job says while it runs goes to its log file; the workflow repeats its last error."""

import logging
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from answerbook.errors import AnswerbookError


@contextmanager
def logged_to(path: str | Path) -> Iterator[logging.Logger]:
    """Send log records and uncaught errors of the block to the file `path`.

    An `AnswerbookError` ends the process with its message alone, for the workflow to show when it
    stops; any other exception leaves its traceback, in the log and on stderr.
    """
    Path(path).parent.mkdir(parents=True, exist_ok=True)
    handler = logging.FileHandler(path, mode="w", encoding="utf-8")
    handler.setFormatter(logging.Formatter("%(asctime)s %(levelname)s %(message)s"))
    logger = logging.getLogger("answerbook")
    logger.setLevel(logging.INFO)
    logger.addHandler(handler)
    try:
        yield logger
    except AnswerbookError as error:
        logger.error("%s", error)
        sys.exit(1)
    except Exception:
        logger.exception("unexpected error")
        raise
    finally:
        logger.removeHandler(handler)
        handler.close()
