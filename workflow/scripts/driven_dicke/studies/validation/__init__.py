"""Table of the independent ways to the steady state."""

from dataclasses import replace

from driven_dicke.pipeline.contract import Column, Contract
from driven_dicke.pipeline.study import Study
from driven_dicke.studies.columns import DRIVE, N_ATOMS, NOTE

VALIDATION = Contract(
    "validation",
    "closed form against three independent solutions of the master equation",
    (
        Column.text("reference", "sparse solve, full master equation (QuTiP, 2^N) or PIQS (QuTiP, blocks)"),
        N_ATOMS,
        DRIVE,
        Column.real("largest_deviation", "largest difference of an element / largest element", minimum=0),
        Column.real("tolerance", "deviation that is allowed", minimum=0),
        Column.flag("within", "the deviation keeps the tolerance"),
        Column.real("residual", "residual of the reference solution, relative to its generator", minimum=0),
        Column.real("trace_error", "|tr rho - 1| of the reference solution", minimum=0),
        Column.real("smallest_eigenvalue", "smallest eigenvalue of the reference solution"),
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
