"""The rates of switching between the two phases at large N, in closed form, and a birth-death chain behind them.

Three steps lead from the chain in j of `adiabatic_chain` to Gamma_out(rho_+-) = A_+- exp(-N barrier_+-).

1. Action of the chain. With s = 2j/N and w = Omega / Omega_c its weights fall as exp(-N Phi), ln(down / up) = 2 Phi',

       Phi'(s) = artanh s - 2 arcosh(s / w)   (s >= w),     Phi'(s) = artanh s   (s < w).

   Phi is stationary where s^2 = 1 - x^2 with 2x(1 - x) = w^2, and there Phi = ln x + 2(1 - x): the very extrema and
   heights of -ln p_k / N of the `absorber` at x = k/N. The barriers in j and in k are the same numbers.
2. Weights. p_k is exact, and so are the weights of both phases; only the flow over the barrier needs dynamics.
3. Flow. Kramers' formula on the chain in j, carried over to k by the curvatures of Phi and of -ln p_k, leaves a chain
   in k that hops from k to k - 1 at the rate gamma_s k and keeps p_k: its gap is `pair_chain_log_gap`. Stirling's
   formula for its sums gives `log_rates`.

For gamma_s << gamma_c this is the asymptotics of the chain in j. For any gamma_s / gamma_c it rests on the argument
that relaxation within j, at rates of order N gamma_c, changes the flow by relative O(1/N) only: tested, not proven.
"""

from typing import NamedTuple

import numpy as np
from scipy.special import gammaln

from driven_dicke.closed_form import absorber
from driven_dicke.model import checks
from driven_dicke.model.parameters import Model
from driven_dicke.switching.adiabatic_chain import birth_death_log_gap


class OfPhases(NamedTuple):
    """One number for rho_+ (large spin) and one for rho_- (small spin)."""

    plus: float
    minus: float


def _spread(drive: float) -> float:
    """r = sqrt(1 - 2 w^2) = x_+ - x_-."""
    if checks.real("drive", drive, 0.0, exclusive=True) >= np.sqrt(0.5):
        raise checks.ParameterError(f"argument drive must be below 1/sqrt(2), but is {drive!r}: there is one phase")
    return float(np.sqrt(1 - 2 * drive**2))


def barriers(drive: float) -> OfPhases:
    """-(1/N) ln Gamma_out of either phase for N -> infinity, with r = sqrt(1 - 2 w^2), w = Omega / Omega_c:

        rho_+: 2 (artanh r - r),    rho_-: 1 - r + ln[(1 + r) / 2].

    These are the integrals of -+ ln[w^2 / (2x(1-x))] from x_- to x_+ and from x_+ to 1. Their difference vanishes at
    `absorber.limit_critical_drive`.

    Raises:
        checks.ParameterError: drive <= 0 or >= 1/sqrt(2).
    """
    r = _spread(drive)
    return OfPhases(float(2 * (np.arctanh(r) - r)), float(1 - r + np.log1p((r - 1) / 2)))


def log_rates(model: Model, drive: float) -> OfPhases:
    """ln Gamma_out(rho_+) and ln Gamma_out(rho_-) for N -> infinity; with g = gamma_s / gamma_c and n = N (1 - r) / 2,

        Gamma_out(rho_+) = gamma_s r / (pi (1 - r)) e^(-2r) [(1 - r)/(1 + r)]^(1 + 2g) exp(-N barrier_+),
        Gamma_out(rho_-) = gamma_s N sqrt(r) e^(1 - r) [n^g / Gamma(1 + g)]^2 exp(-N barrier_-).

    The relative corrections are of order 1/N once the barrier in s, of width about 1/sqrt(N), lies clear of s = w.

    Args:
        model: gamma_c > 0, gamma_s > 0; the rates come in its unit.
        drive: Omega / Omega_c between 0 and 1/sqrt(2).

    Raises:
        checks.ParameterError: an argument is out of range.
    """
    r, exponents = _spread(drive), barriers(drive)
    _require_rates(model)
    g, n = model.gamma_s / model.gamma_c, model.n_atoms * (1 - r) / 2
    scale = np.log(model.gamma_s)
    plus = np.log(r / (np.pi * (1 - r))) - 2 * r + (1 + 2 * g) * np.log((1 - r) / (1 + r))
    minus = np.log(model.n_atoms) + np.log(r) / 2 + 1 - r + 2 * (g * np.log(n) - gammaln(1 + g))
    return OfPhases(
        float(scale + plus - model.n_atoms * exponents.plus), float(scale + minus - model.n_atoms * exponents.minus)
    )


def log_gap(model: Model, drive: float) -> float:
    """ln lambda_1 = ln(Gamma_out(rho_+) + Gamma_out(rho_-)) by `log_rates`, with its arguments and errors."""
    return float(np.logaddexp(*log_rates(model, drive)))


def pair_chain_log_gap(model: Model, rabi_frequency: float) -> float:
    """ln of the gap of the birth-death chain k -> k - 1 at gamma_s k, k -> k + 1 at 8 Omega^2 gamma_s n / (gamma_c n +
    gamma_s)^2 with n = N - k, whose stationary distribution is p_k: detailed balance with `absorber.pair_distribution`.

    Args:
        model: gamma_c > 0, gamma_s > 0; time and memory grow as N^3 and N^2.
        rabi_frequency: Omega > 0, unit of the rates.

    Raises:
        checks.ParameterError: an argument is out of range.
    """
    _require_rates(model)
    checks.real("rabi_frequency", rabi_frequency, 0.0, exclusive=True)
    log_weight = absorber.pair_distribution(model, rabi_frequency).log_weight
    hops = np.log(model.gamma_s * np.arange(1, model.n_atoms + 1))
    return birth_death_log_gap(log_weight, log_weight[1:] + hops)


def log_weights(model: Model, rabi_frequency: float) -> OfPhases | None:
    """ln of the weights of rho_+ and rho_- in the steady state, p_k summed up to the barrier and above it.

    None if p_k has one maximum. With them Gamma_out(rho_+-) = lambda_1 weight_-+, since the flows balance.

    Raises:
        checks.ParameterError: rabi_frequency is negative or not finite.
    """
    pairs = absorber.pair_distribution(model, rabi_frequency)
    if absorber.barrier(pairs) is None:
        return None
    parts = absorber.restricted(pairs)
    return OfPhases(parts.log_weight_plus, parts.log_weight_minus)


def _require_rates(model: Model) -> None:
    checks.real("gamma_c", model.gamma_c, 0.0, exclusive=True)
    checks.real("gamma_s", model.gamma_s, 0.0, exclusive=True)
