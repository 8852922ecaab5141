rule figure:
    input:
        unpack(figure_data),
    output:
        svg=report(
            "<results>/figures/{name}.svg",
            caption="../../report/caption.rst",
            category=figure_chapter,
            labels={"figure": "{name}"},
        ),
        png="<results>/figures/{name}.png",
        csv="<results>/figures/{name}.csv",
    log:
        "<logs>/figures/{name}.log",
    benchmark:
        "<benchmarks>/figures/{name}.tsv"
    wildcard_constraints:
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
