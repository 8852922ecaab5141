# Those of the measurements lie apart, as they differ from run to run.
rule figure:
    input:
        unpack(figure_data),
    output:
        svg=report(
            "<results>/{apart}figures/{name}.svg",
            caption="../../report/caption.rst",
            category=figure_chapter,
            labels={"figure": "{name}"},
        ),
        png="<results>/{apart}figures/{name}.png",
        csv="<results>/{apart}figures/{name}.csv",
    log:
        "<logs>/{apart}figures/{name}.log",
    benchmark:
        "<benchmarks>/{apart}figures/{name}.tsv"
    wildcard_constraints:
        apart="(measurements/)?",
        name="|".join(FIGURES),
    localrule: True
    conda:
        figure_environment
    params:
        code=code("figures/{name}.py"),
        caption=figure_caption,
        inputs=figure_inputs,
        synthetic=figure_is_synthetic,
    script:
        "../../figures/{wildcards.name}.py"
