# What differs from run to run: times, memory, hardware. It is apart from the book, so that two
# runs give the same book.


def measured_jobs():
    """What Snakemake measured of each job, by the job's name: of all but this appendix's own."""
    jobs = [f"figures/{name}" for name in BOOK_FIGURES]
    jobs += [f"train/{experiment}/seed{seed}" for experiment, seed in runs()]
    jobs += [f"summarise/{experiment}" for experiment in EXPERIMENTS]
    jobs += [f"check_claims_{chapter}" for chapter in CHAPTERS]
    jobs += ["generate_cifar10" if SYNTHETIC else "fetch_cifar10", "verify_gradients"]
    jobs += ["count_random_networks", "count_constructions", "count_lines", "count_regions"]
    jobs += ["merge_claims", "collect_variables", "record_origin", "stage_report"]
    jobs += [f"render_report/answerbook/{format}" for format in config["report"]["formats"]]
    return {job: workflow.pathvars.apply(f"<benchmarks>/{job}.tsv") for job in jobs}


def if_there(path):
    """An input function for a file that no rule makes, but `make bench`."""

    def files(wildcards):
        return [path] if is_there(path) else []

    return files


def is_there(path):
    return Path(workflow.pathvars.apply(path)).exists()


def measured_figures(wildcards):
    """The figures of the appendix whose results are there, or will be."""
    return [
        f"<results>/measurements/figures/{name}.svg"
        for name in MEASURED_FIGURES
        if not FIGURES[name].get("optional") or all(map(is_there, FIGURES[name]["input"].values()))
    ]


# The book is ancient: its times are recorded when it is there, but the record is not made again
# whenever a word of the text changes.
rule record_provenance:
    input:
        book=ancient(expand("<results>/answerbook.{format}", format=config["report"]["formats"])),
        figures=expand("<results>/figures/{name}.svg", name=BOOK_FIGURES),
        claims="<results>/claims.json",
        variables="<results>/report/variables.yml",
        origin="<results>/report/origin.json",
        runs=of_every_run("<results>/runs/{experiment}/seed{seed}/run.json"),
        code=code("workflow/scripts/record_provenance.py"),
    output:
        provenance="<results>/provenance.json",
    log:
        "<logs>/record_provenance.log",
    benchmark:
        "<benchmarks>/record_provenance.tsv"
    conda:
        "../../envs/answerbook.yaml"
    params:
        places=config["pathvars"],
        benchmarks=measured_jobs(),
    script:
        "../scripts/record_provenance.py"


use rule figure as measured_figure with:
    output:
        svg=report(
            "<results>/measurements/figures/{name}.svg",
            caption="../../report/caption.rst",
            category=figure_chapter,
            labels={"figure": "{name}"},
        ),
        png="<results>/measurements/figures/{name}.png",
        csv="<results>/measurements/figures/{name}.csv",
    log:
        "<logs>/measurements/figures/{name}.log",
    benchmark:
        "<benchmarks>/measurements/figures/{name}.tsv"
    wildcard_constraints:
        name="|".join(MEASURED_FIGURES),


rule stage_measurements:
    input:
        document=in_checkout("report/measurements.qmd"),
        written=written("measurements.qmd"),
        figures=measured_figures,
        provenance="<results>/provenance.json",
        epochs=of_every_run("<benchmarks>/epochs/{experiment}/seed{seed}.csv"),
        claims=expand("<benchmarks>/claims/{chapter}.csv", chapter=CHAPTERS),
        benchmarks=if_there("<results>/benchmarks.csv"),
        growth=if_there("<results>/growth.csv"),
        code=code("workflow/scripts/stage_measurements.py"),
    output:
        source=directory("<results>/measurements/source"),
    log:
        "<logs>/stage_measurements.log",
    benchmark:
        "<benchmarks>/stage_measurements.tsv"
    conda:
        "../../envs/answerbook.yaml"
    params:
        synthetic=SYNTHETIC,
    script:
        "../scripts/stage_measurements.py"
