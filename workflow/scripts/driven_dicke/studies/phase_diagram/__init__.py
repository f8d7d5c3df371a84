"""Tables of the phase diagram, Fig. ext7."""

from dataclasses import replace

from driven_dicke.pipeline.contract import Column, Contract
from driven_dicke.pipeline.study import Study
from driven_dicke.studies.columns import DRIVE, N_ATOMS, NOTE
from driven_dicke.studies.critical_point import CRITICAL_POINT

RATE_RATIO = Column("rate_ratio", "real", "1", "gamma_c / gamma_s", minimum=0)
THRESHOLD = Column(
    "threshold", "real", "1", "gamma_c / gamma_s of Gamma = 8 gamma, where bistability begins", minimum=0
)
LOWER_EDGE = Column("lower_edge", "real", "Omega_c", "lowest drive with two stable branches, (B5)", minimum=0)
UPPER_EDGE = Column("upper_edge", "real", "Omega_c", "highest drive with two stable branches, (B5)", minimum=0)
CRITICAL_DRIVE = Column(
    "critical_drive",
    "real",
    "Omega_c",
    "Omega_PT by Eq. (C2); missing where <S_z> does not cross the middle of the branches",
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
        Column("gap", "real", "gamma_s", "lambda_1, eigenvalue of the Liouvillian", minimum=0),
        Column("residual", "real", "1", "residual of the eigenpair relative to the norm of L", minimum=0),
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
        Column(
            "equal_weight_drive",
            "real",
            "Omega_c",
            "drive at which both maxima of p_k weigh the same; missing where there is only one",
            minimum=0,
            optional=True,
        ),
        NOTE,
    ),
)
CHAIN = Contract(
    "phase_diagram/chain",
    "gap of the adiabatic chain in j over N and drive, at the configured rates",
    (N_ATOMS, DRIVE, Column("log10_gap", "real", "1", "log10 of the gap in units of gamma_s")),
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
        Column("experiment", "text", "1", "tweezer_array or atomic_ensemble"),
        N_ATOMS,
        Column("rate_ratio", "real", "1", "gamma_c / gamma_s; missing where the paper gives none", 0, optional=True),
        THRESHOLD,
    ),
)
VALIDATION = Contract(
    "phase_diagram/validation",
    "lambda_1 of the map's solver against complete spectra, and the gap of the chain beside it",
    (
        Column(
            "reference", "text", "1", "complete diagonalisation (both sectors) or full master equation (QuTiP, 2^N)"
        ),
        N_ATOMS,
        RATE_RATIO,
        DRIVE,
        Column("gap", "real", "gamma_s", "lambda_1 of the map's solver", minimum=0),
        Column(
            "gap_reference", "real", "gamma_s", "slowest decay rate of the reference in the symmetric sector", minimum=0
        ),
        Column("relative_deviation", "real", "1", "|gap / gap_reference - 1|", minimum=0),
        Column("within", "flag", "1", "the deviation keeps the configured tolerance"),
        Column(
            "slowest_rate",
            "real",
            "gamma_s",
            "slowest decay rate of the reference: below the gap where the antisymmetric sector, which <S_z> and the "
            "light do not see, is slower",
            minimum=0,
        ),
        Column("gap_chain", "real", "gamma_s", "gap of the adiabatic chain in j", minimum=0),
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
