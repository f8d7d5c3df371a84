"""Table of the transient dynamics of the master equation, Fig. 7."""

from driven_dicke.contract import Contract
from driven_dicke.contracts.common import CRSS_FIDELITY, S_Z, TIME

TRANSIENT = Contract(
    "dynamics/transient", "rho(t) of the master equation from all atoms down", (TIME, S_Z, CRSS_FIDELITY)
)
