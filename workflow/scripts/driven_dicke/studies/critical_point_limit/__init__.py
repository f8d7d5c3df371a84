"""Tables of the critical point up to a million atoms, Fig. ext1."""

from dataclasses import replace

from driven_dicke.pipeline.contract import Column, Contract
from driven_dicke.pipeline.study import Study
from driven_dicke.studies.columns import DRIVE, N_ATOMS, NOTE
from driven_dicke.studies.critical_point import CRITICAL_POINT, FIT
from driven_dicke.studies.phases import GAP, RESIDUAL, STEADY_STATE_ERROR

RATE_RATIO = Column("rate_ratio", "real", "1", "gamma_c / gamma_s", minimum=0)
POSITION = Column("position", "real", "1", "k / N, k of the N pairs excited", minimum=0, maximum=1)

EQUAL_WEIGHTS = Contract(
    "critical_point_limit/equal_weights",
    "drive at which both maxima of the closed form's p_k weigh the same",
    (
        RATE_RATIO,
        N_ATOMS,
        replace(DRIVE, optional=True),
        Column("predicted", "real", "Omega_c", "the drive by the law of approach, limit + (a ln N + b) / N", minimum=0),
        Column("scaled", "real", "Omega_c", "N (drive - limit), which is a ln N + b by the law", optional=True),
        Column(
            "log_ratio_check",
            "real",
            "1",
            "ln(W_+ / W_-) there, with 50 digits: 0 but for rounding, or a jump over 0",
            optional=True,
        ),
        NOTE,
    ),
)
CRITERIA = Contract(
    "critical_point_limit/criteria",
    "Eq. (C2) against equal weights at the configured rates",
    (
        N_ATOMS,
        replace(DRIVE, name="mid_branch", meaning="critical drive by Eq. (C2), Omega / Omega_c", optional=True),
        replace(DRIVE, name="equal_weights", meaning="drive of equal weights, Omega / Omega_c", optional=True),
        Column("scaled_difference", "real", "Omega_c", "N^2 (Eq. (C2) - equal weights)", optional=True),
        Column("scaled_difference_predicted", "real", "Omega_c", "its limit for N -> infinity"),
        NOTE,
    ),
)
LAWS = Contract(
    "critical_point_limit/laws",
    "laws of the critical point: limit + (logarithm ln N + constant) / N^exponent; limit + constant exp(-N / scale)",
    (
        Column("law", "text", "1", "derived, logarithm, power, logarithm_few or exponential"),
        Column(
            "n_atoms_first",
            "integer",
            "1",
            "smallest N to which the law was fitted or compared; 0 if to none",
            minimum=0,
        ),
        Column("n_atoms_last", "integer", "1", "largest such N", minimum=0),
        Column("limit", "real", "Omega_c", "value at large N", minimum=0, optional=True),
        Column("limit_error", "real", "Omega_c", "standard error of a fitted limit", minimum=0, optional=True),
        Column("logarithm", "real", "Omega_c", "coefficient of ln N", optional=True),
        Column("logarithm_error", "real", "Omega_c", "its standard error", minimum=0, optional=True),
        Column(
            "constant",
            "real",
            "Omega_c",
            "constant beside the logarithm, or prefactor of a power or exponential",
            optional=True,
        ),
        Column("constant_error", "real", "Omega_c", "its standard error", minimum=0, optional=True),
        Column("exponent", "real", "1", "power of N", optional=True),
        Column("exponent_error", "real", "1", "its standard error", minimum=0, optional=True),
        Column("scale", "real", "1", "number of atoms of the exponential", minimum=0, optional=True),
        Column("scale_error", "real", "1", "its standard error", minimum=0, optional=True),
        Column(
            "largest_residual",
            "real",
            "Omega_c",
            "largest distance of such a drive from the law",
            minimum=0,
            optional=True,
        ),
        Column(
            "largest_relative_residual",
            "real",
            "1",
            "largest such distance / (drive - exact limit)",
            minimum=0,
            optional=True,
        ),
        Column(
            "excess_at_largest",
            "real",
            "Omega_c",
            "law minus drive of equal weights at the largest N of all",
            optional=True,
        ),
        NOTE,
    ),
)
LAW_CURVES = Contract(
    "critical_point_limit/law_curves",
    "the laws over N; the derived one for every rate_ratio",
    (
        Column("law", "text", "1", "as in the table of laws"),
        RATE_RATIO,
        N_ATOMS,
        replace(DRIVE, minimum=None, optional=True),
        Column("scaled", "real", "Omega_c", "N (drive - exact limit)", optional=True),
    ),
)
RESIDUALS = Contract(
    "critical_point_limit/residuals",
    "how far every law is from the drives of Eq. (C2), relative to what is left to the limit",
    (
        Column("law", "text", "1", "as in the table of laws"),
        N_ATOMS,
        Column("relative_residual", "real", "1", "|law - drive| / (drive - exact limit)", minimum=0, optional=True),
    ),
)
DISTRIBUTION = Contract(
    "critical_point_limit/distribution",
    "exponent of p_k below, at and above the drive of equal weights, and its limit for N -> infinity at the limit",
    (
        Column("case", "text", "1", "below, at, above or limit"),
        replace(DRIVE, optional=True),
        POSITION,
        Column("exponent", "real", "1", "-ln(p_k / largest p_k) / N", minimum=0, optional=True),
        NOTE,
    ),
)
DECOMPOSITION = Contract(
    "critical_point_limit/decomposition",
    "drive at which the weights of the two phases of the spectral decomposition are equal, a_+ = a_-",
    (
        N_ATOMS,
        replace(DRIVE, optional=True),
        Column("weight", "real", "1", "a_+ there, traces over blocks that carry all copies", minimum=0, optional=True),
        Column("difference", "real", "1", "|a_+ - a_-| left at this drive", minimum=0, optional=True),
        replace(
            replace(DRIVE, optional=True),
            name="drive_physical",
            meaning="highest drive below it at which a_+ = a_- with traces over 2^N states, Omega / Omega_c",
            optional=True,
        ),
        Column("weight_physical", "real", "1", "physical a_+ there", minimum=0, optional=True),
        Column(
            "difference_physical",
            "real",
            "1",
            "physical |a_+ - a_-| left there: large where a_- jumps",
            minimum=0,
            optional=True,
        ),
        *(replace(column, optional=True) for column in (GAP, RESIDUAL, STEADY_STATE_ERROR)),
        NOTE,
    ),
)
STUDIES = {
    "critical_point_limit": Study(
        "compute.compute",
        lambda config, _: {
            "rates": config["rates"],
            **{name: value for name, value in config["critical_point_limit"].items() if name != "decomposition"},
        },
        {
            "equal_weights": EQUAL_WEIGHTS,
            "criteria": CRITERIA,
            "laws": LAWS,
            "law_curves": LAW_CURVES,
            "residuals": RESIDUALS,
            "distribution": DISTRIBUTION,
        },
        {"mid_branch": CRITICAL_POINT, "exponential_fit": FIT},
    ),
    "critical_point_limit_decomposition": Study(
        "decomposition.compute",
        lambda config, _: {"rates": config["rates"], **config["critical_point_limit"]["decomposition"]},
        {"decomposition": DECOMPOSITION},
    ),
}
