"""Every claim, in the order of the paper's list: its statement and the function that decides on it."""

from driven_dicke.audit.claims import (  # noqa: F401  (they name the deciders)
    correlations,
    gap,
    mean_field,
    mixed,
    phases,
    steady_state,
    trajectories,
)
from driven_dicke.audit.claims.claim import DECIDERS, Claim
from driven_dicke.audit.claims.paper import STATEMENTS

CLAIMS = tuple(Claim(said, DECIDERS[said.identifier]) for said in STATEMENTS)
