"""Table of the transient dynamics of the master equation, Fig. 7."""

from driven_dicke.pipeline.contract import Column, Contract
from driven_dicke.pipeline.study import Study
from driven_dicke.studies.columns import CRSS_FIDELITY, S_Z, TIME

TRANSIENT = Contract(
    "dynamics/transient",
    "rho(t) of the master equation from all atoms down",
    (
        TIME,
        S_Z,
        CRSS_FIDELITY,
        Column.real("error", "estimate of the numerical error of rho(t), sum over its elements", minimum=0),
        Column.real("trace_error", "|tr rho(t) - 1|", minimum=0),
    ),
)
STUDIES = {
    "transient": Study(
        "compute.compute",
        lambda config, wildcards: {
            "rates": config["rates"],
            "drive": config["dynamics"]["drive"],
            "times": config["dynamics"]["times"],
            "n_atoms": int(wildcards["n_atoms"]),
        },
        {"transient": TRANSIENT},
    )
}
