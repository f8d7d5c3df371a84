"""Tables of the critical point, Appendix C and Fig. 10."""

from dataclasses import replace

from driven_dicke.pipeline.contract import Column, Contract
from driven_dicke.pipeline.study import Study
from driven_dicke.studies.columns import DRIVE, N_ATOMS, NOTE

CRITICAL_POINT = Contract(
    "critical_point",
    "drive at which the exact <S_z> lies midway between the stable mean-field branches, Eq. (C2)",
    (N_ATOMS, replace(DRIVE, optional=True), Column.flag("fitted", "enters the exponential fit"), NOTE),
)
FIT = Contract(
    "critical_point/fit",
    "exponential law drive = limit + amplitude exp(-N / scale), fitted to the points marked `fitted`",
    (
        Column.real("limit", "fitted value at large N", "Omega_c", minimum=0, optional=True),
        Column.real("limit_error", "its standard error", "Omega_c", minimum=0, optional=True),
        Column.real("amplitude", "fitted amplitude", "Omega_c", optional=True),
        Column.real("amplitude_error", "its standard error", "Omega_c", minimum=0, optional=True),
        Column.real("scale", "fitted number of atoms of the exponential", minimum=0, optional=True),
        Column.real("scale_error", "its standard error", minimum=0, optional=True),
        Column.real("largest_residual", "distance of the farthest point", "Omega_c", minimum=0, optional=True),
        Column.real("exact_limit", "exact limit sqrt(2x(1-x)) of the closed form, 0.56904", "Omega_c", minimum=0),
        NOTE,
    ),
)
FIT_CURVE = Contract(
    "critical_point/fit_curve",
    "the fitted exponential law, and its continuation to large N",
    (N_ATOMS, replace(DRIVE, optional=True)),
)
STUDIES = {
    "critical_point": Study(
        "compute.compute",
        lambda config, _: {"rates": config["rates"], **config["critical_point"]},
        {"critical_point": CRITICAL_POINT, "fit": FIT, "fit_curve": FIT_CURVE},
    )
}
