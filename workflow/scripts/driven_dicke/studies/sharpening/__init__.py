"""Tables of the transition's sharpening with the number of atoms, Fig. ext2."""

from dataclasses import replace

from driven_dicke.pipeline.contract import Column, Contract
from driven_dicke.pipeline.study import Study
from driven_dicke.studies.columns import DRIVE, G2, INTENSITY, N_ATOMS, NOTE, S_MINUS, S_SQUARED, S_Z, XI2

OBSERVABLES = (S_Z, S_SQUARED, INTENSITY, G2, XI2, S_MINUS)
PER_ATOM = (
    Column.real("s_z_per_atom", "2 <S_z> / N", minimum=-1, maximum=1),
    Column.real("s_squared_share", "<S^2> / [(N/2)(N/2 + 1)]", minimum=0, maximum=1),
)

CURVES = Contract(
    "sharpening/curves",
    "exact steady state against drive, dense where both phases weigh alike",
    (
        N_ATOMS,
        DRIVE,
        Column.real(
            "scaled_distance", "2 (1 - x) N / w times the distance of the drive from equal weights", optional=True
        ),
        Column.real("jump_fraction", "part of the way of <S_z> from lower to upper branch", optional=True),
        *OBSERVABLES,
        *PER_ATOM,
    ),
)
LIMIT = Contract(
    "sharpening/limit",
    "the same for N -> infinity: mean-field branches, and the one that the steady state follows",
    (
        Column.text("branch", "lower, middle or upper"),
        DRIVE,
        *PER_ATOM,
        replace(G2, optional=True),
        replace(
            XI2,
            optional=True,
            meaning="spin squeezing xi^2; empty on the middle branch, and on the upper, where it grows as N^2",
        ),
        Column.flag("favoured", "the steady state is on this branch"),
    ),
)
TRANSITION = Contract(
    "sharpening/transition",
    "width of the transition, the flash of bunched light in it, and the best squeezing before it",
    (
        N_ATOMS,
        replace(
            DRIVE,
            name="drive_quarter",
            optional=True,
            meaning="drive where <S_z> has gone 1/4 of the way between the stable branches",
        ),
        replace(DRIVE, name="drive_three_quarters", optional=True, meaning="drive where it has gone 3/4 of the way"),
        Column.real(
            "width",
            "distance of the two drives; empty if one lies outside the bistable region",
            "Omega_c",
            minimum=0,
            optional=True,
        ),
        Column.real(
            "width_two_states",
            "2 ln 3 / |d ln(W_+ / W_-) / d drive| at the drive of equal weights",
            "Omega_c",
            minimum=0,
            optional=True,
        ),
        Column.real("width_limit", "its limit ln 3 w / ((1 - x) N)", "Omega_c", minimum=0),
        replace(G2, name="g2_peak", optional=True, meaning="largest g2(0) over the drive"),
        replace(DRIVE, name="g2_peak_drive", optional=True, meaning="drive of the largest g2(0), Omega / Omega_c"),
        Column.real("g2_peak_limit", "law of the largest g2(0) at large N, N w^2 / 8", minimum=0),
        replace(XI2, name="xi2_best", optional=True, meaning="least xi^2 over the drive"),
        replace(DRIVE, name="xi2_best_drive", optional=True, meaning="drive of the least xi^2, Omega / Omega_c"),
        NOTE,
    ),
)
VALIDATION = Contract(
    "sharpening/validation",
    "the closed form in double precision against the same sums, written otherwise, in ball arithmetic",
    (
        N_ATOMS,
        DRIVE,
        *(
            Column.real(f"{column.name}_deviation", f"relative deviation: {column.meaning}", minimum=0)
            for column in OBSERVABLES
        ),
    ),
)
STUDIES = {
    "sharpening": Study(
        "compute.compute",
        lambda config, _: {"rates": config["rates"], **config["sharpening"]},
        {"curves": CURVES, "limit": LIMIT, "transition": TRANSITION, "validation": VALIDATION},
    )
}
