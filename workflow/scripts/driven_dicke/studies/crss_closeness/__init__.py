"""Tables of the likeness of rho_+ to coherently radiating spin states, Fig. ext5."""

from dataclasses import replace

from driven_dicke.pipeline.contract import Column, Contract
from driven_dicke.pipeline.study import Study
from driven_dicke.studies.columns import CRSS_FIDELITY, DRIVE, N_ATOMS, NOTE

REGION_DRIVE = replace(DRIVE, meaning=f"{DRIVE.meaning}; missing where nothing is bistable", optional=True)
REGION_FRACTION = Column.real(
    "region_fraction", "place in the bistable region (B5), 0 and 1 are its edges", minimum=0, maximum=1
)
SOURCE = Column.text("source", "spectral or closed_form (rho_+ of either), or law (N -> infinity)")
INFIDELITY = Column.real(
    "own_spin_infidelity",
    "1 - sum_j w_j F_j^2, F_j the root fidelity with the CRSS of spin j",
    minimum=-1e-9,
    optional=True,
)

FIDELITY = Contract(
    "crss_closeness/fidelity",
    "rho_+ beside the CRSS of spin N/2, and beside the CRSS of each of its spins",
    (
        N_ATOMS,
        REGION_FRACTION,
        REGION_DRIVE,
        SOURCE,
        Column.real("crss_fidelity", f"{CRSS_FIDELITY.meaning} of spin N/2", minimum=0, optional=True),
        INFIDELITY,
        Column.real("mean_spin", "<2j> / N", minimum=0, maximum=1, optional=True),
        Column.real("spin_spread", "standard deviation of 2j / N", minimum=0, optional=True),
        Column.real(
            "rate",
            "I of the law, whose squared fidelity with spin N/2 falls as exp(-N I); missing for other sources",
            minimum=0,
            optional=True,
        ),
        NOTE,
    ),
)
SPINS = Contract(
    "crss_closeness/spins",
    "weight of every spin in rho_+, and its likeness to the CRSS of that spin, at one place in the region",
    (
        N_ATOMS,
        REGION_DRIVE,
        SOURCE,
        Column.real("j", "total spin", minimum=0),
        Column.real("relative_spin", "2j / N", minimum=0, maximum=1),
        Column.real("weight", "weight of spin j, all copies together", minimum=0, maximum=1, optional=True),
        Column.real(
            "crss_fidelity",
            f"{CRSS_FIDELITY.meaning} of spin j; missing without weight",
            minimum=0,
            maximum=1,
            optional=True,
        ),
        Column.real(
            "infidelity_law",
            "1 - F^2 for N -> infinity; missing for spins too short for this drive, j <= |alpha|",
            minimum=0,
            optional=True,
        ),
        NOTE,
    ),
)
LANDMARKS = Contract(
    "crss_closeness/landmarks",
    "where the spins of rho_+ are expected, at the place of the table `spins`",
    (
        N_ATOMS,
        REGION_DRIVE,
        Column.real("mean_field_spin", "|s| of the mean field's lower branch", minimum=0, maximum=1, optional=True),
        Column.real(
            "shortest_spin", "2 |alpha| / N: spins below it have no CRSS at this drive", minimum=0, optional=True
        ),
        NOTE,
    ),
)
STUDIES = {
    "crss_closeness": Study(
        "compute.compute",
        lambda config, _: {"rates": config["rates"], **config["crss_closeness"]},
        {"fidelity": FIDELITY, "spins": SPINS, "landmarks": LANDMARKS},
    )
}
