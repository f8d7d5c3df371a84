"""Tables of the critical point up to a million atoms, Fig. ext1."""

from dataclasses import replace

from driven_dicke.pipeline.contract import Column, Contract
from driven_dicke.pipeline.study import Study
from driven_dicke.studies.columns import DRIVE, N_ATOMS, NOTE
from driven_dicke.studies.critical_point import CRITICAL_POINT, FIT
from driven_dicke.studies.phases import GAP, RESIDUAL, STEADY_STATE_ERROR

RATE_RATIO = Column.real("rate_ratio", "gamma_c / gamma_s", minimum=0)
POSITION = Column.real("position", "k / N, k of the N pairs excited", minimum=0, maximum=1)

EQUAL_WEIGHTS = Contract(
    "critical_point_limit/equal_weights",
    "drive at which both maxima of the closed form's p_k weigh the same",
    (
        RATE_RATIO,
        N_ATOMS,
        replace(DRIVE, optional=True),
        Column.real("predicted", "the drive by the law of approach, limit + (a ln N + b) / N", "Omega_c", minimum=0),
        Column.real("scaled", "N (drive - limit), which is a ln N + b by the law", "Omega_c", optional=True),
        Column.real(
            "log_ratio_check",
            "ln(W_+ / W_-) there, in ball arithmetic: 0 but for rounding, or a jump over 0",
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
        Column.real("scaled_difference", "N^2 (Eq. (C2) - equal weights)", "Omega_c", optional=True),
        Column.real("scaled_difference_predicted", "its limit for N -> infinity", "Omega_c"),
        NOTE,
    ),
)
LAWS = Contract(
    "critical_point_limit/laws",
    "laws of the critical point: limit + (logarithm ln N + constant) / N^exponent; limit + constant exp(-N / scale)",
    (
        Column.text("law", "derived, logarithm, power, logarithm_few or exponential"),
        Column.integer("n_atoms_first", "smallest N to which the law was fitted or compared; 0 if to none", minimum=0),
        Column.integer("n_atoms_last", "largest such N", minimum=0),
        Column.real("limit", "value at large N", "Omega_c", minimum=0, optional=True),
        Column.real("limit_error", "standard error of a fitted limit", "Omega_c", minimum=0, optional=True),
        Column.real("logarithm", "coefficient of ln N", "Omega_c", optional=True),
        Column.real("logarithm_error", "its standard error", "Omega_c", minimum=0, optional=True),
        Column.real(
            "constant",
            "constant beside the logarithm, or prefactor of a power or exponential",
            "Omega_c",
            optional=True,
        ),
        Column.real("constant_error", "its standard error", "Omega_c", minimum=0, optional=True),
        Column.real("exponent", "power of N", optional=True),
        Column.real("exponent_error", "its standard error", minimum=0, optional=True),
        Column.real("scale", "number of atoms of the exponential", minimum=0, optional=True),
        Column.real("scale_error", "its standard error", minimum=0, optional=True),
        Column.real(
            "largest_residual", "largest distance of such a drive from the law", "Omega_c", minimum=0, optional=True
        ),
        Column.real(
            "largest_relative_residual", "largest such distance / (drive - exact limit)", minimum=0, optional=True
        ),
        Column.real(
            "excess_at_largest", "law minus drive of equal weights at the largest N of all", "Omega_c", optional=True
        ),
        NOTE,
    ),
)
LAW_CURVES = Contract(
    "critical_point_limit/law_curves",
    "the laws over N; the derived one for every rate_ratio",
    (
        Column.text("law", "as in the table of laws"),
        RATE_RATIO,
        N_ATOMS,
        replace(DRIVE, minimum=None, optional=True),
        Column.real("scaled", "N (drive - exact limit)", "Omega_c", optional=True),
    ),
)
RESIDUALS = Contract(
    "critical_point_limit/residuals",
    "how far every law is from the drives of Eq. (C2), relative to what is left to the limit",
    (
        Column.text("law", "as in the table of laws"),
        N_ATOMS,
        Column.real("relative_residual", "|law - drive| / (drive - exact limit)", minimum=0, optional=True),
    ),
)
DISTRIBUTION = Contract(
    "critical_point_limit/distribution",
    "exponent of p_k below, at and above the drive of equal weights, and its limit for N -> infinity at the limit",
    (
        Column.text("case", "below, at, above or limit"),
        replace(DRIVE, optional=True),
        POSITION,
        Column.real("exponent", "-ln(p_k / largest p_k) / N", minimum=0, optional=True),
        NOTE,
    ),
)
DECOMPOSITION = Contract(
    "critical_point_limit/decomposition",
    "drive at which the weights of the two phases of the spectral decomposition are equal, a_+ = a_-",
    (
        N_ATOMS,
        replace(DRIVE, optional=True),
        Column.real("weight", "a_+ there, traces over blocks that carry all copies", minimum=0, optional=True),
        Column.real("difference", "|a_+ - a_-| left at this drive", minimum=0, optional=True),
        replace(
            replace(DRIVE, optional=True),
            name="drive_physical",
            meaning="highest drive below it at which a_+ = a_- with traces over 2^N states, Omega / Omega_c",
            optional=True,
        ),
        Column.real("weight_physical", "physical a_+ there", minimum=0, optional=True),
        Column.real(
            "difference_physical", "physical |a_+ - a_-| left there: large where a_- jumps", minimum=0, optional=True
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
