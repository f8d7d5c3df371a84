"""Table of the independent ways to the steady state."""

from dataclasses import replace

from driven_dicke.pipeline.contract import Column, Contract
from driven_dicke.pipeline.study import Study
from driven_dicke.studies.columns import DRIVE, N_ATOMS, NOTE

VALIDATION = Contract(
    "validation",
    "closed form against three independent solutions of the master equation",
    (
        Column("reference", "text", "1", "sparse solve, full master equation (QuTiP, 2^N) or PIQS (QuTiP, blocks)"),
        N_ATOMS,
        DRIVE,
        Column("largest_deviation", "real", "1", "largest difference of an element / largest element", minimum=0),
        Column("tolerance", "real", "1", "deviation that is allowed", minimum=0),
        Column("within", "flag", "1", "the deviation keeps the tolerance"),
        Column("residual", "real", "1", "residual of the reference solution, relative to its generator", minimum=0),
        Column("trace_error", "real", "1", "|tr rho - 1| of the reference solution", minimum=0),
        Column("smallest_eigenvalue", "real", "1", "smallest eigenvalue of the reference solution"),
        replace(NOTE, meaning="why a deviation beyond the tolerance is the reference's own; empty where there is none"),
    ),
)
STUDIES = {
    "validation": Study(
        "compute.compute",
        lambda config, _: {"rates": config["rates"], **config["validation"]},
        {"validation": VALIDATION},
    )
}
