"""A sweep of the drive as a walk in j: the limit gamma_s << N gamma_c, to N in the hundreds.

Every spin j is in its own driven Dicke steady state at all times and walks at the rates of `adiabatic_chain`; within a
stretch of constant drive its probabilities are p(t) = exp(W t) p(0) with the chain's matrix W.
"""

import numpy as np
from scipy.linalg import expm

from driven_dicke.model import checks
from driven_dicke.model.dicke_basis import FloatArray
from driven_dicke.model.drive_schedule import DriveSchedule
from driven_dicke.model.parameters import Model
from driven_dicke.switching.adiabatic_chain import AdiabaticChain, adiabatic_chain, dicke_populations

_PROBABILITY_LIMIT = 1e-9


def follow_chain(model: Model, schedule: DriveSchedule, ends: FloatArray) -> FloatArray:
    """<S_z> in the middle of every stretch of `schedule`, from the chain's stationary state, shape (n_stretches,).

    Args:
        model: n_atoms >= 2, gamma_c > 0, gamma_s > 0.
        schedule: Omega(t) > 0, unit of the rates.
        ends: when each stretch of the schedule ends, shape (n_stretches,).

    Raises:
        checks.ParameterError: an argument is out of range.
        checks.CertificateError: a probability becomes negative, or their sum is not 1, by more than 1e-9.
    """
    chains = {omega: adiabatic_chain(model, omega) for omega in set(schedule.rabi_frequencies)}
    magnetisations = {omega: _magnetisation(model, omega) for omega in chains}
    probability = np.exp(chains[schedule.rabi_frequencies[0]].log_weight)
    s_z = []
    for omega, duration in zip(schedule.rabi_frequencies, np.diff(ends, prepend=0.0), strict=True):
        half = expm(_matrix(chains[omega]) * duration / 2)
        middle = half @ probability
        s_z.append(magnetisations[omega] @ middle)
        probability = half @ middle
    error = max(-float(probability.min()), abs(float(probability.sum()) - 1))
    if not error <= _PROBABILITY_LIMIT:
        raise checks.CertificateError(f"the chain has lost its probabilities by {error:.1e} > {_PROBABILITY_LIMIT:g}")
    return np.array(s_z)


def _matrix(chain: AdiabaticChain) -> FloatArray:
    """W of dp/dt = W p, j falling."""
    return np.diag(-(chain.up + chain.down)) + np.diag(chain.down[:-1], -1) + np.diag(chain.up[1:], 1)


def _magnetisation(model: Model, rabi_frequency: float) -> FloatArray:
    """<S_z> of the driven Dicke steady state of every j, shape (N // 2 + 1,)."""
    populations = dicke_populations(model.n_atoms, 2 * rabi_frequency / model.gamma_c)
    return np.array([p @ (np.arange(p.size) - (p.size - 1) / 2) for p in populations])
