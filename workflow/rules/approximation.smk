rule count_random_networks:
    input:
        code=code("workflow/scripts/count_random_networks.py"),
    output:
        kinks="<results>/kinks/random_networks.csv",
    log:
        "<logs>/count_random_networks.log",
    benchmark:
        "<benchmarks>/count_random_networks.tsv"
    conda:
        "../../envs/answerbook.yaml"
    params:
        widths=[8, 16, 32, 64],
        depths=[1, 2, 4, 8, 16, 32],
        seeds=[0, 1, 2, 3, 4],
    script:
        "../scripts/count_random_networks.py"


rule count_constructions:
    input:
        code=code("workflow/scripts/count_constructions.py"),
    output:
        kinks="<results>/kinks/constructions.csv",
    log:
        "<logs>/count_constructions.log",
    benchmark:
        "<benchmarks>/count_constructions.tsv"
    conda:
        "../../envs/answerbook.yaml"
    params:
        widths=list(range(3, 11)),
        most_kinks=10**7,
    script:
        "../scripts/count_constructions.py"


rule check_claims_approximation:
    input:
        random_networks="<results>/kinks/random_networks.csv",
        constructions="<results>/kinks/constructions.csv",
        code=code("workflow/scripts/check_claims_approximation.py"),
    output:
        claims="<results>/claims/approximation.json",
        seconds="<benchmarks>/claims/approximation.csv",
    log:
        "<logs>/check_claims_approximation.log",
    benchmark:
        "<benchmarks>/check_claims_approximation.tsv"
    conda:
        "../../envs/answerbook.yaml"
    script:
        "../scripts/check_claims_approximation.py"
