"""A call of Snakemake: it has what it needs, no other is at work, its jobs end with it."""

from importlib.util import find_spec

from snakemake.logging import logger

from answerbook.jobs.parent import WORKFLOW
from answerbook.workflow.failures import Failures
from answerbook.workflow.requirements import check_installed, pinned_dependencies

DEPENDENCIES = pinned_dependencies(ROOT)
FAILURES = Failures()
TURN = None

if workflow.is_main_process:
    os.environ[WORKFLOW] = str(os.getpid())
    logger.addHandler(FAILURES)
    if not workflow.output_settings.dryrun and find_spec("filelock"):
        from answerbook.workflow.turn import Turn

        TURN = Turn(Path(".snakemake"))
        or_stop(TURN.take_if_free)


# Snakemake comes here where it is about to run jobs, but not where it only looks on.
onstart:
    if not workflow.deployment_settings.deployment_method:
        or_stop(check_installed, DEPENDENCIES)
    if TURN:
        or_stop(TURN.insist if workflow.execution_settings.lock else TURN.give_back)


onerror:
    print(FAILURES.recap(), file=sys.stderr)
