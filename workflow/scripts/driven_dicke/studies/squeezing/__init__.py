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
        Column.real("s_y", "lower branch, spin component per atom", minimum=-1, maximum=1),
        Column.real("s_z", "lower branch, spin component per atom", minimum=-1, maximum=1),
        Column.real("s_length", "|s| = sqrt(s_y^2 + s_z^2) of the lower branch", minimum=0, maximum=1),
        replace(XI2, meaning="spin squeezing by Eqs. (F10) and (F11), as the paper plots it"),
        Column.real("xi2_quadrature", "spin squeezing from the variance of one quadrature", minimum=0),
        Column.real("xi2_pair_correlation", "spin squeezing from the pair correlations; exact at large N", minimum=0),
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
