"""Mean field: Figs. 1(b), 2(a) and 9."""


rule mean_field:
    """Mean-field branches with their stability, the edges of bistability, and relaxation."""
    input:
        code=code("mean_field"),
    output:
        branches="<results>/mean_field/branches.parquet",
        edges="<results>/mean_field/edges.parquet",
        relaxation="<results>/mean_field/relaxation.parquet",
        dicke="<results>/mean_field/dicke.parquet",
    log:
        "<logs>/mean_field/mean_field.log",
    benchmark:
        "<benchmarks>/mean_field/mean_field.tsv"
    conda:
        "../../envs/physics.yaml"
    threads: 1
    resources:
        mem_mb=300,
        runtime=2,
    params:
        parameters=parameters(**config["mean_field"]),
        inputs=named_inputs,
        outputs=named_outputs,
    message:
        "Mean-field branches, stability and relaxation"
    shell:
        STUDY


rule mean_field_branches:
    """Mean-field branches at the rates of N atoms."""
    input:
        code=code("mean_field_branches"),
    output:
        branches="<results>/mean_field/branches_N{n_atoms}.parquet",
    log:
        "<logs>/mean_field/branches_N{n_atoms}.log",
    benchmark:
        "<benchmarks>/mean_field/branches_N{n_atoms}.tsv"
    conda:
        "../../envs/physics.yaml"
    threads: 1
    resources:
        mem_mb=300,
        runtime=2,
    params:
        parameters=lambda wildcards: parameters(
            rates=config["rates"],
            drive=config["mean_field"]["drive"],
            n_atoms=int(wildcards.n_atoms),
        ),
        inputs=named_inputs,
        outputs=named_outputs,
    message:
        "Mean-field branches, N = {wildcards.n_atoms}"
    shell:
        STUDY


DATA += rules.mean_field.output
DATA += expand(rules.mean_field_branches.output, n_atoms=config["steady_state"]["n_atoms"])
