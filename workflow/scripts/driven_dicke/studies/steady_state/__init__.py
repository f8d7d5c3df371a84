"""Tables of the exact steady state, Fig. 2."""

from dataclasses import replace

from driven_dicke.pipeline.contract import Column, Contract
from driven_dicke.pipeline.study import Study
from driven_dicke.studies.columns import (
    DRIVE,
    G2,
    INTENSITY,
    MAGNETIC_NUMBER,
    N_ATOMS,
    NOTE,
    PROBABILITY,
    S_MINUS,
    S_SQUARED,
    S_Z,
    XI2,
)

STEADY_STATE = Contract(
    "steady_state",
    "exact steady state against drive, from the closed form; certified against the master equation",
    (
        DRIVE,
        S_Z,
        S_SQUARED,
        INTENSITY,
        G2,
        XI2,
        S_MINUS,
        Column.real("residual", "largest element of L rho_s, relative to that of L", minimum=0),
        Column.real("trace_error", "|tr rho_s - 1| of the block density matrix", minimum=0),
        Column.real("smallest_eigenvalue", "smallest eigenvalue of the blocks of rho_s"),
    ),
)
MAGNETIZATION = Contract(
    "steady_state/magnetization",
    "distribution of S_z at the critical point of this N",
    (replace(DRIVE, optional=True), MAGNETIC_NUMBER, replace(PROBABILITY, optional=True), NOTE),
)
MEAN_FIELD_MAGNETIZATION = Contract(
    "steady_state/mean_field_magnetization",
    "N s_z / 2 of the stable mean-field branches at the critical point of this N",
    (
        replace(DRIVE, optional=True),
        Column.text("branch", "lower or upper"),
        replace(S_Z, optional=True),
        NOTE,
    ),
)
TOTALLY_MIXED = Contract(
    "steady_state/totally_mixed",
    "observables of the totally mixed state, Eqs. (D3)",
    (N_ATOMS, S_Z, S_SQUARED, INTENSITY, G2),
)
STUDIES = {
    "steady_state": Study(
        "compute.compute",
        lambda config, wildcards: {
            "rates": config["rates"],
            "drive": config["steady_state"]["drive"],
            "n_atoms": int(wildcards["n_atoms"]),
        },
        {"steady_state": STEADY_STATE},
    ),
    "magnetization": Study(
        "compute.compute_magnetization",
        lambda config, wildcards: {"rates": config["rates"], "n_atoms": int(wildcards["n_atoms"])},
        {"magnetization": MAGNETIZATION, "mean_field_magnetization": MEAN_FIELD_MAGNETIZATION},
    ),
    "totally_mixed": Study(
        "compute.compute_totally_mixed",
        lambda config, _: {"n_atoms": sorted({*config["steady_state"]["n_atoms"], config["phases"]["n_atoms"][0]})},
        {"totally_mixed": TOTALLY_MIXED},
    ),
}
