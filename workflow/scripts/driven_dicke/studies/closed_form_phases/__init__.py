"""Tables of the two phases in closed form, Fig. ext4."""

from dataclasses import replace

from driven_dicke.pipeline.contract import Column, Contract
from driven_dicke.pipeline.study import Study
from driven_dicke.studies.columns import DRIVE, N_ATOMS, NOTE, XI2
from driven_dicke.studies.phases import GAP, RESIDUAL, STEADY_STATE_ERROR, WEIGHTS

AT_CRITICAL_POINT = replace(DRIVE, meaning=f"{DRIVE.meaning}; missing where there is no critical point", optional=True)
PRINTED = "of the mean field's lower branch by the paper"
CORRECTED = "of the mean field's lower branch from the exact pair correlation"

COMPARISON = Contract(
    "closed_form_phases/comparison",
    "rho_+- of the spectrum beside those cut out of the closed form, at the critical point of each N, Eq. (C2)",
    (
        N_ATOMS,
        AT_CRITICAL_POINT,
        *(
            replace(column, optional=True)
            for column in (
                GAP,
                *WEIGHTS[:3],
                replace(
                    WEIGHTS[3],
                    meaning=f"{WEIGHTS[3].meaning}; missing where rounding hides tr(rho_-^2), of order 2^-N",
                ),
                *(
                    Column.real(
                        f"weight_{state}", f"sum of p_k on the side of rho_{state}, closed form", minimum=0, maximum=1
                    )
                    for state in ("plus", "minus")
                ),
                *(
                    Column.real(
                        f"distance_{state}",
                        f"trace distance of rho_{state}, spectrum to closed form",
                        minimum=0,
                        maximum=1,
                    )
                    for state in ("plus", "minus")
                ),
                Column.real(
                    "distance_mixture",
                    "trace distance of weight_plus rho_+ + weight_minus rho_-, closed form, to the exact rho_s",
                    minimum=0,
                    maximum=1,
                ),
                RESIDUAL,
                STEADY_STATE_ERROR,
            )
        ),
        NOTE,
    ),
)
OBSERVABLES = Contract(
    "closed_form_phases/observables",
    "expectation values in rho_+- both ways, at the critical point of each N",
    (
        N_ATOMS,
        AT_CRITICAL_POINT,
        Column.text("state", "plus or minus"),
        Column.text("observable", "name of the expectation value: s_z, s_squared, intensity, g2 or xi2"),
        Column.real("spectral", "its value in rho_+- of the spectrum", optional=True),
        Column.real("closed_form", "its value in rho_+- of the closed form", optional=True),
        NOTE,
    ),
)
SQUEEZING = Contract(
    "closed_form_phases/squeezing",
    "xi^2 of rho_+ in closed form against drive, up to the edge Omega_c / sqrt 2",
    (
        N_ATOMS,
        DRIVE,
        replace(XI2, meaning=f"{XI2.meaning}, in rho_+ of the closed form", optional=True),
        Column.real("barrier_depth", "ln of the largest p_k over p_k at the cut", minimum=0, optional=True),
        Column.real("xi2_printed", f"xi^2 {PRINTED}, Eqs. (F10), (F11)", minimum=0, optional=True),
        Column.real("xi2_pair_correlation", f"xi^2 {CORRECTED}", minimum=0, optional=True),
        NOTE,
    ),
)
LIMITS = Contract(
    "closed_form_phases/limits",
    "xi^2 of rho_+ for N -> infinity against drive",
    (
        DRIVE,
        Column.real("xi2_printed", f"xi^2 {PRINTED}, Eq. (8)", minimum=0),
        Column.real("xi2_pair_correlation", f"xi^2 {CORRECTED}: Eq. (8) divided by |s|", minimum=0),
    ),
)
BEST = Contract(
    "closed_form_phases/best",
    "least xi^2 of rho_+ over the drive",
    (
        N_ATOMS,
        Column.text("source", "closed_form or spectral"),
        replace(DRIVE, optional=True),
        replace(XI2, optional=True),
        Column.real("excess", "xi2 - 2/3", optional=True),
        Column.real(
            "edge_distance", "1 / sqrt 2 - drive; negative beyond the edge of N -> infinity", "Omega_c", optional=True
        ),
        Column.real("excess_law", "the same expected from the barrier of p_k near the edge, not fitted", minimum=0),
        NOTE,
    ),
)
BEST_LAW = Contract(
    "closed_form_phases/best_law",
    "power law excess = prefactor N^exponent through the closed form",
    (
        Column.real("exponent", "fitted exponent; -1/3 and a logarithm are expected", optional=True),
        Column.real("exponent_error", "its standard error", minimum=0, optional=True),
        Column.real("prefactor", "value of the law at N = 1", minimum=0, optional=True),
        Column.integer("n_atoms_first", "smallest N in the fit; 0 without a fit", minimum=0),
        Column.integer("n_atoms_last", "largest N in the fit; 0 without a fit", minimum=0),
        Column.real("largest_residual", "largest distance of the logarithm from the law", minimum=0, optional=True),
        NOTE,
    ),
)
STUDIES = {
    "closed_form_phases": Study(
        "compute.compute",
        lambda config, _: {"rates": config["rates"], "n_atoms": config["closed_form_phases"]["n_atoms"]},
        {"comparison": COMPARISON, "observables": OBSERVABLES},
    ),
    "closed_form_phases_squeezing": Study(
        "compute.compute_squeezing",
        lambda config, _: {
            "rates": config["rates"],
            "squeezing": config["closed_form_phases"]["squeezing"],
            "best": config["closed_form_phases"]["best"],
        },
        {"squeezing": SQUEEZING, "limits": LIMITS, "best": BEST, "best_law": BEST_LAW},
    ),
}
