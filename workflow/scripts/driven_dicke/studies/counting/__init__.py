"""Tables of full counting statistics: generating function, Fano factor, counts in a bin; Fig. ext11."""

from dataclasses import replace

from driven_dicke.pipeline.contract import Column, Contract
from driven_dicke.pipeline.study import Study
from driven_dicke.studies.columns import DRIVE, N_ATOMS, NOTE, PROBABILITY
from driven_dicke.studies.light import PORT
from driven_dicke.studies.trajectories import COUNTS

OPTIONAL_DRIVE = replace(DRIVE, meaning=f"{DRIVE.meaning}; missing without a critical point", optional=True)

GENERATING = Contract(
    "counting/generating",
    "scaled cumulant generating function of the counts at the critical point, and its Legendre transform",
    (
        N_ATOMS,
        OPTIONAL_DRIVE,
        PORT,
        Column.real("scaled_tilt", "(e^s - 1) |r_+ - r_-| / lambda_1"),
        Column.real("theta", "theta(s) / lambda_1", optional=True),
        Column.real("theta_two_states", "the same of two phases with Poissonian light", optional=True),
        Column.real("excess", "(theta(s) - r (e^s - 1)) / lambda_1, r of the dimmer phase", optional=True),
        Column.real("excess_two_states", "the same of two phases with Poissonian light", optional=True),
        Column.real(
            "activity", "(k - r_-) / (r_+ - r_-), k = theta'(s) counts per time, by both eigenvectors", optional=True
        ),
        Column.real("rate_function", "I(k) / lambda_1 = (s k - theta) / lambda_1", minimum=-1e-6, optional=True),
        NOTE,
    ),
)
FANO = Contract(
    "counting/fano",
    "variance over mean of the counts in a window at the critical point",
    (
        N_ATOMS,
        OPTIONAL_DRIVE,
        PORT,
        Column.real("window", "length of the window", "1/gamma_s", minimum=0),
        Column.real("fano", "of all photons", minimum=0, optional=True),
        Column.real("fano_two_states", "of two phases with Poissonian light", minimum=0, optional=True),
        Column.real(
            "fano_detected", "of the counts of a detector with efficiency and dark counts", minimum=0, optional=True
        ),
        NOTE,
    ),
)
BINS = Contract(
    "counting/bins",
    "counts of the cavity port in one bin: exact, of two phases, and of the record of Fig. 13",
    (
        Column.integer("counts", "number of counts", minimum=0),
        PROBABILITY,
        replace(PROBABILITY, name="two_states", meaning="of two phases with Poissonian light", optional=True),
        replace(PROBABILITY, name="record", meaning="share of the bins of Fig. 13's record with as many counts"),
        NOTE,
    ),
)

STUDIES = {
    "counting": Study(
        "compute.compute",
        lambda config, _: {
            "rates": config["rates"],
            **config["counting"],
            "record": {
                "n_atoms": config["trajectories"]["n_atoms"],
                "drive": config["trajectories"]["switching"]["drive"][-1][1],
                "bin_width": config["trajectories"]["counts"]["bin_width"],
            },
        },
        {"generating": GENERATING, "fano": FANO, "bins": BINS},
        {"counts": COUNTS},
    )
}
