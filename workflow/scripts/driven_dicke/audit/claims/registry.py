"""Every claim, in the order of the paper's list."""

from driven_dicke.audit.claims import correlations, gap, mean_field, mixed, phases, steady_state, trajectories
from driven_dicke.audit.claims.claim import Claim

PARTS = (mean_field, steady_state, gap, phases, correlations, trajectories, mixed)
CLAIMS: tuple[Claim, ...] = tuple(sorted((c for part in PARTS for c in part.CLAIMS), key=lambda c: c.number))
