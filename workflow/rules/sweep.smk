# A grid of trainings and its page: snakemake sweep --configfile config/sweep-small.yaml


include: "swept_runs.smk"


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
