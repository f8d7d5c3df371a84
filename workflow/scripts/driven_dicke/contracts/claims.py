"""Tables of the claims and of the equation audit."""

from dataclasses import replace

from driven_dicke.contract import Column, Contract
from driven_dicke.contracts.common import CRSS_FIDELITY, DRIVE, N_ATOMS, NOTE, XI2

CLAIMS = Contract(
    "claims",
    "what the paper asserts, and whether the other tables bear it out; every verdict is computed by its criterion",
    (
        Column("id", "integer", "1", "number of the claim", minimum=1),
        Column("place", "text", "1", "where the paper makes the claim"),
        Column("statement", "text", "1", "the claim in our own words"),
        Column("computed", "text", "1", "what was computed, with uncertainties where there are any"),
        Column("value", "real", "1", "the number that decides; missing where several do, or none", optional=True),
        Column("uncertainty", "real", "1", "its uncertainty", minimum=0, optional=True),
        Column("criterion", "text", "1", "what the numbers must satisfy, fixed beforehand"),
        Column(
            "verdict",
            "text",
            "1",
            "reproduced, reproduced with the paper's convention, finite-size, not reproduced or undecided",
        ),
        Column("tables", "text", "1", "tables that it was computed from"),
    ),
)
EQUATIONS = Contract(
    "claims/equations",
    "audit of every printed equation, inline formula and cross-reference",
    (
        Column("identifier", "text", "1", "number of the equation, with a part behind it, or inline, ref, caption"),
        Column("place", "text", "1", "where it stands"),
        Column("statement", "text", "1", "what it says, in our own words"),
        Column("printed", "text", "1", "the formula or reference as printed, in plain text"),
        Column("verdict", "text", "1", "holds, misprint, definition or undecided"),
        Column("corrected", "text", "1", "the form that passes the check; empty unless misprinted"),
        Column("method", "text", "1", "symbolic (proved), numerical or text (read, and compared)"),
        Column("evidence", "text", "1", "the numbers behind the verdict"),
        Column("tolerance", "real", "1", "largest residual that counts as zero", minimum=0),
    ),
)
LARGE_N = Contract(
    "claims/large_n",
    "spin squeezing of rho_+ at large N: closed form restricted to one side of the barrier, and the analytic forms",
    (
        N_ATOMS,
        DRIVE,
        replace(XI2, meaning="spin squeezing of rho_+, closed form", optional=True),
        Column(
            "xi2_printed",
            "real",
            "1",
            "Eqs. (F10) and (F11) with the mean field's lower branch",
            minimum=0,
            optional=True,
        ),
        Column(
            "xi2_pair_correlation", "real", "1", "spin squeezing from the pair correlations", minimum=0, optional=True
        ),
        NOTE,
    ),
)
PURELY_COLLECTIVE = Contract(
    "claims/purely_collective",
    "spin squeezing of the exact steady state of purely collective decay (gamma_s = 0, spin N/2)",
    (
        N_ATOMS,
        Column("fraction", "real", "1", "Omega in units of N gamma_c / 4", minimum=0, maximum=2),
        XI2,
        Column("optimum", "flag", "1", "the fraction of least xi2 at this N; otherwise a configured fraction"),
    ),
)
FIDELITY = Contract(
    "claims/fidelity",
    "fidelity of rho_+ and rho_s with the CRSS at a size beyond the tables of the phases",
    (
        N_ATOMS,
        replace(DRIVE, optional=True),
        Column("region_fraction", "real", "1", "place within the bistable region: 0 and 1 are its edges"),
        replace(
            CRSS_FIDELITY, name="crss_fidelity_plus", meaning="root fidelity of rho_+ with the CRSS", optional=True
        ),
        replace(
            CRSS_FIDELITY, name="crss_fidelity_steady", meaning="root fidelity of rho_s with the CRSS", optional=True
        ),
        NOTE,
    ),
)
