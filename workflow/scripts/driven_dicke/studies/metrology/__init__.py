"""Tables of what the states are worth: Fisher information, squeezing, entanglement of pairs, entropy; Fig. ext12."""

from dataclasses import replace

from driven_dicke.pipeline.contract import Column, Contract
from driven_dicke.pipeline.study import Study
from driven_dicke.studies.columns import DRIVE, N_ATOMS, NOTE

FISHER_INFORMATION = Column.real(
    "fisher_information",
    "largest quantum Fisher information of a collective rotation, F/N; above 1 only if atoms are entangled",
    minimum=0,
    optional=True,
)
INVERSE_SQUEEZING = Column.real("inverse_squeezing", "1 / xi^2, at most F/N", minimum=0, optional=True)
DEPTH = Column.real(
    "entanglement_depth", "atoms that must be entangled with one another for this F; 1: none", minimum=1, optional=True
)
REGION_DRIVE = replace(DRIVE, meaning=f"{DRIVE.meaning}; missing where nothing is bistable", optional=True)

STEADY = Contract(
    "metrology/steady",
    "the steady state against the drive",
    (
        N_ATOMS,
        DRIVE,
        FISHER_INFORMATION,
        INVERSE_SQUEEZING,
        DEPTH,
        Column.real("entropy", "-tr rho ln rho / (N ln 2), bits per atom", minimum=-1e-9, maximum=1 + 1e-9),
        Column.real("renyi_entropy", "-ln tr rho^2 / (N ln 2), bits per atom", minimum=-1e-9, maximum=1 + 1e-9),
    ),
)
PHASES = Contract(
    "metrology/phases",
    "the two phases of the spectrum across the bistable region, and the steady state that they make",
    (
        N_ATOMS,
        REGION_DRIVE,
        Column.text("state", "plus, minus or steady"),
        Column.real(
            "weight",
            "a_+ or a_- by the weighted blocks, as the paper takes them; 1 for the steady state",
            optional=True,
        ),
        FISHER_INFORMATION,
        INVERSE_SQUEEZING,
        NOTE,
    ),
)
SIZES = Contract(
    "metrology/sizes",
    "rho_+ of the closed form at places in the bistable region, against N",
    (
        N_ATOMS,
        Column.real(
            "region_fraction", "place in the bistable region (B5), 0 and 1 are its edges", minimum=0, maximum=1
        ),
        REGION_DRIVE,
        FISHER_INFORMATION,
        INVERSE_SQUEEZING,
        DEPTH,
        Column.real("missed", "F xi^2 / N - 1, the share of F that xi^2 misses", minimum=-1e-9, optional=True),
        Column.real(
            "above_pairs",
            "xi^2 over the least that entangled pairs can have at this mean spin, less 1",
            minimum=-1,
            optional=True,
        ),
        NOTE,
    ),
)
PAIRS = Contract(
    "metrology/pairs",
    "two atoms of the steady state under weak drives",
    (
        N_ATOMS,
        Column.real("scaled_drive", "sqrt(N) Omega / Omega_c", "Omega_c", minimum=0),
        Column.real("concurrence", "N^2 times Wootters' concurrence of two atoms", minimum=0),
        Column.real("negativity", "N^2 times the negativity of two atoms", minimum=0),
    ),
)
LIMIT = Contract(
    "metrology/limit",
    "the lower branch for N -> infinity and Gamma >> gamma",
    (
        DRIVE,
        Column.real("fisher_information", "F/N = 1/xi^2 = |s|^2 / |s_z|", minimum=0),
        Column.real("entropy", "h((1 - |s|)/2), h the binary entropy: bits per atom", minimum=0, maximum=1),
    ),
)
PAIR_LAW = Contract(
    "metrology/pair_law",
    "concurrence of two atoms for N -> infinity and gamma_c >> gamma_s",
    (
        Column.real("scaled_drive", "x = sqrt(N) Omega / Omega_c", "Omega_c", minimum=0),
        Column.real("concurrence", "N^2 C = x^2 / 2 - x^4 / 8, up to x = 2", minimum=0),
    ),
)

STUDIES = {
    "metrology": Study(
        "compute.compute",
        lambda config, wildcards: {"rates": config["rates"], **config["metrology"]},
        {"steady": STEADY, "phases": PHASES, "sizes": SIZES, "pairs": PAIRS, "limit": LIMIT, "pair_law": PAIR_LAW},
    )
}
