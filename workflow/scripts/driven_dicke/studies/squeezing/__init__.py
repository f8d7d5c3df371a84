"""Tables of the analytic spin squeezing, Eq. (7) and Appendix F."""

from dataclasses import replace

from driven_dicke.pipeline.contract import Column, Contract
from driven_dicke.pipeline.study import Study
from driven_dicke.studies.columns import DRIVE, XI2

SQUEEZING = Contract(
    "squeezing",
    "analytic spin squeezing around the lower mean-field branch, where that branch exists",
    (
        DRIVE,
        Column("s_y", "real", "1", "lower branch, spin component per atom", minimum=-1, maximum=1),
        Column("s_z", "real", "1", "lower branch, spin component per atom", minimum=-1, maximum=1),
        Column("s_length", "real", "1", "|s| = sqrt(s_y^2 + s_z^2) of the lower branch", minimum=0, maximum=1),
        replace(XI2, meaning="spin squeezing by Eqs. (F10) and (F11), as the paper plots it"),
        Column("xi2_quadrature", "real", "1", "spin squeezing from the variance of one quadrature", minimum=0),
        Column(
            "xi2_pair_correlation",
            "real",
            "1",
            "spin squeezing from the pair correlations; exact at large N",
            minimum=0,
        ),
    ),
)
STUDIES = {
    "squeezing": Study(
        "compute.compute",
        lambda config, wildcards: {
            "rates": config["rates"],
            "drive": config["mean_field"]["drive"],
            "n_atoms": int(wildcards["n_atoms"]),
        },
        {"squeezing": SQUEEZING},
    )
}
