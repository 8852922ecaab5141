from snakemake.utils import min_version

min_version("9.19")


report: "report/workflow.rst"


include: "workflow/rules/common.smk"
include: "workflow/rules/approximation.smk"
include: "workflow/rules/backpropagation.smk"
include: "workflow/rules/classification.smk"
include: "workflow/rules/figures.smk"
include: "workflow/rules/report.smk"


# Everything that README names under results/: what is missing of it is made again.
rule all:
    default_target: True
    input:
        BOOK,
        FIGURE_FILES,
        CLAIMS,
        RUNS,
        RECORD,


rule book:
    input:
        BOOK,


rule figures:
    input:
        FIGURE_FILES,


rule claims:
    input:
        CLAIMS,


rule runs:
    input:
        RUNS,
