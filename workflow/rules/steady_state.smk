"""Exact steady state and analytic squeezing: Fig. 2."""

STEADY_STATE_N = config["steady_state"]["n_atoms"]


rule steady_state:
    """Exact steady state of N atoms against drive, certified."""
    input:
        code=code("steady_state"),
    output:
        steady_state="<results>/steady_state/N{n_atoms}.parquet",
    log:
        "<logs>/steady_state/N{n_atoms}.log",
    benchmark:
        "<benchmarks>/steady_state/N{n_atoms}.tsv"
    conda:
        "../../envs/physics.yaml"
    threads: 1
    resources:
        mem_mb=500,
        runtime=5,
    params:
        parameters=lambda wildcards: parameters(
            rates=config["rates"],
            drive=config["steady_state"]["drive"],
            n_atoms=int(wildcards.n_atoms),
        ),
        inputs=named_inputs,
        outputs=named_outputs,
    message:
        "Exact steady state, N = {wildcards.n_atoms}"
    shell:
        STUDY


rule magnetization:
    """Distribution of S_z of N atoms at their critical point, and the mean field's values there."""
    input:
        code=code("magnetization"),
    output:
        magnetization="<results>/steady_state/magnetization_N{n_atoms}.parquet",
        mean_field_magnetization="<results>/steady_state/mean_field_magnetization_N{n_atoms}.parquet",
    log:
        "<logs>/steady_state/magnetization_N{n_atoms}.log",
    benchmark:
        "<benchmarks>/steady_state/magnetization_N{n_atoms}.tsv"
    conda:
        "../../envs/physics.yaml"
    threads: 1
    resources:
        mem_mb=300,
        runtime=2,
    params:
        parameters=lambda wildcards: parameters(rates=config["rates"], n_atoms=int(wildcards.n_atoms)),
        inputs=named_inputs,
        outputs=named_outputs,
    message:
        "Distribution of S_z at the critical point, N = {wildcards.n_atoms}"
    shell:
        STUDY


rule totally_mixed:
    """Observables of the totally mixed state, Eqs. (D3)."""
    input:
        code=code("totally_mixed"),
    output:
        totally_mixed="<results>/steady_state/totally_mixed.parquet",
    log:
        "<logs>/steady_state/totally_mixed.log",
    benchmark:
        "<benchmarks>/steady_state/totally_mixed.tsv"
    conda:
        "../../envs/physics.yaml"
    threads: 1
    resources:
        mem_mb=300,
        runtime=2,
    params:
        parameters=parameters(n_atoms=sorted({*STEADY_STATE_N, config["phases"]["n_atoms"][0]})),
        inputs=named_inputs,
        outputs=named_outputs,
    message:
        "Totally mixed state"
    shell:
        STUDY


rule squeezing:
    """Analytic spin squeezing of N atoms, Eq. (7)."""
    input:
        code=code("squeezing"),
    output:
        squeezing="<results>/squeezing/N{n_atoms}.parquet",
    log:
        "<logs>/squeezing/N{n_atoms}.log",
    benchmark:
        "<benchmarks>/squeezing/N{n_atoms}.tsv"
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
        "Analytic spin squeezing, N = {wildcards.n_atoms}"
    shell:
        STUDY


DATA += expand(rules.steady_state.output, n_atoms=STEADY_STATE_N)
DATA += expand(rules.magnetization.output, n_atoms=STEADY_STATE_N[-1])
DATA += expand(rules.squeezing.output, n_atoms=STEADY_STATE_N)
DATA += rules.totally_mixed.output
