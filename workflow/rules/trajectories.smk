"""Quantum trajectories: Figs. 6, 7, 8, 13 and 14."""

TRAJECTORIES = ["switching", "transient", "singlets", "quench"]
SWITCHING = config["trajectories"]["switching"]
TRAJECTORY_N = config["trajectories"]["n_atoms"]
TRAJECTORY_PHASES = f"<results>/phases/N{TRAJECTORY_N}.parquet"


wildcard_constraints:
    trajectory="|".join(TRAJECTORIES),


rule trajectory:
    """One trajectory with the paper's jump operators, and all its jumps."""
    input:
        code=code("trajectory"),
    output:
        trajectory="<results>/trajectories/{trajectory}.parquet",
        jumps="<results>/trajectories/{trajectory}_jumps.parquet",
    log:
        "<logs>/trajectories/{trajectory}.log",
    benchmark:
        "<benchmarks>/trajectories/{trajectory}.tsv"
    conda:
        "../../envs/physics.yaml"
    threads: 1
    resources:
        mem_mb=500,
        runtime=10,
    params:
        parameters=lambda wildcards: parameters(
            rates=config["rates"], n_atoms=TRAJECTORY_N, **config["trajectories"][wildcards.trajectory]
        ),
        inputs=named_inputs,
        outputs=named_outputs,
    message:
        "Trajectory {wildcards.trajectory}"
    shell:
        STUDY


rule trajectory_zoom:
    """The first switch of the trajectory of Fig. 6 at fine resolution."""
    input:
        code=code("trajectory_zoom"),
        trajectory="<results>/trajectories/switching.parquet",
        jumps="<results>/trajectories/switching_jumps.parquet",
        phases=TRAJECTORY_PHASES,
    output:
        zoom="<results>/trajectories/switching_zoom.parquet",
    log:
        "<logs>/trajectories/switching_zoom.log",
    benchmark:
        "<benchmarks>/trajectories/switching_zoom.tsv"
    conda:
        "../../envs/physics.yaml"
    threads: 1
    resources:
        mem_mb=500,
        runtime=10,
    params:
        parameters=parameters(
            rates=config["rates"],
            n_atoms=TRAJECTORY_N,
            **SWITCHING,
            zoom=config["trajectories"]["zoom"],
            thresholds=config["trajectories"]["thresholds"],
        ),
        inputs=named_inputs,
        outputs=named_outputs,
    message:
        "First switch of the trajectory of Fig. 6"
    shell:
        STUDY


rule trajectory_counts:
    """Jumps of the trajectory of Fig. 6 per time bin, and what Eqs. (G1) and (G2) expect."""
    input:
        code=code("trajectory_counts"),
        jumps="<results>/trajectories/switching_jumps.parquet",
        phases=TRAJECTORY_PHASES,
    output:
        counts="<results>/trajectories/switching_counts.parquet",
        expected_counts="<results>/trajectories/expected_counts.parquet",
    log:
        "<logs>/trajectories/switching_counts.log",
    benchmark:
        "<benchmarks>/trajectories/switching_counts.tsv"
    conda:
        "../../envs/physics.yaml"
    threads: 1
    resources:
        mem_mb=300,
        runtime=2,
    params:
        parameters=parameters(
            rates=config["rates"],
            n_atoms=TRAJECTORY_N,
            drive=SWITCHING["drive"],
            stop=SWITCHING["times"]["stop"],
            **config["trajectories"]["counts"],
        ),
        inputs=named_inputs,
        outputs=named_outputs,
    message:
        "Counts of the trajectory of Fig. 6"
    shell:
        STUDY


rule dwell_times:
    """Times spent in either phase along long spin-resolved trajectories, against Eq. (10)."""
    input:
        code=code("dwell_times"),
        phases=TRAJECTORY_PHASES,
    output:
        dwell_times="<results>/trajectories/dwell_times.parquet",
        dwell_rates="<results>/trajectories/dwell_rates.parquet",
        dwell_thresholds="<results>/trajectories/dwell_thresholds.parquet",
    log:
        "<logs>/trajectories/dwell_times.log",
    benchmark:
        "<benchmarks>/trajectories/dwell_times.tsv"
    conda:
        "../../envs/physics.yaml"
    threads: 1
    resources:
        mem_mb=600,
        runtime=20,
    params:
        parameters=parameters(
            rates=config["rates"],
            n_atoms=TRAJECTORY_N,
            **config["trajectories"]["dwell_times"],
            thresholds=config["trajectories"]["thresholds"],
        ),
        inputs=named_inputs,
        outputs=named_outputs,
    message:
        "Dwell times in both phases"
    shell:
        STUDY


DATA += expand(rules.trajectory.output, trajectory=TRAJECTORIES)
DATA += rules.trajectory_zoom.output
DATA += rules.trajectory_counts.output
DATA += rules.dwell_times.output
