"""Tables of the phase diagram, Fig. ext7."""

from dataclasses import replace

from driven_dicke.pipeline.contract import Column, Contract
from driven_dicke.pipeline.study import Study
from driven_dicke.studies.columns import DRIVE, N_ATOMS, NOTE
from driven_dicke.studies.critical_point import CRITICAL_POINT

RATE_RATIO = Column.real("rate_ratio", "gamma_c / gamma_s", minimum=0)
THRESHOLD = Column.real("threshold", "gamma_c / gamma_s of Gamma = 8 gamma, where bistability begins", minimum=0)
LOWER_EDGE = Column.real("lower_edge", "lowest drive with two stable branches, (B5)", "Omega_c", minimum=0)
UPPER_EDGE = Column.real("upper_edge", "highest drive with two stable branches, (B5)", "Omega_c", minimum=0)
CRITICAL_DRIVE = Column.real(
    "critical_drive",
    "Omega_PT by Eq. (C2); missing where <S_z> does not cross the middle of the branches",
    "Omega_c",
    minimum=0,
    optional=True,
)

MAP = Contract(
    "phase_diagram/map",
    "lambda_1 of one N over gamma_c / gamma_s and drive: slowest decay of the symmetric sector",
    (
        N_ATOMS,
        RATE_RATIO,
        DRIVE,
        Column.real("gap", "lambda_1, eigenvalue of the Liouvillian", "gamma_s", minimum=0),
        Column.real("residual", "residual of the eigenpair relative to the norm of L", minimum=0),
    ),
)
BOUNDARIES = Contract(
    "phase_diagram/boundaries",
    "edges of the bistable region and critical point against gamma_c / gamma_s, from Gamma = 8 gamma on",
    (N_ATOMS, RATE_RATIO, LOWER_EDGE, UPPER_EDGE, CRITICAL_DRIVE),
)
SIZES = Contract(
    "phase_diagram/sizes",
    "edges of the bistable region and critical point by two criteria against N, at the configured rates",
    (
        N_ATOMS,
        replace(LOWER_EDGE, optional=True),
        replace(UPPER_EDGE, optional=True),
        CRITICAL_DRIVE,
        Column.real(
            "equal_weight_drive",
            "drive at which both maxima of p_k weigh the same; missing where there is only one",
            "Omega_c",
            minimum=0,
            optional=True,
        ),
        NOTE,
    ),
)
CHAIN = Contract(
    "phase_diagram/chain",
    "gap of the adiabatic chain in j over N and drive, at the configured rates",
    (N_ATOMS, DRIVE, Column.real("log10_gap", "log10 of the gap in units of gamma_s")),
)
PLANE = Contract(
    "phase_diagram/plane",
    "critical point over N and gamma_c / gamma_s; the same number of rows for every N",
    (N_ATOMS, THRESHOLD, RATE_RATIO, CRITICAL_DRIVE),
)
EXPERIMENTS = Contract(
    "phase_diagram/experiments",
    "the experiments that the paper names, at the smallest gamma_c / gamma_s that it gives for them",
    (
        Column.text("experiment", "tweezer_array or atomic_ensemble"),
        N_ATOMS,
        Column.real("rate_ratio", "gamma_c / gamma_s; missing where the paper gives none", minimum=0, optional=True),
        THRESHOLD,
    ),
)
VALIDATION = Contract(
    "phase_diagram/validation",
    "lambda_1 of the map's solver against complete spectra, and the gap of the chain beside it",
    (
        Column.text("reference", "complete diagonalisation (both sectors) or full master equation (QuTiP, 2^N)"),
        N_ATOMS,
        RATE_RATIO,
        DRIVE,
        Column.real("gap", "lambda_1 of the map's solver", "gamma_s", minimum=0),
        Column.real(
            "gap_reference", "slowest decay rate of the reference in the symmetric sector", "gamma_s", minimum=0
        ),
        Column.real("relative_deviation", "|gap / gap_reference - 1|", minimum=0),
        Column.flag("within", "the deviation keeps the configured tolerance"),
        Column.real(
            "slowest_rate",
            "slowest decay rate of the reference: below the gap where the antisymmetric sector, which <S_z> and the "
            "light do not see, is slower",
            "gamma_s",
            minimum=0,
        ),
        Column.real("gap_chain", "gap of the adiabatic chain in j", "gamma_s", minimum=0),
    ),
)
STUDIES = {
    "phase_diagram_map": Study(
        "compute.gap_map",
        lambda config, _: {
            "n_atoms": config["phase_diagram"]["experiments"]["tweezer_array"]["n_atoms"],
            **config["phase_diagram"]["map"],
        },
        {"map": MAP},
    ),
    "phase_diagram": Study(
        "compute.boundaries",
        lambda config, _: {
            name: config["phase_diagram"][name] for name in ("largest_rate_ratio", "experiments", "curves", "plane")
        },
        {"boundaries": BOUNDARIES, "plane": PLANE, "experiments": EXPERIMENTS},
    ),
    "phase_diagram_sizes": Study(
        "compute.sizes",
        lambda config, _: {"rates": config["rates"], "chain": config["phase_diagram"]["chain"]},
        {"sizes": SIZES, "chain": CHAIN},
        {"critical_point": CRITICAL_POINT},
    ),
    "phase_diagram_validation": Study(
        "validation.compute", lambda config, _: config["phase_diagram"]["validation"], {"validation": VALIDATION}
    ),
}
