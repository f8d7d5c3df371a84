"""Tables of the claims and of the equation audit."""

from dataclasses import replace

from driven_dicke.pipeline.contract import Column, Contract
from driven_dicke.pipeline.study import Study
from driven_dicke.studies import (
    critical_point,
    dynamics,
    liouvillian_gap,
    mean_field,
    phases,
    squeezing,
    steady_state,
    trajectories,
)
from driven_dicke.studies.columns import CRSS_FIDELITY, DRIVE, N_ATOMS, NOTE, XI2

CLAIMS = Contract(
    "claims",
    "what the paper asserts, and whether the other tables bear it out; every verdict is computed by its criterion",
    (
        Column.text("id", "number of the claim, with a letter where it makes several statements"),
        Column.text("place", "where the paper makes the claim"),
        Column.text("statement", "the claim in our own words"),
        Column.text("computed", "what was computed, with uncertainties where there are any"),
        Column.real("value", "the number that decides; missing where several do, or none", optional=True),
        Column.real("uncertainty", "its uncertainty", minimum=0, optional=True),
        Column.text("criterion", "what the numbers must satisfy"),
        Column.flag("beforehand", "the criterion was fixed before the values were looked at"),
        Column.text(
            "verdict",
            "reproduced, reproduced with the paper's convention, reproduced after corrections, approached as N grows, "
            "at small N only, not reproduced or undecided",
        ),
        Column.text("earlier_criterion", "the criterion of the first reading, where it was another one"),
        Column.text("earlier_verdict", "the verdict by it"),
        Column.text("tables", "tables that it was computed from"),
    ),
)
EQUATIONS = Contract(
    "claims/equations",
    "audit of every printed equation, inline formula and cross-reference",
    (
        Column.text("identifier", "number of the equation, with a part behind it, or inline, ref, caption"),
        Column.text("place", "where it stands"),
        Column.text("statement", "what it says, in our own words"),
        Column.text("printed", "the formula or reference as printed, in plain text"),
        Column.text("verdict", "holds, differs, definition or undecided"),
        Column.text("kind", "substance, slip, convention or artefact (of the text at hand), if it differs; else empty"),
        Column.text("corrected", "the form that passes the check; empty unless the printed one differs"),
        Column.text("method", "symbolic (proved), numerical or text (read, and compared)"),
        Column.text("evidence", "the numbers behind the verdict"),
        Column.real("tolerance", "largest residual that counts as zero", minimum=0),
    ),
)
LARGE_N = Contract(
    "claims/large_n",
    "spin squeezing of rho_+ at large N: closed form restricted to one side of the barrier, and the analytic forms",
    (
        N_ATOMS,
        DRIVE,
        replace(XI2, meaning="spin squeezing of rho_+, closed form", optional=True),
        Column.real("xi2_printed", "Eqs. (F10) and (F11) with the mean field's lower branch", minimum=0, optional=True),
        Column.real("xi2_pair_correlation", "spin squeezing from the pair correlations", minimum=0, optional=True),
        NOTE,
    ),
)
PURELY_COLLECTIVE = Contract(
    "claims/purely_collective",
    "spin squeezing of the exact steady state of purely collective decay (gamma_s = 0, spin N/2)",
    (
        N_ATOMS,
        Column.real("fraction", "Omega in units of N gamma_c / 4", minimum=0, maximum=2),
        XI2,
        Column.flag("optimum", "the fraction of least xi2 at this N; otherwise a configured fraction"),
    ),
)
FIDELITY = Contract(
    "claims/fidelity",
    "fidelity of rho_+ and rho_s with the CRSS at a size beyond the tables of the phases",
    (
        N_ATOMS,
        replace(DRIVE, optional=True),
        Column.real("region_fraction", "place within the bistable region: 0 and 1 are its edges"),
        replace(
            CRSS_FIDELITY, name="crss_fidelity_plus", meaning="root fidelity of rho_+ with the CRSS", optional=True
        ),
        replace(
            CRSS_FIDELITY, name="crss_fidelity_steady", meaning="root fidelity of rho_s with the CRSS", optional=True
        ),
        NOTE,
    ),
)
METASTABLE = Contract(
    "claims/metastable",
    "weights of the two extreme metastable states of the slow left mode, which sum to 1, and rates (10) with them",
    (
        N_ATOMS,
        DRIVE,
        Column.text("state", "plus or minus"),
        Column.real("weight", "weight of the state in rho_s", minimum=-1e-9, maximum=1 + 1e-9, optional=True),
        Column.real(
            "rate", "rate of leaving it: lambda_1 times the weight of the other one", unit="gamma_s", optional=True
        ),
        NOTE,
    ),
)
PREPARATION = Contract(
    "claims/preparation",
    "where initial states relax to before the phases mix, by the slow left mode: exact averages over all trajectories",
    (
        N_ATOMS,
        DRIVE,
        Column.text("initial", "all_down, singlets or quench"),
        Column.real("place", "0: metastable rho_-, 1: metastable rho_+", optional=True),
        NOTE,
    ),
)
STUDIES = {
    "equations": Study("equations.compute", lambda config, _: {}, {"equations": EQUATIONS}),
    "claims_evidence": Study(
        "evidence.compute",
        lambda config, _: {
            "rates": config["rates"],
            **config["claims"]["evidence"],
            "metastable": {
                "n_atoms": config["trajectories"]["n_atoms"],
                "drive": config["trajectories"]["dwell_times"]["drive"],
                "quench": config["trajectories"]["quench"]["drive"],
            },
        },
        {
            "large_n": LARGE_N,
            "purely_collective": PURELY_COLLECTIVE,
            "fidelity": FIDELITY,
            "metastable": METASTABLE,
            "preparation": PREPARATION,
        },
    ),
    "claims_table": Study(
        "compute.compute",
        lambda config, _: config["claims"]["limits"],
        {"claims": CLAIMS},
        {
            "branches": mean_field.BRANCHES,
            "edges": mean_field.EDGES,
            "steady_small": steady_state.STEADY_STATE,
            "steady_large": steady_state.STEADY_STATE,
            "magnetization": steady_state.MAGNETIZATION,
            "mean_field_magnetization": steady_state.MEAN_FIELD_MAGNETIZATION,
            "totally_mixed": steady_state.TOTALLY_MIXED,
            "squeezing_small": squeezing.SQUEEZING,
            "squeezing_large": squeezing.SQUEEZING,
            "critical_point": critical_point.CRITICAL_POINT,
            "fit": critical_point.FIT,
            "gap": liouvillian_gap.GAP,
            "law": liouvillian_gap.LAW,
            "gap_validation": liouvillian_gap.VALIDATION,
            "phases_small": phases.PHASES,
            "phases_large": phases.PHASES,
            "phases_magnetization": phases.MAGNETIZATION,
            "matrices": phases.MATRICES,
            "dicke": phases.DICKE_INTENSITY,
            "weights": phases.WEIGHTS_AT_TRANSITION,
            "dynamics": dynamics.TRANSIENT,
            "switching": trajectories.TRAJECTORY,
            "switching_jumps": trajectories.JUMPS,
            "switching_zoom": trajectories.ZOOM,
            "transient": trajectories.TRAJECTORY,
            "transient_jumps": trajectories.JUMPS,
            "singlets": trajectories.TRAJECTORY,
            "quench": trajectories.TRAJECTORY,
            "counts": trajectories.COUNTS,
            "expected_counts": trajectories.EXPECTED_COUNTS,
            "dwell_rates": trajectories.DWELL_RATES,
            "dwell_thresholds": trajectories.DWELL_THRESHOLDS,
            "equations": EQUATIONS,
            "large_n": LARGE_N,
            "purely_collective": PURELY_COLLECTIVE,
            "fidelity": FIDELITY,
            "metastable": METASTABLE,
            "preparation": PREPARATION,
        },
    ),
}
