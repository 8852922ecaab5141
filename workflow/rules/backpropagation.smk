rule verify_gradients:
    input:
        library=library("workflow/scripts/verify_gradients.py"),
    output:
        gradients="<results>/gradients.csv",
    log:
        "<logs>/verify_gradients.log",
    benchmark:
        "<benchmarks>/verify_gradients.tsv"
    conda:
        "../../envs/answerbook.yaml"
    params:
        widths=EXPERIMENTS["baseline"]["widths"],
        dimensions=[2, 3, 8, 32],
        seed=0,
    script:
        "../scripts/verify_gradients.py"
