"""A call of Snakemake: it has what it needs, no other is at work, its jobs end with it."""

from importlib.util import find_spec

from snakemake.logging import logger

from answerbook.jobs import parent
from answerbook.workflow.failures import Failures
from answerbook.workflow.requirements import check_installed, pinned_dependencies
from answerbook.workflow.scheduler import cancel_left_behind, check_partitions, keep_to_squeue

DEPENDENCIES = pinned_dependencies(ROOT)
FAILURES = Failures()
TURN = None

if workflow.is_main_process:
    os.environ[parent.WORKFLOW] = parent.identity()
    os.environ.pop(parent.TURN, None)
    logger.addHandler(FAILURES)
    if not workflow.output_settings.dryrun and find_spec("filelock"):
        from answerbook.workflow.turn import Turn

        TURN = Turn(Path(".snakemake"))
        TURN.take_if_free()
elif parent.is_orphan():
    # Before Snakemake removes the job's outputs, which may be another workflow's by now.
    raise SystemExit("ERROR: the workflow that asked for this job is gone: nothing is done")


def partitions():
    """Those that the jobs to be submitted ask for; None for the cluster's default."""
    jobs = [job for job in workflow.dag.needrun_jobs() if not job.is_local]
    return {job.resources.get("slurm_partition") for job in jobs}


# Snakemake comes here where it is about to run jobs, but not where it only looks on.
onstart:
    if not workflow.deployment_settings.deployment_method:
        or_stop(check_installed, DEPENDENCIES)
    if TURN and workflow.execution_settings.lock:
        or_stop(TURN.insist)
        os.environ[parent.TURN] = TURN.text
    elif TURN:
        or_stop(TURN.give_back)
    if workflow.executor_plugin.name == "slurm":
        or_stop(check_partitions, partitions())
        keep_to_squeue()
    if parent.TURN in os.environ:
        or_stop(cancel_left_behind, Path.cwd())


onerror:
    print(FAILURES.recap(), file=sys.stderr)
    if SWEEP and SWEEP["unfinished"] == "wait":
        leave_out = "--config 'sweep={unfinished: leave_out}'"
        print(f"\nTo have the page of the sweep without what failed: the same with {leave_out}")
