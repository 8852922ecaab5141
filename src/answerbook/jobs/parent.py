"""A job ends with the workflow that started it, so that none writes results after it unasked.

Ctrl-C reaches the jobs by itself; a workflow that is killed leaves them running. A job of old code
could then put its results over those of the new.
"""

import _thread
import logging
import os
import signal
import time
from threading import Thread

import psutil

WORKFLOW = "ANSWERBOOK_WORKFLOW"  # the environment variable with the workflow's process number
_GRACE = 10  # seconds that a job has for clearing away

logger = logging.getLogger(__name__)


def end_with_the_workflow(every: float = 1) -> None:
    """Interrupt this process once the workflow's is gone, looked up `every` so many seconds.

    Does nothing where `ANSWERBOOK_WORKFLOW` is not set: the job was started by hand.
    """

    def watch(number: int) -> None:
        try:
            workflow = psutil.Process(number)
            while workflow.is_running() and workflow.status() != psutil.STATUS_ZOMBIE:
                time.sleep(every)
        except psutil.NoSuchProcess:
            pass
        logger.warning("the workflow that started this job is gone")
        _thread.interrupt_main(signal.SIGTERM)  # Ctrl-C is ignored where a shell said `&`
        time.sleep(_GRACE)
        os._exit(1)

    if number := os.environ.get(WORKFLOW):
        Thread(target=watch, args=(int(number),), daemon=True).start()
