# Where the archive is looked for is not in `params`: the contents are verified, so no other place
# could give other arrays, and editing the list of mirrors must not fetch them again.
rule cifar10:
    output:
        train_images="<results>/cifar10/train_images.npy",
        train_labels="<results>/cifar10/train_labels.npy",
        test_images="<results>/cifar10/test_images.npy",
        test_labels="<results>/cifar10/test_labels.npy",
        source="<results>/cifar10/source.json",
    log:
        "<logs>/cifar10.log",
    benchmark:
        "<benchmarks>/cifar10.tsv"
    localrule: True
    conda:
        "../../envs/data.yaml"
    params:
        **IMAGES,
        code=code(f"workflow/scripts/{IMAGES_BY}.py"),
    script:
        f"../scripts/{IMAGES_BY}.py"


# The digests in source.json say whether the images changed; the age of the arrays does not.
rule train:
    input:
        unpack(continued_run),
        train_images=ancient("<results>/cifar10/train_images.npy"),
        train_labels=ancient("<results>/cifar10/train_labels.npy"),
        test_images=ancient("<results>/cifar10/test_images.npy"),
        test_labels=ancient("<results>/cifar10/test_labels.npy"),
        source="<results>/cifar10/source.json",
    output:
        history=f"{RUN}/history.csv",
        weights=f"{RUN}/weights.safetensors",
        state=f"{RUN}/state.safetensors",
        run=f"{RUN}/run.json",
    log:
        "<logs>/train/{experiment}/seed{seed}.log",
    benchmark:
        "<benchmarks>/train/{experiment}/seed{seed}.tsv"
    wildcard_constraints:
        experiment="|".join(EXPERIMENTS),
        seed=r"\d+",
    priority: training_epochs
    group:
        training_group
    conda:
        "../../envs/training.yaml"
    # Threads decide the last bits of a run, so they depend on no machine. Runs side by side waste
    # less than threads within one; for few runs and many cores: --set-threads train=4
    threads: 1
    resources:
        gpu=training_gpus,
        mem_mb=3000,
        runtime=120,
    params:
        code=code("workflow/scripts/train.py"),
        experiment=training_settings,
        device=device,
        matmul_precision=config["matmul_precision"],
    script:
        "../scripts/train.py"


# One table of all runs, in which columns say which is which.
rule collect_runs:
    input:
        histories=of_every_run(f"{RUN}/history.csv"),
    output:
        histories="<results>/runs/histories.csv",
    log:
        "<logs>/collect_runs.log",
    benchmark:
        "<benchmarks>/collect_runs.tsv"
    localrule: True
    conda:
        "../../envs/report.yaml"
    params:
        runs=named_runs(),
        code=code("workflow/scripts/collect_runs.py"),
    script:
        "../scripts/collect_runs.py"


# Of every network, by PyTorch's own functions: a claim holds the histories against it. By the same
# logits, the temperature of some, and what it is worth.
rule recompute_runs:
    input:
        train_images="<results>/cifar10/train_images.npy",
        train_labels="<results>/cifar10/train_labels.npy",
        test_images="<results>/cifar10/test_images.npy",
        test_labels="<results>/cifar10/test_labels.npy",
        weights=of_every_run(f"{RUN}/weights.safetensors"),
    output:
        recomputed="<results>/runs/recomputed.csv",
        calibration="<results>/runs/calibration.csv",
        reliability="<results>/runs/reliability.csv",
    log:
        "<logs>/recompute_runs.log",
    benchmark:
        "<benchmarks>/recompute_runs.tsv"
    group:
        "kinks_in_training"
    conda:
        "../../envs/training.yaml"
    resources:
        mem_mb=2000,
        runtime=30,
    params:
        code=code("workflow/scripts/recompute_runs.py"),
        runs=[run | {"settings": EXPERIMENTS[run["experiment"]]} for run in named_runs()],
        calibrated=named_runs(EXAMINED),
    script:
        "../scripts/recompute_runs.py"


# And what the first layer does along the lines; what reaches the layers of untrained networks.
rule count_lines:
    input:
        images="<results>/cifar10/test_images.npy",
        labels="<results>/cifar10/test_labels.npy",
        weights=of_every_run(f"{RUN}/weights.safetensors", EXAMINED),
    output:
        lines="<results>/kinks/lines.csv",
        first_layers="<results>/kinks/first_layers.csv",
        spreads="<results>/runs/initial_spreads.csv",
    log:
        "<logs>/count_lines.log",
    benchmark:
        "<benchmarks>/count_lines.tsv"
    group:
        "kinks_in_training"
    conda:
        "../../envs/training.yaml"
    resources:
        mem_mb=2000,
        runtime=30,
    params:
        code=code("workflow/scripts/count_lines.py"),
        runs=named_runs(EXAMINED),
        widths={name: EXPERIMENTS[name]["widths"] for name in ("baseline", "deeper")},
        seeds=seeds("baseline"),
        lines=config["kinks"]["lines"]["number"],
        seed=config["kinks"]["lines"]["seed"],
    script:
        "../scripts/count_lines.py"


rule count_regions:
    input:
        images="<results>/cifar10/test_images.npy",
        labels="<results>/cifar10/test_labels.npy",
        weights=f"<results>/runs/baseline/seed{seeds('baseline')[0]}/weights.safetensors",
    output:
        regions="<results>/kinks/regions.json",
    log:
        "<logs>/count_regions.log",
    benchmark:
        "<benchmarks>/count_regions.tsv"
    group:
        "kinks_in_training"
    conda:
        "../../envs/training.yaml"
    resources:
        mem_mb=3000,
        runtime=30,
    params:
        **config["kinks"]["regions"],
        code=code("workflow/scripts/count_regions.py"),
        run={"experiment": "baseline", "seed": seeds("baseline")[0]},
    script:
        "../scripts/count_regions.py"


# What the examples are called in all their views.
rule count_views:
    input:
        images="<results>/cifar10/test_images.npy",
        labels="<results>/cifar10/test_labels.npy",
        weights=VIEWED_WEIGHTS,
    output:
        views="<results>/runs/views.csv",
    log:
        "<logs>/count_views.log",
    benchmark:
        "<benchmarks>/count_views.tsv"
    localrule: True
    conda:
        "../../envs/training.yaml"
    resources:
        mem_mb=2000,
    params:
        code=code("workflow/scripts/count_views.py"),
        runs=VIEWED,
    script:
        "../scripts/count_views.py"


rule check_claims_classification:
    input:
        histories="<results>/runs/histories.csv",
        recomputed="<results>/runs/recomputed.csv",
        calibration="<results>/runs/calibration.csv",
        spreads="<results>/runs/initial_spreads.csv",
        lines="<results>/kinks/lines.csv",
        first_layers="<results>/kinks/first_layers.csv",
        regions="<results>/kinks/regions.json",
    output:
        claims="<results>/claims/classification.json",
    log:
        "<logs>/check_claims_classification.log",
    benchmark:
        "<benchmarks>/check_claims_classification.tsv"
    group:
        "kinks_in_training"
    conda:
        "../../envs/training.yaml"
    resources:
        mem_mb=2000,
        runtime=30,
    params:
        code=code("workflow/scripts/check_claims_classification.py"),
    script:
        "../scripts/check_claims_classification.py"
