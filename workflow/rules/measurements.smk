# What differs from run to run: times, memory, hardware. It is apart from the book, so that two
# runs give the same book.


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
        places=config["pathvars"],
        benchmarks=PLACES.apply("<benchmarks>"),
    script:
        "../scripts/record_provenance.py"


localrules:
    measured_figure,


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
        planning=if_there("<results>/planning.csv"),
    output:
        source=directory("<results>/measurements/source"),
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
    script:
        "../scripts/stage_measurements.py"


# The run as a research object: `make crate`. It is made from what Snakemake remembers of the jobs.
rule record_crate:
    input:
        documents=expand(
            "<results>/{document}.{format}",
            document=BOOK,
            format=config["report"]["formats"],
        ),
        figures=expand("<results>/figures/{name}.svg", name=BOOK_FIGURES),
        claims="<results>/claims.json",
        provenance="<results>/provenance.json",
    output:
        metadata="<results>/ro-crate-metadata.json",
        sources=directory("<results>/workflow"),
    log:
        "<logs>/record_crate.log",
    benchmark:
        "<benchmarks>/record_crate.tsv"
    localrule: True
    conda:
        "../../envs/report.yaml"
    params:
        code=code("workflow/scripts/record_crate.py"),
        checkout=str(ROOT),
        parts=CHECKOUT_PARTS,
        description=f"{DESCRIPTION}{' From generated images.' * SYNTHETIC}",
        scripts=scripts_of_rules,
    script:
        "../scripts/record_crate.py"
