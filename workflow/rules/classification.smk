if SYNTHETIC:

    rule generate_cifar10:
        input:
            code=code("workflow/scripts/generate_cifar10.py"),
        output:
            train_images="<results>/cifar10/train_images.npy",
            train_labels="<results>/cifar10/train_labels.npy",
            test_images="<results>/cifar10/test_images.npy",
            test_labels="<results>/cifar10/test_labels.npy",
            source="<results>/cifar10/source.json",
        log:
            "<logs>/generate_cifar10.log",
        benchmark:
            "<benchmarks>/generate_cifar10.tsv"
        conda:
            "../../envs/answerbook.yaml"
        params:
            train=config["data"]["synthetic"]["train"],
            test=config["data"]["synthetic"]["test"],
            seed=0,
        script:
            "../scripts/generate_cifar10.py"

else:

    # Where it looks is not in `params`: the contents are verified, so no other place could
    # give other arrays, and editing the list of mirrors must not fetch them again.
    rule fetch_cifar10:
        input:
            code=code("workflow/scripts/fetch_cifar10.py"),
        output:
            train_images="<results>/cifar10/train_images.npy",
            train_labels="<results>/cifar10/train_labels.npy",
            test_images="<results>/cifar10/test_images.npy",
            test_labels="<results>/cifar10/test_labels.npy",
            source="<results>/cifar10/source.json",
        log:
            "<logs>/fetch_cifar10.log",
        benchmark:
            "<benchmarks>/fetch_cifar10.tsv"
        localrule: True
        conda:
            "../../envs/answerbook.yaml"
        script:
            "../scripts/fetch_cifar10.py"


# The digests in source.json say whether the images changed; the age of the arrays does not.
rule train:
    input:
        train_images=ancient("<results>/cifar10/train_images.npy"),
        train_labels=ancient("<results>/cifar10/train_labels.npy"),
        test_images=ancient("<results>/cifar10/test_images.npy"),
        test_labels=ancient("<results>/cifar10/test_labels.npy"),
        source="<results>/cifar10/source.json",
        code=code("workflow/scripts/train.py"),
    output:
        history="<results>/runs/{experiment}/seed{seed}/history.csv",
        seconds="<benchmarks>/epochs/{experiment}/seed{seed}.csv",
        weights="<results>/runs/{experiment}/seed{seed}/weights.safetensors",
        run="<results>/runs/{experiment}/seed{seed}/run.json",
    log:
        "<logs>/train/{experiment}/seed{seed}.log",
    benchmark:
        "<benchmarks>/train/{experiment}/seed{seed}.tsv"
    wildcard_constraints:
        seed=r"\d+",
    priority: training_epochs
    conda:
        "../../envs/answerbook.yaml"
    threads: training_threads
    resources:
        gpu=training_gpus,
    params:
        experiment=training_settings,
        device=config["device"],
        matmul_precision=config["matmul_precision"],
    script:
        "../scripts/train.py"


rule summarise:
    input:
        histories=of_every_seed("<results>/runs/{experiment}/seed{seed}/history.csv"),
        code=code("workflow/scripts/summarise.py"),
    output:
        summary="<results>/runs/{experiment}/summary.csv",
    log:
        "<logs>/summarise/{experiment}.log",
    benchmark:
        "<benchmarks>/summarise/{experiment}.tsv"
    conda:
        "../../envs/answerbook.yaml"
    script:
        "../scripts/summarise.py"


rule count_lines:
    input:
        images="<results>/cifar10/test_images.npy",
        labels="<results>/cifar10/test_labels.npy",
        weights=of_every_run(
            "<results>/runs/{experiment}/seed{seed}/weights.safetensors",
            experiments=["baseline", "augmented", "interpolating"],
        ),
        code=code("workflow/scripts/count_lines.py"),
    output:
        lines="<results>/kinks/lines.csv",
    log:
        "<logs>/count_lines.log",
    benchmark:
        "<benchmarks>/count_lines.tsv"
    conda:
        "../../envs/answerbook.yaml"
    params:
        widths=EXPERIMENTS["baseline"]["widths"],
        lines=60,
        seed=0,
    script:
        "../scripts/count_lines.py"


rule count_regions:
    input:
        images="<results>/cifar10/test_images.npy",
        labels="<results>/cifar10/test_labels.npy",
        weights=f"<results>/runs/baseline/seed{seeds('baseline')[0]}/weights.safetensors",
        code=code("workflow/scripts/count_regions.py"),
    output:
        regions="<results>/kinks/regions.json",
    log:
        "<logs>/count_regions.log",
    benchmark:
        "<benchmarks>/count_regions.tsv"
    conda:
        "../../envs/answerbook.yaml"
    params:
        run={"experiment": "baseline", "seed": seeds("baseline")[0]},
        grid=500,
        seed=0,
    script:
        "../scripts/count_regions.py"


rule check_claims_classification:
    input:
        histories=of_every_run("<results>/runs/{experiment}/seed{seed}/history.csv"),
        lines="<results>/kinks/lines.csv",
        regions="<results>/kinks/regions.json",
        train_labels="<results>/cifar10/train_labels.npy",
        test_labels="<results>/cifar10/test_labels.npy",
        code=code("workflow/scripts/check_claims_classification.py"),
    output:
        claims="<results>/claims/classification.json",
        seconds="<benchmarks>/claims/classification.csv",
    log:
        "<logs>/check_claims_classification.log",
    benchmark:
        "<benchmarks>/check_claims_classification.tsv"
    conda:
        "../../envs/answerbook.yaml"
    script:
        "../scripts/check_claims_classification.py"
