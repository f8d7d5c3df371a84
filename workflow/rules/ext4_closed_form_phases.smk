"""Beyond the paper: the two phases in closed form, Fig. ext4."""


rule closed_form_phases:
    """The two phases of the spectrum beside those cut out of the closed form, at the critical point of each N."""
    input:
        code=code("closed_form_phases"),
    output:
        comparison="<results>/closed_form_phases/comparison.parquet",
        observables="<results>/closed_form_phases/observables.parquet",
    log:
        "<logs>/closed_form_phases/comparison.log",
    benchmark:
        "<benchmarks>/closed_form_phases/comparison.tsv"
    conda:
        "../../envs/physics.yaml"
    threads: 1
    resources:
        # Measured: 0.4 GB at 100 atoms, 0.7 GB at 128.
        mem_mb=decomposition_mb(max(config["closed_form_phases"]["n_atoms"])),
        runtime=10,
    params:
        parameters=parameters(rates=config["rates"], n_atoms=config["closed_form_phases"]["n_atoms"]),
        inputs=named_inputs,
        outputs=named_outputs,
    message:
        "The two phases in closed form"
    shell:
        STUDY


rule closed_form_phases_squeezing:
    """xi^2 of rho_+ in closed form up to the edge of the bistable region, and its least value at each N."""
    input:
        code=code("closed_form_phases_squeezing"),
    output:
        squeezing="<results>/closed_form_phases/squeezing.parquet",
        limits="<results>/closed_form_phases/limits.parquet",
        best="<results>/closed_form_phases/best.parquet",
        best_law="<results>/closed_form_phases/best_law.parquet",
    log:
        "<logs>/closed_form_phases/squeezing.log",
    benchmark:
        "<benchmarks>/closed_form_phases/squeezing.tsv"
    conda:
        "../../envs/physics.yaml"
    threads: 1
    resources:
        mem_mb=700,
        runtime=10,
    params:
        parameters=parameters(
            rates=config["rates"],
            squeezing=config["closed_form_phases"]["squeezing"],
            best=config["closed_form_phases"]["best"],
        ),
        inputs=named_inputs,
        outputs=named_outputs,
    message:
        "Squeezing of rho_+ in closed form"
    shell:
        STUDY


rule ext4:
    """Fig. ext4: the two phases in closed form."""
    input:
        code=code("figure", "figures/ext4"),
        comparison="<results>/closed_form_phases/comparison.parquet",
        observables="<results>/closed_form_phases/observables.parquet",
        squeezing="<results>/closed_form_phases/squeezing.parquet",
        limits="<results>/closed_form_phases/limits.parquet",
        best="<results>/closed_form_phases/best.parquet",
        best_law="<results>/closed_form_phases/best_law.parquet",
    output:
        panels("ext4", "a", "b", "c", "d", "e"),
        assembled("ext4"),
    log:
        "<logs>/figures/ext4.log",
    benchmark:
        "<benchmarks>/figures/ext4.tsv"
    conda:
        "../../envs/plotting.yaml"
    threads: 1
    resources:
        mem_mb=500,
        runtime=2,
    params:
        figure="ext4",
        inputs=named_inputs,
    message:
        "Fig. ext4"
    shell:
        FIGURE


EXTENSION_DATA += rules.closed_form_phases.output
EXTENSION_DATA += rules.closed_form_phases_squeezing.output
EXTENSION_FIGURES += rules.ext4.output
