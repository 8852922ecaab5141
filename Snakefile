from snakemake.utils import min_version

min_version("9.19")


report: "report/workflow.rst"


include: "workflow/rules/config.smk"
include: "workflow/rules/calls.smk"
include: "workflow/rules/common.smk"
include: "workflow/rules/documents.smk"
include: "workflow/rules/approximation.smk"
include: "workflow/rules/backpropagation.smk"
include: "workflow/rules/classification.smk"
include: "workflow/rules/figures.smk"
include: "workflow/rules/report.smk"
include: "workflow/rules/measurements.smk"


rule all:
    default_target: True
    input:
        expand(
            "<results>/{document}.{format}",
            document=DOCUMENTS,
            format=config["report"]["formats"],
        ),
