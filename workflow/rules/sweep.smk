# A grid of trainings and its page: snakemake sweep --configfile config/sweep-small.yaml

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


rule sweep:
    input:
        expand("<results>/sweep.{format}", format=config["report"]["formats"]),


use rule train as train_in_sweep with:
    output:
        history=f"{SWEPT_RUN}/history.csv",
        snapshots=f"{SWEPT_RUN}/snapshots.safetensors",
    log:
        SWEPT_LOGS[0],
    benchmark:
        "<benchmarks>/sweep/train/{experiment}/seed{seed}.tsv"
    params:
        snapshots=snapshot_epochs(SWEEP),


rule draw_lines:
    input:
        images="<results>/cifar10/test_images.npy",
        labels="<results>/cifar10/test_labels.npy",
    output:
        lines="<results>/sweep/lines.npy",
    log:
        "<logs>/sweep/draw_lines.log",
    benchmark:
        "<benchmarks>/sweep/draw_lines.tsv"
    localrule: True
    conda:
        "../../envs/training.yaml"
    params:
        **SWEEP["lines"],
        code=code("workflow/scripts/draw_lines.py"),
    script:
        "../scripts/draw_lines.py"


rule count_in_sweep:
    input:
        snapshots=f"{SWEPT_RUN}/snapshots.safetensors",
        lines="<results>/sweep/lines.npy",
    output:
        kinks=f"{SWEPT_RUN}/kinks.csv",
    log:
        SWEPT_LOGS[1],
    benchmark:
        "<benchmarks>/sweep/count/{experiment}/seed{seed}.tsv"
    group:
        training_group
    conda:
        "../../envs/training.yaml"
    resources:
        mem_mb=2000,
        runtime=30,
    params:
        code=code("workflow/scripts/count_in_sweep.py"),
    script:
        "../scripts/count_in_sweep.py"


rule collect_sweep:
    input:
        histories=of_swept_runs("history.csv"),
        kinks=of_swept_runs("kinks.csv"),
    output:
        runs="<results>/sweep/runs.parquet",
        missing="<results>/sweep/missing.csv",
    log:
        "<logs>/sweep/collect.log",
    benchmark:
        "<benchmarks>/sweep/collect.tsv"
    localrule: True
    conda:
        "../../envs/report.yaml"
    params:
        runs=lambda wildcards: list(map(described, swept_runs())),
        missing=missing_runs,
        code=code("workflow/scripts/collect_sweep.py"),
    script:
        "../scripts/collect_sweep.py"


localrules:
    sweep_figure,


use rule figure as sweep_figure with:
    output:
        svg=report(
            "<results>/sweep/figures/{name}.svg",
            caption="../../report/caption.rst",
            category=figure_chapter,
            labels={"figure": "{name}"},
        ),
        png="<results>/sweep/figures/{name}.png",
        csv="<results>/sweep/figures/{name}.csv",
    log:
        "<logs>/sweep/figures/{name}.log",
    benchmark:
        "<benchmarks>/sweep/figures/{name}.tsv"
    wildcard_constraints:
        name="|".join(SWEEP_FIGURES),


rule stage_sweep:
    input:
        document=in_checkout("report/sweep.qmd"),
        written=written("sweep.qmd"),
        figures=expand("<results>/sweep/figures/{name}.svg", name=SWEEP_FIGURES),
        runs="<results>/sweep/runs.parquet",
        missing="<results>/sweep/missing.csv",
    output:
        source=directory("<results>/sweep/source"),
    log:
        "<logs>/sweep/stage.log",
    benchmark:
        "<benchmarks>/sweep/stage.tsv"
    localrule: True
    conda:
        "../../envs/report.yaml"
    params:
        code=code("workflow/scripts/stage_sweep.py"),
        sweep=SWEEP | {"snapshots": snapshot_epochs(SWEEP), "unfinished": None},
        synthetic=SYNTHETIC,
    script:
        "../scripts/stage_sweep.py"
