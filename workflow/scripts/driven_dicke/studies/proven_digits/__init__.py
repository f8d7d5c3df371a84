"""Tables of the closed form's numbers in double precision against balls that are proven to hold them."""

from dataclasses import replace

from driven_dicke.pipeline.contract import Column, Contract
from driven_dicke.pipeline.study import Study
from driven_dicke.studies.columns import DRIVE, N_ATOMS, NOTE
from driven_dicke.studies.critical_point import CRITICAL_POINT
from driven_dicke.studies.critical_point_limit import EQUAL_WEIGHTS, RATE_RATIO
from driven_dicke.studies.sharpening import CURVES
from driven_dicke.studies.steady_state import MAGNETIZATION, STEADY_STATE

FIGURE = Column.text("figure", "where the numbers are drawn or quoted")
QUANTITY = Column.text("quantity", "column of the table behind that figure, or name of the number")
DEVIATION = Column.real(
    "largest_deviation", "proven bound of the largest |number - exact| / |exact|", minimum=0, optional=True
)
ALLOWED = Column.real("allowed", "deviation that is allowed", minimum=0)
WITHIN = Column.flag("within", "the deviation keeps what is allowed")
DIGITS = Column.text("digits", "proven digits of the exact number, where it is one only")

PROVEN_DIGITS = Contract(
    "proven_digits",
    "every number of the closed form in double precision against a ball that holds the exact one",
    (
        FIGURE,
        QUANTITY,
        RATE_RATIO,
        N_ATOMS,
        Column.integer("values", "numbers compared", minimum=0),
        DEVIATION,
        replace(DRIVE, optional=True, meaning="drive of the largest deviation, Omega / Omega_c"),
        Column.real("largest_radius", "largest radius of a ball / |exact|", minimum=0, optional=True),
        ALLOWED,
        WITHIN,
        DIGITS,
        NOTE,
    ),
)
CONSTANTS = Contract(
    "proven_digits/constants",
    "limit w of Omega_PT / Omega_c and a, b of its law of approach, w + (a ln N + b) / N",
    (
        QUANTITY,
        Column.real("value", "the number in double precision", "Omega_c"),
        replace(DEVIATION, optional=False),
        ALLOWED,
        WITHIN,
        replace(DIGITS, meaning="its proven digits"),
    ),
)
STUDIES = {
    "proven_digits": Study(
        "compute.compute",
        lambda config, _: {"rates": config["rates"], **config["proven_digits"]},
        {"proven_digits": PROVEN_DIGITS, "constants": CONSTANTS},
        {"magnetization": MAGNETIZATION, "critical_point": CRITICAL_POINT},
        gathered={"steady_state": STEADY_STATE},
    ),
    "proven_digits_extensions": Study(
        "compute.compute_extensions",
        lambda config, _: {"rates": config["rates"], **config["proven_digits"]},
        {"proven_digits": PROVEN_DIGITS},
        {"equal_weights": EQUAL_WEIGHTS, "curves": CURVES},
    ),
}
