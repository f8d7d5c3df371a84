"""Beyond the paper: sweeps of the drive up and down. Fig. ext6."""

HYSTERESIS = config["hysteresis"]
SWEEPS = {entry["n_atoms"]: entry["rates"] for entry in HYSTERESIS["sweeps"]}
ENSEMBLES = {entry["n_atoms"]: entry for entry in HYSTERESIS["ensembles"]}


rule hysteresis_sweep:
    """Sweeps of the drive up and down by the master equation, one N at several rates."""
    input:
        code=code("hysteresis_sweep"),
    output:
        sweep="<results>/hysteresis/sweep_N{n_atoms}.parquet",
    log:
        "<logs>/hysteresis/sweep_N{n_atoms}.log",
    benchmark:
        "<benchmarks>/hysteresis/sweep_N{n_atoms}.tsv"
    conda:
        "../../envs/physics.yaml"
    threads: 1
    resources:
        mem_mb=500,
        runtime=15,
    params:
        parameters=lambda wildcards: parameters(
            rates=config["rates"],
            drive=HYSTERESIS["drive"],
            settling=HYSTERESIS["settling"],
            step_tolerance=HYSTERESIS["step_tolerance"],
            n_atoms=int(wildcards.n_atoms),
            sweep_rates=SWEEPS[int(wildcards.n_atoms)],
        ),
        inputs=named_inputs,
        outputs=named_outputs,
    message:
        "Sweeps of the drive, master equation, N = {wildcards.n_atoms}"
    shell:
        STUDY


rule hysteresis_ensemble:
    """The same sweeps by spin-resolved trajectories, one N at several rates."""
    input:
        code=code("hysteresis_ensemble"),
    output:
        ensemble="<results>/hysteresis/ensemble_N{n_atoms}.parquet",
        ensemble_areas="<results>/hysteresis/ensemble_areas_N{n_atoms}.parquet",
    log:
        "<logs>/hysteresis/ensemble_N{n_atoms}.log",
    benchmark:
        "<benchmarks>/hysteresis/ensemble_N{n_atoms}.tsv"
    conda:
        "../../envs/physics.yaml"
    threads: 1
    resources:
        mem_mb=500,
        runtime=15,
    params:
        parameters=lambda wildcards: parameters(
            rates=config["rates"],
            drive=HYSTERESIS["drive"],
            settling=HYSTERESIS["settling"],
            samples=HYSTERESIS["samples"],
            seed=HYSTERESIS["seed"],
            n_atoms=int(wildcards.n_atoms),
            sweep_rates=ENSEMBLES[int(wildcards.n_atoms)]["rates"],
            trajectories=ENSEMBLES[int(wildcards.n_atoms)]["trajectories"],
        ),
        inputs=named_inputs,
        outputs=named_outputs,
    message:
        "Sweeps of the drive, trajectories, N = {wildcards.n_atoms}"
    shell:
        STUDY


rule hysteresis_chain:
    """The same sweeps as a walk in j, where the master equation is out of reach and where it is not."""
    input:
        code=code("hysteresis_chain"),
    output:
        chain="<results>/hysteresis/chain.parquet",
    log:
        "<logs>/hysteresis/chain.log",
    benchmark:
        "<benchmarks>/hysteresis/chain.tsv"
    conda:
        "../../envs/physics.yaml"
    threads: 1
    resources:
        mem_mb=500,
        runtime=5,
    params:
        parameters=parameters(
            rates=config["rates"],
            drive=HYSTERESIS["drive"],
            settling=HYSTERESIS["settling"],
            sweeps=HYSTERESIS["chain"],
        ),
        inputs=named_inputs,
        outputs=named_outputs,
    message:
        "Sweeps of the drive, adiabatic chain"
    shell:
        STUDY


rule hysteresis_mean_field:
    """The same sweeps in the mean field, and its infinitely slow loop for every N."""
    input:
        code=code("hysteresis_mean_field"),
    output:
        mean_field="<results>/hysteresis/mean_field.parquet",
        static="<results>/hysteresis/static.parquet",
    log:
        "<logs>/hysteresis/mean_field.log",
    benchmark:
        "<benchmarks>/hysteresis/mean_field.tsv"
    conda:
        "../../envs/physics.yaml"
    threads: 1
    resources:
        mem_mb=300,
        runtime=5,
    params:
        parameters=parameters(
            rates=config["rates"],
            drive=HYSTERESIS["drive"],
            settling=HYSTERESIS["settling"],
            sweeps=HYSTERESIS["mean_field"],
            static_n_atoms=sorted(
                {
                    entry["n_atoms"]
                    for name in ("sweeps", "ensembles", "mean_field", "chain")
                    for entry in HYSTERESIS[name]
                }
            ),
        ),
        inputs=named_inputs,
        outputs=named_outputs,
    message:
        "Sweeps of the drive, mean field"
    shell:
        STUDY


rule hysteresis:
    """Loop areas and switches of all sweeps; the ensemble against the master equation."""
    input:
        code=code("hysteresis"),
        chain="<results>/hysteresis/chain.parquet",
        mean_field="<results>/hysteresis/mean_field.parquet",
        static="<results>/hysteresis/static.parquet",
        sweep=expand("<results>/hysteresis/sweep_N{n_atoms}.parquet", n_atoms=SWEEPS),
        ensemble=expand("<results>/hysteresis/ensemble_N{n_atoms}.parquet", n_atoms=ENSEMBLES),
        ensemble_areas=expand("<results>/hysteresis/ensemble_areas_N{n_atoms}.parquet", n_atoms=ENSEMBLES),
    output:
        loops="<results>/hysteresis/loops.parquet",
        validation="<results>/hysteresis/validation.parquet",
    log:
        "<logs>/hysteresis/hysteresis.log",
    benchmark:
        "<benchmarks>/hysteresis/hysteresis.tsv"
    conda:
        "../../envs/physics.yaml"
    threads: 1
    resources:
        mem_mb=300,
        runtime=2,
    params:
        parameters=parameters(
            standard_errors=HYSTERESIS["standard_errors"],
            loop_rates=HYSTERESIS["loop_rates"],
            common_rate=HYSTERESIS["common_rate"],
        ),
        inputs=named_inputs,
        outputs=named_outputs,
    message:
        "Loop areas and switches"
    shell:
        STUDY


rule ext6:
    """Fig. ext6: hysteresis."""
    input:
        code=code("figure", "figures/ext6"),
        sweep=expand("<results>/hysteresis/sweep_N{n_atoms}.parquet", n_atoms=SWEEPS),
        ensemble=expand("<results>/hysteresis/ensemble_N{n_atoms}.parquet", n_atoms=ENSEMBLES),
        mean_field="<results>/hysteresis/mean_field.parquet",
        static="<results>/hysteresis/static.parquet",
        loops="<results>/hysteresis/loops.parquet",
        branches=expand("<results>/mean_field/branches_N{n_atoms}.parquet", n_atoms=HYSTERESIS["sweeps"][0]["n_atoms"]),
    output:
        panels("ext6", "a", "b", "c", "d"),
        assembled("ext6"),
    log:
        "<logs>/figures/ext6.log",
    benchmark:
        "<benchmarks>/figures/ext6.tsv"
    conda:
        "../../envs/plotting.yaml"
    threads: 1
    resources:
        mem_mb=500,
        runtime=2,
    params:
        figure="ext6",
        inputs=named_inputs,
    message:
        "Fig. ext6"
    shell:
        FIGURE


EXTENSION_DATA += expand(rules.hysteresis_sweep.output, n_atoms=SWEEPS)
EXTENSION_DATA += expand(rules.hysteresis_ensemble.output, n_atoms=ENSEMBLES)
EXTENSION_DATA += rules.hysteresis_chain.output
EXTENSION_DATA += rules.hysteresis_mean_field.output
EXTENSION_DATA += rules.hysteresis.output
EXTENSION_FIGURES += rules.ext6.output
