"""Tables of the Liouvillian gap, Fig. 3."""

from driven_dicke.pipeline.contract import Column, Contract
from driven_dicke.pipeline.study import Study
from driven_dicke.studies.columns import DRIVE, N_ATOMS, NOTE

GAP = Contract(
    "liouvillian_gap/gap",
    "gap lambda_1 against N: eigenvalue of the Liouvillian, and fit of the long-time relaxation of <S_z(t)>",
    (
        N_ATOMS,
        DRIVE,
        Column("gap_eigenvalue", "real", "gamma_s", "lambda_1 by shift-invert Arnoldi", minimum=0),
        Column("gap_fit", "real", "gamma_s", "lambda_1 fitted to <S_z(t)> - <S_z(inf)>", minimum=0, optional=True),
        Column("gap_fit_error", "real", "gamma_s", "error bar of the fit", minimum=0, optional=True),
        Column("fit_start", "real", "1/gamma_s", "first time of the fit's window", minimum=0, optional=True),
        Column("fit_stop", "real", "1/gamma_s", "last time of the fit's window", minimum=0, optional=True),
        Column("residual", "real", "1", "residual of the eigenpair relative to the norm of L", minimum=0),
        Column("trace_of_mode", "real", "1", "|tr rho_1|, which vanishes for a decaying mode", minimum=0),
        NOTE,
    ),
)
RELAXATION = Contract(
    "liouvillian_gap/relaxation",
    "distance of <S_z(t)> from the steady state, from all atoms down",
    (
        N_ATOMS,
        Column("time", "real", "1/gamma_s", "time", minimum=0),
        Column("distance", "real", "1", "|<S_z(t)> - <S_z(inf)>|", minimum=0),
        Column("error", "real", "1", "estimate of the numerical error of the distance", minimum=0),
        Column("fitted", "flag", "1", "lies within the fit's window"),
    ),
)
LAW = Contract(
    "liouvillian_gap/law",
    "exponential law lambda_1 = prefactor exp(-rate N), fitted to ln lambda_1",
    (
        Column("rate", "real", "1", "decrease of ln lambda_1 per atom", optional=True),
        Column("rate_error", "real", "1", "its standard error", minimum=0, optional=True),
        Column("prefactor", "real", "gamma_s", "lambda_1 of the law at N = 0", minimum=0, optional=True),
        Column("n_atoms_first", "integer", "1", "smallest N in the fit; 0 if there is none", minimum=0),
        Column("n_atoms_last", "integer", "1", "largest N in the fit", minimum=0),
        Column(
            "largest_residual", "real", "1", "largest distance of ln lambda_1 from the law", minimum=0, optional=True
        ),
        Column(
            "first_rate",
            "real",
            "1",
            "decrease of ln lambda_1 per atom between the two smallest N in the fit",
            optional=True,
        ),
        Column(
            "last_rate", "real", "1", "the same between the two largest N: a law would have one rate", optional=True
        ),
        NOTE,
    ),
)
VALIDATION = Contract(
    "liouvillian_gap/validation",
    "lambda_1 by shift-invert Arnoldi in the symmetric sector against complete spectra",
    (
        Column(
            "reference", "text", "1", "complete diagonalisation (both sectors) or full master equation (QuTiP, 2^N)"
        ),
        N_ATOMS,
        DRIVE,
        Column("gap", "real", "gamma_s", "lambda_1 by shift-invert Arnoldi", minimum=0),
        Column(
            "gap_reference",
            "real",
            "gamma_s",
            "slowest decay rate of the reference among permutation-invariant operators of the symmetric sector",
            minimum=0,
        ),
        Column("relative_deviation", "real", "1", "|gap / gap_reference - 1|", minimum=0),
        Column("tolerance", "real", "1", "deviation that is allowed", minimum=0),
        Column("within", "flag", "1", "the deviation keeps the tolerance"),
        Column("residual", "real", "1", "residual of the Arnoldi eigenpair relative to the norm of L", minimum=0),
        Column("zero_eigenvalue", "real", "1", "|lambda_0| of the reference relative to the norm of its L", minimum=0),
        Column(
            "slowest_rate",
            "real",
            "gamma_s",
            "slowest decay rate of the reference without restriction: in the space of 2^N states also of operators "
            "that single out atoms, which no permutation-invariant state ever contains",
            minimum=0,
        ),
    ),
)
STUDIES = {
    "liouvillian_gap": Study(
        "compute.compute",
        lambda config, _: {
            "rates": config["rates"],
            **{name: config["liouvillian_gap"][name] for name in ("n_atoms", "drive", "law", "relaxation")},
        },
        {"gap": GAP, "relaxation": RELAXATION, "law": LAW},
    ),
    "liouvillian_gap_validation": Study(
        "validation.compute",
        lambda config, _: {"rates": config["rates"], **config["liouvillian_gap"]["validation"]},
        {"validation": VALIDATION},
    ),
}
