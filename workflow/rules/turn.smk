"""One call of Snakemake at a time in a folder; its jobs end with it."""

from answerbook.jobs.parent import WORKFLOW
from answerbook.workflow.turns import take_turn

# Calls that make no results: they may look on while another one works. So may a dry run.
LOOKS_ON = {"--archive", "--d3dag", "--dag", "--detailed-summary", "--filegraph", "--lint"}
LOOKS_ON |= {"--list", "--list-changes", "--list-rules", "--list-target-rules", "--report"}
LOOKS_ON |= {"--rulegraph", "--summary", "--unlock", "-D", "-S", "-l"}

os.environ[WORKFLOW] = str(os.getpid())

if workflow.is_main_process and not workflow.output_settings.dryrun:
    if not LOOKS_ON.intersection(argument.partition("=")[0] for argument in sys.argv):
        or_stop(take_turn, Path(".snakemake"))
