# What differs from run to run: times, memory, hardware. It is apart from the book, so that two
# runs give the same book.


# After every job but those that stage and render, so that an edit of the text measures nothing anew.
rule record_jobs:
    input:
        figures=expand("<results>/figures/{name}.svg", name=BOOK_FIGURES),
        claims=CLAIMS,
        variables="<results>/report/variables.yml",
        origin="<results>/report/origin.json",
        live="<results>/report/live.json",
        results=RUNS,
        runs=of_every_run(f"{RUN}/run.json"),
    output:
        jobs="<results>/measurements/jobs.json",
    log:
        "<logs>/record_jobs.log",
    benchmark:
        "<benchmarks>/record_jobs.tsv"
    localrule: True
    conda:
        "../../envs/report.yaml"
    params:
        code=code("workflow/scripts/record_jobs.py"),
        benchmarks=f"{RESULTS}/benchmarks",
    script:
        "../scripts/record_jobs.py"


# The only one that a commit alone runs again.
rule record_provenance:
    input:
        origin="<results>/report/origin.json",
        jobs="<results>/measurements/jobs.json",
    output:
        provenance="<results>/provenance.json",
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
    script:
        "../scripts/record_provenance.py"


rule stage_measurements:
    input:
        figures=expand("<results>/measurements/figures/{name}.svg", name=MEASURED_FIGURES),
        jobs="<results>/measurements/jobs.json",
    output:
        source=directory("<results>/measurements/source"),
        sums="<results>/measurements/source.sha256",
    log:
        "<logs>/stage_measurements.log",
    benchmark:
        "<benchmarks>/stage_measurements.tsv"
    localrule: True
    conda:
        "../../envs/report.yaml"
    params:
        code=code("workflow/scripts/stage_measurements.py"),
        synthetic=SYNTHETIC,
        text=digest_of_text("measurements.qmd"),
    script:
        "../scripts/stage_measurements.py"
