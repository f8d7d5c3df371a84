"""Tables of the gap's scaling with N and drive, Fig. ext3."""

from dataclasses import replace
from typing import Any

from driven_dicke.pipeline.contract import Column, Contract
from driven_dicke.pipeline.study import Configuration, Study
from driven_dicke.studies.columns import DRIVE, N_ATOMS, NOTE

PLACE = Column.text("place", "fixed: the configured drive; critical: Omega_PT of this N, Eq. (C2)")
PLACE_DRIVE = replace(DRIVE, meaning=f"{DRIVE.meaning}; missing where there is no critical point", optional=True)
GAMMA_RATIO = Column.real("gamma_ratio", "gamma_c / gamma_s", minimum=0)
GAP_EIGENVALUE = Column.real(
    "gap_eigenvalue", "lambda_1, eigenvalue of the Liouvillian", "gamma_s", minimum=0, optional=True
)
GAP_FLOW = Column.real(
    "gap_flow",
    "lambda_1 as flow of the same mode across one bond in j; keeps more digits",
    "gamma_s",
    minimum=0,
    optional=True,
)
LOG_LAW = Column.real("log_law", "ln of the closed law of lambda_1 / gamma_s; none from 1/sqrt(2) on", optional=True)
LOG_LAW_PLUS = Column.real("log_law_plus", "the same of the rate out of rho_+", optional=True)
LOG_LAW_MINUS = Column.real("log_law_minus", "the same of the rate out of rho_-", optional=True)
LOG_SPIN_CHAIN = Column.real(
    "log_gap_spin_chain", "ln of the gap of the adiabatic chain in j, in gamma_s", optional=True
)
LOG_PAIR_CHAIN = Column.real("log_gap_pair_chain", "ln of the gap of the chain in k, in gamma_s", optional=True)
RATIO_EXACT = Column.real("ratio_exact", "lambda_1 (flow) over the closed law", minimum=0, optional=True)
RATIO_SPIN_CHAIN = Column.real(
    "ratio_spin_chain", "gap of the chain in j over the closed law", minimum=0, optional=True
)
RATIO_PAIR_CHAIN = Column.real(
    "ratio_pair_chain", "gap of the chain in k over the closed law", minimum=0, optional=True
)

GAP = Contract(
    "gap_scaling/gap",
    "lambda_1 of one N at the fixed drive and at its critical point, exact and by three approximations",
    (
        N_ATOMS,
        PLACE,
        PLACE_DRIVE,
        GAP_EIGENVALUE,
        GAP_FLOW,
        Column.real(
            "rate_plus", "rate out of rho_+, lambda_1 times the weight of rho_-", "gamma_s", minimum=0, optional=True
        ),
        Column.real(
            "rate_minus", "rate out of rho_-, lambda_1 times the weight of rho_+", "gamma_s", minimum=0, optional=True
        ),
        LOG_LAW,
        RATIO_EXACT,
        RATIO_SPIN_CHAIN,
        RATIO_PAIR_CHAIN,
        Column.real("residual", "residual of the eigenpair relative to the norm of L", minimum=0, optional=True),
        Column.real("trace_of_mode", "|tr rho_1|, which vanishes for a decaying mode", minimum=0, optional=True),
        NOTE,
    ),
)
CHAINS = Contract(
    "gap_scaling/chains",
    "gap of the two birth-death chains and the closed law at both drives, to N in the thousands",
    (
        N_ATOMS,
        PLACE,
        PLACE_DRIVE,
        LOG_SPIN_CHAIN,
        LOG_PAIR_CHAIN,
        LOG_LAW,
        LOG_LAW_PLUS,
        LOG_LAW_MINUS,
        RATIO_SPIN_CHAIN,
        RATIO_PAIR_CHAIN,
        NOTE,
    ),
)
RATES = Contract(
    "gap_scaling/rates",
    "decrease of ln lambda_1 per atom against drive: chain in j between two sizes, beside the barriers",
    (
        DRIVE,
        Column.integer("n_atoms_first", "smaller N", minimum=2),
        Column.integer("n_atoms_last", "larger N", minimum=2),
        Column.real("rate_spin_chain", "rate per atom of the chain in j"),
        Column.real("rate_law", "rate per atom of the closed law between the same sizes"),
        Column.real("barrier_plus", "barrier out of rho_+, 2 (artanh r - r) with r = sqrt(1 - 2 w^2)", minimum=0),
        Column.real("barrier_minus", "barrier out of rho_-, 1 - r + ln[(1 + r) / 2]", minimum=0),
    ),
)
SLOPES = Contract(
    "gap_scaling/slopes",
    "local decrease of ln lambda_1 per atom at the fixed drive, and that of either rate of leaving a phase",
    (
        Column.text("source", "eigenvalue, or the chain in k (pair_chain)"),
        Column.integer("n_atoms_first", "smaller N", minimum=2),
        Column.integer("n_atoms_last", "larger N", minimum=2),
        Column.real("n_atoms_middle", "mean of both", minimum=2),
        DRIVE,
        Column.real("slope", "-d ln lambda_1 / dN", optional=True),
        Column.real("slope_plus", "-d ln Gamma_out(rho_+) / dN", optional=True),
        Column.real("slope_minus", "-d ln Gamma_out(rho_-) / dN", optional=True),
        Column.real(
            "share_minus", "share of Gamma_out(rho_-) in lambda_1 at the larger N", minimum=0, maximum=1, optional=True
        ),
        Column.real("barrier_plus", "barrier out of rho_+, the limit of slope_plus", minimum=0),
        Column.real("barrier_minus", "barrier out of rho_-, the limit of slope_minus", minimum=0),
        NOTE,
    ),
)
MAP = Contract(
    "gap_scaling/map",
    "lambda_1 over number of atoms and drive, eigenvalue of the Liouvillian",
    (
        N_ATOMS,
        DRIVE,
        GAP_EIGENVALUE,
        Column.real("residual", "residual of the eigenpair", minimum=0, optional=True),
        NOTE,
    ),
)
EDGES = Contract(
    "gap_scaling/edges",
    "edges (B5) of the bistable region and critical point (C2) of each N",
    (
        N_ATOMS,
        Column.real(
            "drive_lower",
            "lower edge; missing where the mean field has one branch",
            "Omega_c",
            minimum=0,
            optional=True,
        ),
        Column.real(
            "drive_upper",
            "upper edge; missing where the mean field has one branch",
            "Omega_c",
            minimum=0,
            optional=True,
        ),
        Column.real(
            "drive_critical", "critical point; missing where there is none", "Omega_c", minimum=0, optional=True
        ),
        NOTE,
    ),
)
FIRST_PASSAGE = Contract(
    "gap_scaling/first_passage",
    "rates of leaving a phase, lambda_1 times the other's weight, against exact rates between thresholds of j(j+1)",
    (
        N_ATOMS,
        DRIVE,
        Column.real(
            "rate_plus", "rate out of rho_+, lambda_1 times the weight of rho_-", "gamma_s", minimum=0, optional=True
        ),
        Column.real(
            "rate_plus_exact", "exact rate from the upper to the lower threshold", "gamma_s", minimum=0, optional=True
        ),
        Column.real(
            "rate_minus", "rate out of rho_-, lambda_1 times the weight of rho_+", "gamma_s", minimum=0, optional=True
        ),
        Column.real(
            "rate_minus_exact", "exact rate from the lower to the upper threshold", "gamma_s", minimum=0, optional=True
        ),
        NOTE,
    ),
)
RATIOS = Contract(
    "gap_scaling/ratios",
    "how the three approximations of lambda_1 depend on gamma_c / gamma_s, at one N",
    (N_ATOMS, GAMMA_RATIO, DRIVE, GAP_FLOW, LOG_LAW, RATIO_EXACT, RATIO_SPIN_CHAIN, RATIO_PAIR_CHAIN),
)


def _shared(configuration: Configuration) -> dict[str, Any]:
    return {"rates": configuration["rates"], "drive": configuration["gap_scaling"]["drive"]}


def _one_size(configuration: Configuration, n_atoms: int) -> dict[str, Any]:
    critical = configuration["gap_scaling"]["critical"]
    return {
        **_shared(configuration),
        "n_atoms": n_atoms,
        "critical": critical["first"] <= n_atoms <= critical["last"],
    }


STUDIES = {
    "gap_scaling": Study(
        "compute.compute", lambda config, wildcards: _one_size(config, int(wildcards["n_atoms"])), {"gap": GAP}
    ),
    "gap_scaling_map": Study(
        "compute.compute_map",
        lambda config, _: {"rates": config["rates"], **config["gap_scaling"]["map"]},
        {"map": MAP, "edges": EDGES},
    ),
    "gap_scaling_chains": Study(
        "chains.compute",
        lambda config, _: {**_shared(config), **config["gap_scaling"]["chains"]},
        {"chains": CHAINS, "rates": RATES},
    ),
    "gap_scaling_slopes": Study(
        "chains.compute_slopes",
        lambda config, _: {**_shared(config), **config["gap_scaling"]["slopes"]},
        {"slopes": SLOPES},
        gathered={"gap": GAP},
    ),
    "gap_scaling_validation": Study(
        "validation.compute",
        lambda config, _: {**_shared(config), **config["gap_scaling"]["validation"]},
        {"first_passage": FIRST_PASSAGE, "ratios": RATIOS},
    ),
}
