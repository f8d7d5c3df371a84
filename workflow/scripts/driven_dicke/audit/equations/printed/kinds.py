"""What kind of fault each formula or reference that fails as printed is.

The text at hand was extracted from the paper's pages and never compared with the typeset paper: what such a process
loses (a radical, a fraction bar, an index, a sign of a plus-minus) or doubles is not held against the authors.
"""

from typing import Literal

Kind = Literal["substance", "slip", "convention", "artefact"]

_FAULTS: dict[Kind, tuple[str, ...]] = {
    # One error in three places: the mean spin is shorter than N/2, so that N Var / |<S>|^2 has a factor 1/|s| more.
    "substance": ("7", "8 (from the definition of xi2)", "F10 first form"),
    "convention": (
        "inline Sec. III B, P_m (elements of one copy)",
        "inline Sec. V, CRSS eigenvalue (Omega_c of Eq. (3))",
        "A4 (complex g)",
        "inline after (A5), cavity decay (travelling waves)",
        "inline App. G, observables",
    ),
    "artefact": (
        "F10 second form",  # |<a^2>| as |<a>|^2
        "F14",  # the reach of a radical
        "inline after (B7)",  # a fraction bar
        "B10a",  # plus-minus for minus-plus
        "inline after (B10b), branch (a)",  # a sentence twice
        "inline Eq. (3), labels",  # a letter of a list
        "inline Eq. (B9), labels",
        "inline Eq. (B10), labels",
        "caption of Fig. 1, observables",  # a product as a list
        "inline before (B4), operator",  # a subscript
        "inline after (B11), panel",  # a letter
        "inline after (A6), repetition",
    ),
    "slip": (
        "F9",
        "A7",
        "B7",
        "B12 l_1",
        "inline before (D1), blocks",
        "F3a",
        "F3b",
        "F3 correction terms (absolute)",
        "inline before (F8), relaxation time",
        "ref: Sec. IV, gap cites Fig. 2d",
        "ref: Sec. V A, squeezing before the region cites Fig. 2c",
        "ref: App. F, squeezing of rho_+ cites Fig. 5b",
        "ref: App. G, intensity cites Fig. 6e",
        "ref: caption of Fig. 10, critical drive cites Eq. (C1)",
        "inline before (3), order",
        "inline before (D1), drive",
        "inline after (F5), noise",
    ),
}
KINDS: dict[str, Kind] = {identifier: kind for kind, identifiers in _FAULTS.items() for identifier in identifiers}
