"""One workflow at a time in a folder, whichever machine it runs on; a dead one keeps nobody out.

Snakemake has locks of its own, but they stay behind when it is killed. `filelock` writes process
and machine into the file of its lock, and takes over that of a process that died on this machine.
"""

import logging
import shutil
from contextlib import suppress
from pathlib import Path

from filelock import SoftFileLock, Timeout
from snakemake.logging import logger

from answerbook.errors import AnswerbookError

PATIENCE = 5  # seconds; a call that only looks on has its turn for less


class Turn:
    """The right to run jobs in the folder where Snakemake keeps its memory.

    It ends with this process, or when the next one finds this one dead.
    """

    def __init__(self, memory: Path):
        self.memory = memory
        self.lock = SoftFileLock(memory / "turn.lock", thread_local=False)

    def take_if_free(self) -> None:
        """Take it, or warn that another process has it.

        Where its last owner died, so did the owner of Snakemake's locks: they are removed. Where
        the folder cannot be written to, a call that only looks on may do without it; whatever
        error Snakemake meets there is told as that.
        """
        try:
            self.memory.mkdir(parents=True, exist_ok=True)
            left_behind = Path(self.lock.lock_file).exists()
            self.lock.acquire(timeout=0.1)
            if left_behind:
                shutil.rmtree(self.memory / "locks", ignore_errors=True)
        except Timeout:
            logger.warning(self._busy())
        except OSError as error:
            closed = self._closed(error)

            def told_as_closed(record: logging.LogRecord) -> bool:
                if record.levelno >= logging.ERROR:
                    record.msg, record.args = f"ERROR: {closed}", ()
                return True

            logger.addFilter(told_as_closed)

    def insist(self) -> None:
        """Have it now; `AnswerbookError` that says who has it, or why nobody can."""
        try:
            self.lock.acquire(timeout=0 if self.lock.is_locked else PATIENCE)
        except Timeout:
            raise AnswerbookError(self._busy()) from None
        except OSError as error:
            raise AnswerbookError(self._closed(error)) from error

    def give_back(self) -> None:
        """Have it no longer: this call wants no lock."""
        self.lock.release()

    @property
    def text(self) -> str:
        """What the lock says of its owner, and of no other ever: process, machine, moment."""
        with suppress(FileNotFoundError):
            return Path(self.lock.lock_file).read_text(encoding="utf-8")
        return ""

    def _closed(self, error: OSError) -> str:
        return (
            f"{self.memory.absolute()} cannot be written to ({error.strerror}); make room "
            "there, or have the results elsewhere: snakemake --directory FOLDER"
        )

    def _busy(self) -> str:
        number, machine, *_ = [*self.text.split(), "unknown", "unknown"]
        return (
            f"another snakemake (process {number} on {machine}) is at work in "
            f"{self.memory.absolute().parent}; let it end, or stop it with Ctrl-C, then run the "
            "same command again. Where it is gone with its machine, say first: rm -r "
            f"{self.memory / 'locks'} {self.lock.lock_file}"
        )
