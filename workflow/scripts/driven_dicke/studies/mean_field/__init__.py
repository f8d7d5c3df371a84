"""Tables of the mean field, Sec. III A and Appendix B. Spin components are per atom; rates and times are in gamma."""

from driven_dicke.pipeline.contract import Column, Contract
from driven_dicke.pipeline.study import Study
from driven_dicke.studies.columns import DRIVE

GAMMA_RATIO = Column("gamma_ratio", "real", "1", "Gamma / gamma, Eq. (2)", minimum=0)
COMPONENTS = tuple(
    Column(f"s_{axis}", "real", "1", f"spin component s_{axis} of one atom", minimum=-1, maximum=1) for axis in "xyz"
)
EIGENVALUES = tuple(
    Column(f"eig{number}_{part}", "real", "gamma", f"eigenvalue {number} of the Jacobian (B11), {meaning} part")
    for number in (1, 2, 3)
    for part, meaning in (("re", "real"), ("im", "imaginary"))
)

BRANCHES = Contract(
    "mean_field/branches",
    "steady states of the mean field, Eq. (2), where they exist, and their stability",
    (
        GAMMA_RATIO,
        DRIVE,
        Column("branch", "text", "1", "lower, middle or upper"),
        *COMPONENTS,
        Column("stable", "flag", "1", "every eigenvalue of the Jacobian has a negative real part; not so at a fold"),
        *EIGENVALUES,
    ),
)
RELAXATION = Contract(
    "mean_field/relaxation",
    "solutions of Eqs. (B2) from several initial states",
    (
        Column("trajectory", "integer", "1", "number of the initial state, from 0", minimum=0),
        Column("time", "real", "1/gamma", "time", minimum=0),
        *COMPONENTS,
    ),
)
EDGES = Contract(
    "mean_field/edges",
    "edges of the bistable region, Eq. (B5); empty where Gamma <= 8 gamma",
    (
        GAMMA_RATIO,
        Column("lower_edge", "real", "Omega_c", "lowest drive with three steady states", minimum=0),
        Column("upper_edge", "real", "Omega_c", "highest drive with three steady states", minimum=0),
    ),
)
DICKE = Contract(
    "mean_field/dicke",
    "mean field of purely collective decay (gamma_s = 0), Eq. (B4), up to its critical drive",
    (DRIVE, *COMPONENTS[1:]),
)
STUDIES = {
    "mean_field": Study(
        "compute.compute",
        lambda config, _: config["mean_field"],
        {"branches": BRANCHES, "edges": EDGES, "relaxation": RELAXATION, "dicke": DICKE},
    ),
    "mean_field_branches": Study(
        "compute.compute_for_n_atoms",
        lambda config, wildcards: {
            "rates": config["rates"],
            "drive": config["mean_field"]["drive"],
            "n_atoms": int(wildcards["n_atoms"]),
        },
        {"branches": BRANCHES},
    ),
}
