rule count_random_networks:
    output:
        kinks="<results>/kinks/random_networks.csv",
    log:
        "<logs>/count_random_networks.log",
    benchmark:
        "<benchmarks>/count_random_networks.tsv"
    group:
        "approximation"
    conda:
        "../../envs/approximation.yaml"
    resources:
        mem_mb=1000,
        runtime=30,
    params:
        **config["kinks"]["random"],
        code=code("workflow/scripts/count_random_networks.py"),
    script:
        "../scripts/count_random_networks.py"


rule count_constructions:
    output:
        kinks="<results>/kinks/constructions.csv",
    log:
        "<logs>/count_constructions.log",
    benchmark:
        "<benchmarks>/count_constructions.tsv"
    group:
        "approximation"
    conda:
        "../../envs/approximation.yaml"
    resources:
        mem_mb=2000,
        runtime=30,
    params:
        **config["kinks"]["constructions"],
        code=code("workflow/scripts/count_constructions.py"),
    script:
        "../scripts/count_constructions.py"


rule check_claims_approximation:
    input:
        random_networks="<results>/kinks/random_networks.csv",
        constructions="<results>/kinks/constructions.csv",
    output:
        claims="<results>/claims/approximation.json",
    log:
        "<logs>/check_claims_approximation.log",
    benchmark:
        "<benchmarks>/check_claims_approximation.tsv"
    group:
        "approximation"
    conda:
        "../../envs/approximation.yaml"
    resources:
        mem_mb=1000,
        runtime=30,
    params:
        code=code("workflow/scripts/check_claims_approximation.py"),
    script:
        "../scripts/check_claims_approximation.py"
