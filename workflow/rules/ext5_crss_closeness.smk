"""Beyond the paper: how close rho_+ is to a coherently radiating spin state, Fig. ext5."""


rule crss_closeness:
    """rho_+ beside the CRSS of spin N/2 and beside the CRSS of each of its spins."""
    input:
        code=code("crss_closeness"),
    output:
        fidelity="<results>/crss_closeness/fidelity.parquet",
        spins="<results>/crss_closeness/spins.parquet",
        landmarks="<results>/crss_closeness/landmarks.parquet",
    log:
        "<logs>/crss_closeness/crss_closeness.log",
    benchmark:
        "<benchmarks>/crss_closeness/crss_closeness.tsv"
    conda:
        "../../envs/physics.yaml"
    threads: 1
    resources:
        # Measured: 0.4 GB at 100 atoms, 0.7 GB at 128.
        mem_mb=decomposition_mb(config["crss_closeness"]["spectral_until"]),
        runtime=10,
    params:
        parameters=parameters(rates=config["rates"], **config["crss_closeness"]),
        inputs=named_inputs,
        outputs=named_outputs,
    message:
        "Likeness of rho_+ to coherently radiating spin states"
    shell:
        STUDY


rule ext5:
    """Fig. ext5: how close to a CRSS?"""
    input:
        code=code("figure", "figures/ext5"),
        fidelity="<results>/crss_closeness/fidelity.parquet",
        spins="<results>/crss_closeness/spins.parquet",
        landmarks="<results>/crss_closeness/landmarks.parquet",
    output:
        panels("ext5", "a", "b", "c", "d"),
        assembled("ext5"),
    log:
        "<logs>/figures/ext5.log",
    benchmark:
        "<benchmarks>/figures/ext5.tsv"
    conda:
        "../../envs/plotting.yaml"
    threads: 1
    resources:
        mem_mb=500,
        runtime=2,
    params:
        figure="ext5",
        inputs=named_inputs,
    message:
        "Fig. ext5"
    shell:
        FIGURE


EXTENSION_DATA += rules.crss_closeness.output
EXTENSION_FIGURES += rules.ext5.output
