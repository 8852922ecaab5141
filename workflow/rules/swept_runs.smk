"""What the rules of a sweep share: which runs it has, which of them are there."""

from answerbook.workflow.sweep import snapshot_epochs

SWEPT_RUN = "<results>/sweep/runs/{experiment}/seed{seed}"
SWEPT_LOGS = [f"<logs>/sweep/{job}/{{experiment}}/seed{{seed}}.log" for job in ("train", "count")]


def swept_runs():
    """The runs that the page is about: those that are there, where it does not wait for others."""
    runs = named_runs(GRID)
    return runs if SWEEP["unfinished"] == "wait" else list(filter(is_complete, runs))


def is_complete(run):
    files = [f"{SWEPT_RUN}/{file}" for file in ("history.csv", "kinks.csv")]
    return all(is_there(file.format(**run)) for file in files)


def of_swept_runs(file):
    """An input function: `file` of each of these runs."""

    def files(wildcards):
        paths = [f"{SWEPT_RUN}/{file}".format(**run) for run in swept_runs()]
        if not paths:
            raise SystemExit("ERROR: no run of the sweep is there yet: start it without leave_out")
        return paths

    return files


def described(run):
    """A run with its place in the grid: the columns that say which run it is."""
    settings = GRID[run["experiment"]]
    widths = settings["widths"]
    place = {"setting": run["experiment"], "width": widths[0], "depth": len(widths)}
    return (
        place
        | {key: settings[key] for key in ("learning_rate", "augmented")}
        | {"seed": run["seed"]}
    )


def missing_runs(wildcards):
    """A parameter: the runs that are left out, with the logs that may say why they are missing."""
    leaves_out = SWEEP["unfinished"] == "leave_out"
    return [
        described(run) | {"logs": [PLACES.apply(log.format(**run)) for log in SWEPT_LOGS]}
        for run in named_runs(GRID)
        if leaves_out and not is_complete(run)
    ]
