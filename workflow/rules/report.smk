rule merge_claims:
    input:
        chapters=expand("<results>/claims/{chapter}.json", chapter=CHAPTERS),
    output:
        claims="<results>/claims.json",
    log:
        "<logs>/merge_claims.log",
    benchmark:
        "<benchmarks>/merge_claims.tsv"
    localrule: True
    conda:
        "../../envs/report.yaml"
    params:
        code=code("workflow/scripts/merge_claims.py"),
    script:
        "../scripts/merge_claims.py"


rule collect_variables:
    input:
        train_labels="<results>/cifar10/train_labels.npy",
        test_labels="<results>/cifar10/test_labels.npy",
        source="<results>/cifar10/source.json",
        histories="<results>/runs/histories.csv",
        calibration="<results>/runs/calibration.csv",
        gradients="<results>/gradients.csv",
        random_networks="<results>/kinks/random_networks.csv",
        constructions="<results>/kinks/constructions.csv",
        lines="<results>/kinks/lines.csv",
        regions="<results>/kinks/regions.json",
    output:
        variables="<results>/report/variables.yml",
    log:
        "<logs>/collect_variables.log",
    benchmark:
        "<benchmarks>/collect_variables.tsv"
    localrule: True
    conda:
        "../../envs/report.yaml"
    params:
        code=code("workflow/scripts/collect_variables.py"),
        config=config,
    script:
        "../scripts/collect_variables.py"


rule record_origin:
    input:
        source="<results>/cifar10/source.json",
        runs=of_every_run(f"{RUN}/run.json"),
    output:
        origin="<results>/report/origin.json",
    log:
        "<logs>/record_origin.log",
    benchmark:
        "<benchmarks>/record_origin.tsv"
    localrule: True
    conda:
        "../../envs/report.yaml"
    params:
        code=code("workflow/scripts/record_origin.py"),
        config=config,
        packages=DEPENDENCIES,
    script:
        "../scripts/record_origin.py"


rule collect_live_data:
    input:
        histories="<results>/runs/histories.csv",
        images="<results>/cifar10/train_images.npy",
        samples="<results>/figures/augmentation_samples.csv",
        test_images="<results>/cifar10/test_images.npy",
        test_labels="<results>/cifar10/test_labels.npy",
        weights=VIEWED_WEIGHTS,
        interpolating=f"<results>/runs/interpolating/seed{seeds('interpolating')[0]}/weights.safetensors",
    output:
        data="<results>/report/live.json",
    log:
        "<logs>/collect_live_data.log",
    benchmark:
        "<benchmarks>/collect_live_data.tsv"
    localrule: True
    conda:
        "../../envs/training.yaml"
    params:
        code=code("workflow/scripts/collect_live_data.py"),
        runs=VIEWED,
    script:
        "../scripts/collect_live_data.py"


rule stage_report:
    input:
        figures=expand("<results>/figures/{name}.svg", name=FIGURES),
        drawn=expand("<results>/figures/{name}.csv", name=FIGURES),
        claims="<results>/claims.json",
        histories="<results>/runs/histories.csv",
        variables="<results>/report/variables.yml",
        origin="<results>/report/origin.json",
        live="<results>/report/live.json",
    output:
        source=directory("<results>/report/source"),
        sums="<results>/report/source.sha256",
    log:
        "<logs>/stage_report.log",
    benchmark:
        "<benchmarks>/stage_report.tsv"
    localrule: True
    conda:
        "../../envs/report.yaml"
    params:
        code=code("workflow/scripts/stage_report.py"),
        synthetic=SYNTHETIC,
        text=digest_of_text(),
        listings=digest_of_listings(),
    script:
        "../scripts/stage_report.py"


# By the project's contents and not by its age.
rule render_report:
    input:
        source=ancient("<results>/report/source"),
        sums="<results>/report/source.sha256",
    output:
        rendered=report(
            "<results>/answerbook.{format}",
            caption="../../report/caption.rst",
            category="Book",
            labels={"format": "{format}"},
        ),
    log:
        "<logs>/render_report/{format}.log",
    benchmark:
        "<benchmarks>/render_report/{format}.tsv"
    wildcard_constraints:
        format="html|pdf",
    localrule: True
    conda:
        "../../envs/report.yaml"
    params:
        code=code("workflow/scripts/render_report.py"),
        caption="The book, with every answer, figure and verdict.",
        engine=config["report"]["engine"],
    script:
        "../scripts/render_report.py"


# What differs from run to run: times, memory, hardware. It is apart from the book, so that two
# runs give the same book, and waits for all that the book is rendered from, so that an edit of the
# text measures nothing anew. The only rule that a commit alone runs again.
rule record_provenance:
    input:
        figures=FIGURE_FILES,
        claims=CLAIMS,
        variables="<results>/report/variables.yml",
        origin="<results>/report/origin.json",
        live="<results>/report/live.json",
        results=RUNS,
        runs=of_every_run(f"{RUN}/run.json"),
    output:
        provenance="<results>/provenance.json",
        measurements="<results>/measurements.csv",
    log:
        "<logs>/record_provenance.log",
    benchmark:
        "<benchmarks>/record_provenance.tsv"
    localrule: True
    conda:
        "../../envs/report.yaml"
    params:
        code=code("workflow/scripts/record_provenance.py"),
        commit=commit(ROOT),
        benchmarks=f"{RESULTS}/benchmarks",
    script:
        "../scripts/record_provenance.py"
