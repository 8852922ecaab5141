rule verify_gradients:
    output:
        gradients="<results>/gradients.csv",
    log:
        "<logs>/verify_gradients.log",
    benchmark:
        "<benchmarks>/verify_gradients.tsv"
    group:
        "backpropagation"
    conda:
        "../../envs/training.yaml"
    resources:
        mem_mb=2000,
        runtime=30,
    params:
        code=code("workflow/scripts/verify_gradients.py"),
        widths=EXPERIMENTS["baseline"]["widths"],
        dimensions=[2, 3, 8, 32],
        seed=0,
    script:
        "../scripts/verify_gradients.py"


rule check_claims_backpropagation:
    input:
        gradients="<results>/gradients.csv",
    output:
        claims="<results>/claims/backpropagation.json",
    log:
        "<logs>/check_claims_backpropagation.log",
    benchmark:
        "<benchmarks>/check_claims_backpropagation.tsv"
    group:
        "backpropagation"
    conda:
        "../../envs/training.yaml"
    resources:
        mem_mb=2000,
        runtime=30,
    params:
        code=code("workflow/scripts/check_claims_backpropagation.py"),
    script:
        "../scripts/check_claims_backpropagation.py"
