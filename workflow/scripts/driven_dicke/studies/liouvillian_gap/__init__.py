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
        Column.real("gap_eigenvalue", "lambda_1 by shift-invert Arnoldi", "gamma_s", minimum=0),
        Column.real("gap_fit", "lambda_1 fitted to <S_z(t)> - <S_z(inf)>", "gamma_s", minimum=0, optional=True),
        Column.real("gap_fit_error", "error bar of the fit", "gamma_s", minimum=0, optional=True),
        Column.real("fit_start", "first time of the fit's window", "1/gamma_s", minimum=0, optional=True),
        Column.real("fit_stop", "last time of the fit's window", "1/gamma_s", minimum=0, optional=True),
        Column.real("residual", "residual of the eigenpair relative to the norm of L", minimum=0),
        Column.real("trace_of_mode", "|tr rho_1|, which vanishes for a decaying mode", minimum=0),
        NOTE,
    ),
)
RELAXATION = Contract(
    "liouvillian_gap/relaxation",
    "distance of <S_z(t)> from the steady state, from all atoms down",
    (
        N_ATOMS,
        Column.real("time", "time", "1/gamma_s", minimum=0),
        Column.real("distance", "|<S_z(t)> - <S_z(inf)>|", minimum=0),
        Column.real("error", "estimate of the numerical error of the distance", minimum=0),
        Column.flag("fitted", "lies within the fit's window"),
    ),
)
LAW = Contract(
    "liouvillian_gap/law",
    "exponential law lambda_1 = prefactor exp(-rate N), fitted to ln lambda_1",
    (
        Column.real("rate", "decrease of ln lambda_1 per atom", optional=True),
        Column.real("rate_error", "its standard error", minimum=0, optional=True),
        Column.real("prefactor", "lambda_1 of the law at N = 0", "gamma_s", minimum=0, optional=True),
        Column.integer("n_atoms_first", "smallest N in the fit; 0 if there is none", minimum=0),
        Column.integer("n_atoms_last", "largest N in the fit", minimum=0),
        Column.real("largest_residual", "largest distance of ln lambda_1 from the law", minimum=0, optional=True),
        Column.real(
            "first_rate", "decrease of ln lambda_1 per atom between the two smallest N in the fit", optional=True
        ),
        Column.real("last_rate", "the same between the two largest N: a law would have one rate", optional=True),
        NOTE,
    ),
)
VALIDATION = Contract(
    "liouvillian_gap/validation",
    "lambda_1 by shift-invert Arnoldi in the symmetric sector against complete spectra",
    (
        Column.text("reference", "complete diagonalisation (both sectors) or full master equation (QuTiP, 2^N)"),
        N_ATOMS,
        DRIVE,
        Column.real("gap", "lambda_1 by shift-invert Arnoldi", "gamma_s", minimum=0),
        Column.real(
            "gap_reference",
            "slowest decay rate of the reference among permutation-invariant operators of the symmetric sector",
            "gamma_s",
            minimum=0,
        ),
        Column.real("relative_deviation", "|gap / gap_reference - 1|", minimum=0),
        Column.real("tolerance", "deviation that is allowed", minimum=0),
        Column.flag("within", "the deviation keeps the tolerance"),
        Column.real("residual", "residual of the Arnoldi eigenpair relative to the norm of L", minimum=0),
        Column.real("zero_eigenvalue", "|lambda_0| of the reference relative to the norm of its L", minimum=0),
        Column.real(
            "slowest_rate",
            "slowest decay rate of the reference without restriction: in the space of 2^N states also of operators "
            "that single out atoms, which no permutation-invariant state ever contains",
            "gamma_s",
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
