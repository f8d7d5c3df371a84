"""Tables of the mean field, Sec. III A and Appendix B. Spin components are per atom; rates and times are in gamma."""

from driven_dicke.pipeline.contract import Column, Contract
from driven_dicke.pipeline.study import Study
from driven_dicke.studies.columns import DRIVE

GAMMA_RATIO = Column.real("gamma_ratio", "Gamma / gamma, Eq. (2)", minimum=0)
COMPONENTS = tuple(
    Column.real(f"s_{axis}", f"spin component s_{axis} of one atom", minimum=-1, maximum=1) for axis in "xyz"
)
EIGENVALUES = tuple(
    Column.real(f"eig{number}_{part}", f"eigenvalue {number} of the Jacobian (B11), {meaning} part", "gamma")
    for number in (1, 2, 3)
    for part, meaning in (("re", "real"), ("im", "imaginary"))
)

BRANCHES = Contract(
    "mean_field/branches",
    "steady states of the mean field, Eq. (2), where they exist, and their stability",
    (
        GAMMA_RATIO,
        DRIVE,
        Column.text("branch", "lower, middle or upper"),
        *COMPONENTS,
        Column.flag("stable", "every eigenvalue of the Jacobian has a negative real part; not so at a fold"),
        *EIGENVALUES,
    ),
)
RELAXATION = Contract(
    "mean_field/relaxation",
    "solutions of Eqs. (B2) from several initial states",
    (
        Column.integer("trajectory", "number of the initial state, from 0", minimum=0),
        Column.real("time", "time", "1/gamma", minimum=0),
        *COMPONENTS,
    ),
)
EDGES = Contract(
    "mean_field/edges",
    "edges of the bistable region, Eq. (B5); empty where Gamma <= 8 gamma",
    (
        GAMMA_RATIO,
        Column.real("lower_edge", "lowest drive with three steady states", "Omega_c", minimum=0),
        Column.real("upper_edge", "highest drive with three steady states", "Omega_c", minimum=0),
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
