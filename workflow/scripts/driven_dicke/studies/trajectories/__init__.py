"""Tables of quantum trajectories, Figs. 6, 7, 8, 13 and 14."""

from dataclasses import replace
from typing import Any

from driven_dicke.pipeline.contract import Column, Contract
from driven_dicke.pipeline.study import Configuration, Study
from driven_dicke.studies.columns import CRSS_FIDELITY, DRIVE, G2, INTENSITY, N_ATOMS, NOTE, S_SQUARED, S_Z, TIME, XI2
from driven_dicke.studies.phases import PHASES

TRAJECTORY = Contract(
    "trajectories",
    "observables along one quantum trajectory",
    (
        TIME,
        S_Z,
        S_SQUARED,
        INTENSITY,
        replace(G2, meaning=f"{G2.meaning}; missing where the state is dark", optional=True),
        replace(XI2, meaning=f"{XI2.meaning}; missing where the mean spin vanishes", optional=True),
        CRSS_FIDELITY,
        DRIVE,
    ),
)
ZOOM = Contract(
    "trajectories/zoom",
    "observables along one quantum trajectory around its first switch",
    (*TRAJECTORY.columns, replace(NOTE, meaning="what the window shows instead if there is no switch; else empty")),
)
JUMPS = Contract(
    "trajectories/jumps",
    "every jump of one quantum trajectory, in order",
    (
        TIME,
        Column.text("channel", "collective (S_-) or individual (sigma_n)"),
        Column.integer("atom", "number of the atom from 0; -1 for a collective jump", minimum=-1),
    ),
)
COUNTS = Contract(
    "trajectories/counts",
    "jumps per time bin of one trajectory, and the counts expected in either phase by Eqs. (G1) and (G2)",
    (
        Column.real("time", "middle of the bin", "1/gamma_s", minimum=0),
        Column.integer("individual", "individual jumps in the bin", minimum=0),
        Column.integer("collective", "collective jumps in the bin", minimum=0),
    ),
)
EXPECTED_COUNTS = Contract(
    "trajectories/expected_counts",
    "counts per bin expected in either phase, Eqs. (G1) and (G2)",
    (
        Column.text("state", "plus or minus"),
        Column.real(
            "individual",
            "Eq. (G1) with the mean-field <S_z> of the phase; missing where the mean field lacks this branch",
            minimum=0,
            optional=True,
        ),
        Column.real("individual_exact", "Eq. (G1) with <S_z> of rho_+ or rho_-", minimum=0, optional=True),
        Column.real("collective", "Eq. (G2) with <S_+S_-> of rho_+ or rho_-", minimum=0, optional=True),
        replace(NOTE, meaning="why counts are missing, in words; empty where they are all there"),
    ),
)
DWELL_TIMES = Contract(
    "trajectories/dwell_times",
    "times spent in either phase along long spin-resolved trajectories",
    (
        Column.integer("trajectory", "number of the trajectory, from 0", minimum=0),
        Column.text("state", "plus or minus"),
        Column.real("dwell_time", "time between entering and leaving the phase", "1/gamma_s", minimum=0),
        Column.flag("censored", "the trajectory began or ended within this stay"),
    ),
)
DWELL_RATES = Contract(
    "trajectories/dwell_rates",
    "rates of leaving either phase: from dwell times, and lambda_1 a_-+ of Eq. (10)",
    (
        N_ATOMS,
        DRIVE,
        Column.text("state", "phase that is left, plus or minus"),
        Column.real(
            "rate",
            "maximum-likelihood rate of leaving, from the dwell times; missing where no stay has ended",
            "gamma_s",
            minimum=0,
            optional=True,
        ),
        Column.real("rate_error", "its standard error", "gamma_s", minimum=0, optional=True),
        Column.integer("switches", "completed stays", minimum=0),
        Column.real(
            "rate_exact",
            "exact rate of the same switches, from a master equation that carries the phase as a label",
            "gamma_s",
            minimum=0,
            optional=True,
        ),
        Column.real(
            "rate_predicted",
            "lambda_1 times the weight of the other phase, Eq. (10)",
            "gamma_s",
            minimum=0,
            optional=True,
        ),
        Column.real("rate_predicted_physical", "the same with physical traces", "gamma_s", minimum=0, optional=True),
        Column.real(
            "rate_predicted_mixture",
            "the same with the weights of trace 1 that give the exact <S^2>; negative where rho_s is no mixture",
            "gamma_s",
            optional=True,
        ),
        replace(NOTE, meaning="what was cut to keep the number of jumps within bounds; empty if nothing was"),
    ),
)
DWELL_THRESHOLDS = Contract(
    "trajectories/dwell_thresholds",
    "rates of leaving either phase from the same trajectories, with other thresholds for a switch",
    (
        Column.real("minus", "where <S^2> enters rho_-, fraction of the way from rho_- to rho_+"),
        Column.real("plus", "where <S^2> enters rho_+, fraction of the way from rho_- to rho_+"),
        *DWELL_RATES.columns[2:7],
    ),
)


def _shared(configuration: Configuration) -> dict[str, Any]:
    return {"rates": configuration["rates"], "n_atoms": configuration["trajectories"]["n_atoms"]}


STUDIES = {
    "trajectory": Study(
        "compute.compute",
        lambda config, wildcards: {**_shared(config), **config["trajectories"][wildcards["trajectory"]]},
        {"trajectory": TRAJECTORY, "jumps": JUMPS},
    ),
    "trajectory_zoom": Study(
        "switching.compute_zoom",
        lambda config, _: {
            **_shared(config),
            **config["trajectories"]["switching"],
            "zoom": config["trajectories"]["zoom"],
            "thresholds": config["trajectories"]["thresholds"],
        },
        {"zoom": ZOOM},
        {"trajectory": TRAJECTORY, "jumps": JUMPS, "phases": PHASES},
    ),
    "trajectory_counts": Study(
        "switching.compute_counts",
        lambda config, _: {
            **_shared(config),
            "drive": config["trajectories"]["switching"]["drive"],
            "stop": config["trajectories"]["switching"]["times"]["stop"],
            **config["trajectories"]["counts"],
        },
        {"counts": COUNTS, "expected_counts": EXPECTED_COUNTS},
        {"jumps": JUMPS, "phases": PHASES},
    ),
    "dwell_times": Study(
        "dwell_times.compute",
        lambda config, _: {
            **_shared(config),
            **config["trajectories"]["dwell_times"],
            "thresholds": config["trajectories"]["thresholds"],
        },
        {"dwell_times": DWELL_TIMES, "dwell_rates": DWELL_RATES, "dwell_thresholds": DWELL_THRESHOLDS},
        {"phases": PHASES},
    ),
}
