"""Where rounding hides the slow mode of the Liouvillian: known beforehand, from the gap of the chain in k."""

import numpy as np

from driven_dicke.generator import liouvillian
from driven_dicke.model import checks
from driven_dicke.model.parameters import Model
from driven_dicke.switching import switching_law

MIXING_LIMIT = 1e-3  # of the steady state that rounding may mix into the slow mode, as `spectrum.slow_modes` checks
# Measured, gamma_c from 0.1 to 1000 gamma_s: rounding mixes in up to this much of eps ||L|| / lambda_1, and the chain's
# gap is 0.9 to 2.3 times lambda_1.
_MIXED = 1e-2


def require_resolved(model: Model, rabi_frequency: float, mixing: float = MIXING_LIMIT) -> None:
    """Refuse a slow mode into which rounding may mix more than `mixing` of the steady state.

    Args:
        model: n_atoms >= 2, gamma_c > 0, gamma_s > 0.
        rabi_frequency: Omega > 0, unit of the rates.
        mixing: the limit of `spectrum.slow_modes`.

    Raises:
        checks.ParameterError: the gap is too small beside ||L||, or an argument is out of range.
    """
    gap = float(np.exp(switching_law.pair_chain_log_gap(model, rabi_frequency)))
    rounding = float(np.finfo(float).eps * liouvillian.norm(liouvillian.generator(model, rabi_frequency)))
    if gap * mixing < _MIXED * rounding:
        raise checks.ParameterError(
            f"rounding hides the slow mode of N = {model.n_atoms} at Omega = {rabi_frequency:g}: lambda_1 is about "
            f"{gap:.1e}, rounding of L {rounding:.1e}"
        )
