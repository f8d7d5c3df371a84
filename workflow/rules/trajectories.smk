"""Quantum trajectories: Figs. 6, 7, 8, 13 and 14."""

TRAJECTORIES = ["switching", "transient", "singlets", "quench"]
SWITCHING = config["trajectories"]["switching"]
TRAJECTORY_N = config["trajectories"]["n_atoms"]
TRAJECTORY_PHASES = f"<results>/phases/N{TRAJECTORY_N}.parquet"


wildcard_constraints:
    trajectory="|".join(TRAJECTORIES),


use rule study as trajectory with:
    """One trajectory with the paper's jump operators, and all its jumps."""
    input:
        code=code_of("trajectories.trajectory"),
    output:
        trajectory="<results>/trajectories/{trajectory}.parquet",
        jumps="<results>/trajectories/{trajectory}_jumps.parquet",
    pathvars:
        job="trajectories/{trajectory}",
    resources:
        runtime=10,
    params:
        **study("trajectories.trajectory"),


use rule study as trajectory_zoom with:
    """The first switch of the trajectory of Fig. 6 at fine resolution."""
    input:
        code=code_of("trajectories.trajectory_zoom"),
        trajectory="<results>/trajectories/switching.parquet",
        jumps="<results>/trajectories/switching_jumps.parquet",
        phases=TRAJECTORY_PHASES,
    output:
        zoom="<results>/trajectories/switching_zoom.parquet",
    pathvars:
        job="trajectories/switching_zoom",
    resources:
        runtime=10,
    params:
        **study("trajectories.trajectory_zoom"),


use rule study as trajectory_counts with:
    """Jumps of the trajectory of Fig. 6 per time bin, and what Eqs. (G1) and (G2) expect."""
    input:
        code=code_of("trajectories.trajectory_counts"),
        jumps="<results>/trajectories/switching_jumps.parquet",
        phases=TRAJECTORY_PHASES,
    output:
        counts="<results>/trajectories/switching_counts.parquet",
        expected_counts="<results>/trajectories/expected_counts.parquet",
    pathvars:
        job="trajectories/switching_counts",
    params:
        **study("trajectories.trajectory_counts"),


use rule study as dwell_times with:
    """Times spent in either phase along long spin-resolved trajectories, against Eq. (10)."""
    input:
        code=code_of("trajectories.dwell_times"),
        phases=TRAJECTORY_PHASES,
    output:
        dwell_times="<results>/trajectories/dwell_times.parquet",
        dwell_rates="<results>/trajectories/dwell_rates.parquet",
        dwell_thresholds="<results>/trajectories/dwell_thresholds.parquet",
    pathvars:
        job="trajectories/dwell_times",
    resources:
        mem_mb=600,
        runtime=20,
    params:
        **study("trajectories.dwell_times"),


DATA += expand(rules.trajectory.output, trajectory=TRAJECTORIES)
DATA += rules.trajectory_zoom.output
DATA += rules.trajectory_counts.output
DATA += rules.dwell_times.output
