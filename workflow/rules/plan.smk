"""A planner for the lab: what the experiments of config/plan.yaml should see. `snakemake plan` makes its page."""


use rule study as plan_table with:
    """Expected numbers of every experiment in config/plan.yaml."""
    input:
        code=code_of("plan.plan_table"),
    output:
        plan="<results>/plan/plan.parquet",
    pathvars:
        job="plan/plan_table",
    resources:
        mem_mb=decomposition_mb(config["plan"]["spectral_until"]),
    params:
        **study("plan.plan_table"),


rule plan:
    """The planner's page, to read."""
    input:
        code=code("page", "driven_dicke.figures.plan_page"),
        plan=rules.plan_table.output.plan,
    output:
        "<results>/plan/plan.html",
    log:
        "<logs>/plan/plan.log",
    benchmark:
        "<benchmarks>/plan/plan.tsv"
    conda:
        "../../envs/physics.yaml"
    threads: 1
    resources:
        mem_mb=300,
        runtime=2,
    params:
        inputs=named_inputs,
    shell:
        "python {input.code[0]:q} plan_page --inputs {params.inputs:q} --html {output:q} --log {log:q}"
