"""Tables of the two phases rho_+ and rho_-, Figs. 4, 5, 11 and 12."""

from dataclasses import replace

from driven_dicke.pipeline.contract import Column, Contract
from driven_dicke.pipeline.study import Configuration, Study
from driven_dicke.studies.columns import (
    CRSS_FIDELITY,
    DRIVE,
    G2,
    INTENSITY,
    MAGNETIC_NUMBER,
    N_ATOMS,
    NOTE,
    PROBABILITY,
    S_SQUARED,
    S_Z,
    XI2,
)

WEIGHTS = tuple(
    Column.real(f"a_{state}{suffix}", f"weight tr(rho_s rho) / tr(rho^2) of rho_{state}, {convention}", minimum=0)
    for suffix, convention in (
        ("", "traces over blocks that carry all copies (the paper's)"),
        ("_physical", "traces in the space of 2^N states"),
    )
    for state in ("plus", "minus")
)
STATES = ("plus", "minus")
OBSERVABLES = (S_Z, S_SQUARED, INTENSITY, G2, XI2, CRSS_FIDELITY)
GAP = Column.real("gap", "decay rate of rho_+ - rho_-: lambda_1, unless that mode oscillates", "gamma_s", minimum=0)
RESIDUAL = Column.real(
    "residual", "residual of L (rho_+ - rho_-) = -lambda_1 (rho_+ - rho_-) relative to ||L||", minimum=0
)
STEADY_STATE_ERROR = Column.real(
    "steady_state_error",
    "largest difference of an element between rho_s of the spectrum and of the closed form / largest element",
    minimum=0,
)

PHASES = Contract(
    "phases",
    "the two phases from the slowest decaying mode rho_1 = rho_+ - rho_-, their weights and observables",
    (
        DRIVE,
        *(
            replace(column, optional=True)
            for column in (
                GAP,
                *WEIGHTS,
                *(
                    replace(column, name=f"{column.name}_{state}", meaning=f"{column.meaning}, in rho_{state}")
                    for state in STATES
                    for column in OBSERVABLES
                ),
                replace(CRSS_FIDELITY, name="crss_fidelity_steady", meaning="root fidelity of rho_s with the CRSS"),
            )
        ),
        Column.flag("bistable", "the drive lies within the mean field's bistable region (B5)"),
        Column.flag("lower_branch", "the mean field has a lower branch here: rho_+ is a phase of its own"),
        Column.flag("upper_branch", "the mean field has an upper branch here: rho_- is a phase of its own"),
        replace(RESIDUAL, optional=True),
        replace(STEADY_STATE_ERROR, optional=True),
        NOTE,
    ),
)
MAGNETIZATION = Contract(
    "phases/magnetization",
    "distribution of S_z in each phase and in the steady state",
    (
        DRIVE,
        Column.text("state", "plus, minus or steady"),
        MAGNETIC_NUMBER,
        PROBABILITY,
        Column.real("weight", "a_+ or a_- of the state, traces over blocks; 1 for steady", minimum=0),
    ),
)
MATRICES = Contract(
    "phases/matrices",
    "elements of rho_+ and rho_- in the Dicke block basis (blocks carry all copies of a spin)",
    (
        Column.text("state", "plus or minus"),
        Column.real("j", "total spin of the block", minimum=0),
        Column.real("m", "row: eigenvalue of S_z"),
        Column.real("m_prime", "column: eigenvalue of S_z"),
        Column.real("value", "element <j, m| rho |j, m'>, in the frame where it is real"),
    ),
)
DICKE_INTENSITY = Contract(
    "phases/dicke",
    "exact steady state of purely collective decay (gamma_s = 0) from all atoms down",
    (DRIVE, INTENSITY, S_Z),
)
WEIGHTS_AT_TRANSITION = Contract(
    "phases/weights",
    "weights of the phases at the critical point of each N, and how far their sum is from 1",
    (
        N_ATOMS,
        *(
            replace(column, optional=True)
            for column in (
                DRIVE,
                WEIGHTS[0],
                WEIGHTS[1],
                Column.real("error", "|1 - a_+ - a_-|", minimum=0),
                WEIGHTS[2],
                WEIGHTS[3],
                Column.real("error_physical", "|1 - a_+ - a_-|, physical traces", minimum=0),
                GAP,
                RESIDUAL,
                STEADY_STATE_ERROR,
            )
        ),
        NOTE,
    ),
)
WEIGHTS_LAW = Contract(
    "phases/weights_law",
    "exponential law |1 - a_+ - a_-| = prefactor exp(-rate N)",
    (
        Column.text("convention", "block (the paper's) or physical"),
        Column.real("rate", "decrease of the logarithm per atom", optional=True),
        Column.real("rate_error", "its standard error", minimum=0, optional=True),
        Column.real("prefactor", "value of the law at N = 0", minimum=0, optional=True),
        Column.integer("n_atoms_first", "smallest N in the fit; 0 if there is none", minimum=0),
        Column.integer("n_atoms_last", "largest N in the fit", minimum=0),
        Column.real("largest_residual", "largest distance of the logarithm from the law", minimum=0, optional=True),
        Column.real(
            "first_rate", "decrease of the logarithm per atom between the two smallest N in the fit", optional=True
        ),
        Column.real("last_rate", "the same between the two largest N: a law would have one rate", optional=True),
        NOTE,
    ),
)


def weighted_n_atoms(configuration: Configuration) -> list[int]:
    """Sizes at whose critical points the weights are taken: the configured ones and those of the figures."""
    section = configuration["phases"]
    return sorted({*section["n_atoms"], *section["weights_n_atoms"]})


STUDIES = {
    "phases": Study(
        "compute.compute",
        lambda config, wildcards: {
            "rates": config["rates"],
            **{name: config["phases"][name] for name in ("drive", "bistable_points", "selected_drive")},
            "n_atoms": int(wildcards["n_atoms"]),
        },
        {"phases": PHASES, "magnetization": MAGNETIZATION, "matrices": MATRICES, "dicke": DICKE_INTENSITY},
    ),
    "phase_weights": Study(
        "compute.compute_weights",
        lambda config, _: {"rates": config["rates"], "n_atoms": weighted_n_atoms(config)},
        {"weights": WEIGHTS_AT_TRANSITION, "weights_law": WEIGHTS_LAW},
    ),
}
