"""How sharp the transition is at finite N, and what flashes up in it.

Within reach of the transition the steady state is W_+ rho_+ + W_- rho_- with W_+ / W_- = exp[-s (drive - Omega_PT)],
s = 2 (<k>_- - <k>_+) / drive exactly (`phase_balance.balance`) and s -> 2 (1 - x) N / w for N -> infinity. Hence

* the switch is logistic, W_- = 1 / [1 + exp(-s (drive - Omega_PT))], and 2 ln 3 / s wide from 1/4 to 3/4;
* both phases radiate, rho_+ with <S_+S_-> = R_+ = (N w / 2)^2 and g2 = 1, rho_- with R_- = N / 2 and g2 = 2. Their
  mixture has g2 = (W_+ R_+^2 + 2 W_- R_-^2) / (W_+ R_+ + W_- R_-)^2, largest where W_+ R_+ = W_- R_-, above the
  transition, in a state that is nearly rho_-: R_+ / (4 R_-) = N w^2 / 8. Rare stays in the bright phase bunch light.
"""

import numpy as np
from scipy.optimize import brentq, minimize_scalar

from driven_dicke.closed_form import absorber
from driven_dicke.mean_field import branches as mean_field
from driven_dicke.model import checks
from driven_dicke.model.parameters import Model


def jump_fraction(model: Model, drive: float, s_z: float) -> float:
    """How far <S_z> has gone from the lower (0) to the upper (1) stable branch; NaN outside the bistable region."""
    found = mean_field.branches(model.collective_rate / model.single_atom_rate, drive)
    lower, upper = (model.n_atoms / 2 * float(branch) for branch in (found.lower, found.upper))
    return (s_z - lower) / (upper - lower)


def drive_at_fraction(model: Model, fraction: float) -> float:
    """Omega / Omega_c at which `jump_fraction` of the exact <S_z> is `fraction`; 1/2 is Eq. (C2). Found to 1e-12.

    Raises:
        checks.ParameterError: there is no such drive in the bistable region: the transition is wider than the region.
    """
    lower, upper = mean_field.bistability_edges(model.collective_rate / model.single_atom_rate)

    def excess(drive: float) -> float:
        exact = absorber.steady_state_moments(model, model.rabi_frequency(drive)).s_z
        return jump_fraction(model, drive, exact) - fraction

    if not excess(lower) < 0 < excess(upper):
        raise checks.ParameterError(
            f"<S_z> of N = {model.n_atoms} does not pass {fraction:g} of the way between the branches within the "
            f"bistable region, {lower:.4g} ... {upper:.4g} Omega_c"
        )
    return float(brentq(excess, lower, upper, xtol=1e-13, rtol=1e-12))


def two_state_width(slope: float) -> float:
    """2 ln 3 / |slope|, slope = d ln(W_+ / W_-) / d drive: drive interval of a logistic switch from 1/4 to 3/4."""
    return 2 * np.log(3) / abs(slope)


def largest_g2_limit(n_atoms: int) -> float:
    """N w^2 / 8 with w = 0.56904: the largest g2(0) over the drive at large N."""
    return n_atoms * absorber.limit_critical_drive() ** 2 / 8


def extreme_of_observable(model: Model, name: str, below: float, above: float, *, largest: bool) -> tuple[float, float]:
    """(drive, value) where an observable is largest, or least, between two drives with one extreme between them.

    Bounded search to 1e-10 of the interval's place.

    Args:
        model: rates and number of atoms.
        name: field of `observables.Observables`.
        below: Omega / Omega_c on one side of the extreme.
        above: Omega / Omega_c on the other side.
        largest: look for the maximum, else for the minimum.
    """
    sign = -1.0 if largest else 1.0
    found = minimize_scalar(
        lambda drive: sign * getattr(absorber.steady_state_moments(model, model.rabi_frequency(drive)), name),
        bounds=(below, above),
        method="bounded",
        options={"xatol": 1e-4 * (above - below)},
    )
    return float(found.x), sign * float(found.fun)
