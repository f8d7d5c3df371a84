"""Switching as a random walk in j: the limit gamma_s << N gamma_c of Eq. (1), to N in the thousands.

Between two individual decays a spin j relaxes to its own driven Dicke steady state (R. R. Puri and S. V. Lawande,
Phys. Lett. A 72, 200, 1979),

    rho_j ~ (1 - S_- / alpha)^-1 (1 - S_+ / alpha*)^-1,    alpha = -2i Omega / gamma_c,

and individual decay then moves j by one, at rates that are the expectation values of the squared amplitudes of
`operators.individual_decay`. This birth-death chain has N // 2 + 1 states. Its slowest rate approaches the Liouvillian
gap for gamma_s -> 0 (at gamma_c = 10 gamma_s and N = 64 it is 0.71 of it) and shows how the gap scales where the gap
itself is out of reach.
"""

from dataclasses import dataclass

import numpy as np
from scipy.linalg import eigh

from driven_dicke.model import checks, operators
from driven_dicke.model.dicke_basis import FloatArray, IntArray, doubled_spins
from driven_dicke.model.parameters import Model


@dataclass(frozen=True)
class AdiabaticChain:
    """The chain's rates and what follows from them; every array has shape (N // 2 + 1,), j falling from N/2.

    Attributes:
        doubled_spins: 2j.
        up, down: rates of j -> j + 1 and j -> j - 1, unit of the rates.
        log_weight: ln of the stationary probability of j.
        log_gap: ln of the slowest relaxation rate; it is accurate to about 1e-12 however small the gap.
    """

    doubled_spins: IntArray
    up: FloatArray
    down: FloatArray
    log_weight: FloatArray
    log_gap: float

    @property
    def gap(self) -> float:
        """The slowest relaxation rate, unit of the rates; 0 only if it is below 1e-308."""
        return float(np.exp(self.log_gap))


def adiabatic_chain(model: Model, rabi_frequency: float) -> AdiabaticChain:
    """Rates, stationary distribution and gap of the chain.

    Args:
        model: n_atoms >= 2, gamma_c > 0, gamma_s > 0.
        rabi_frequency: Omega > 0, unit of the rates.

    Raises:
        checks.ParameterError: an argument is out of range.
    """
    checks.integer("n_atoms", model.n_atoms, 2)
    checks.real("gamma_c", model.gamma_c, 0.0, exclusive=True)
    checks.real("gamma_s", model.gamma_s, 0.0, exclusive=True)
    checks.real("rabi_frequency", rabi_frequency, 0.0, exclusive=True)
    spins = doubled_spins(model.n_atoms)
    up, down = np.zeros(spins.size), np.zeros(spins.size)
    for number, (spin, populations) in enumerate(
        zip(spins, dicke_populations(model.n_atoms, 2 * rabi_frequency / model.gamma_c), strict=True)
    ):
        decay = operators.individual_decay(model.n_atoms, int(spin))
        up[number] = model.gamma_s * populations @ decay.upper**2
        down[number] = model.gamma_s * populations @ decay.lower**2
    # Detailed balance across every bond between neighbouring spins.
    log_weight = np.concatenate([[0.0], np.cumsum(np.log(down[:-1]) - np.log(up[1:]))])
    log_weight -= np.logaddexp.reduce(log_weight)
    return AdiabaticChain(
        spins, up, down, log_weight, birth_death_log_gap(log_weight, log_weight[:-1] + np.log(down[:-1]))
    )


def dicke_populations(n_atoms: int, amplitude: float) -> list[FloatArray]:
    """<j, m| rho_j |j, m> of the driven Dicke steady state of every spin j, each of shape (2j+1,), m rising.

    The inverse of 1 - S_-/alpha is a sum of powers, so that the diagonal of rho_j obeys

        p_m = 1 + |r_m / alpha|^2 p_{m+1},    r_m = <m+1| S_+ |m>,

    from the top down: positive terms only. `amplitude` is |alpha| > 0.
    """
    spins = doubled_spins(n_atoms)
    log_populations = np.zeros((n_atoms + 1, spins.size))  # row: steps below the top
    for holes in range(1, n_atoms + 1):
        squared = np.maximum(spins - holes + 1, 0) * holes / amplitude**2
        with np.errstate(divide="ignore"):
            log_populations[holes] = np.logaddexp(0.0, np.log(squared) + log_populations[holes - 1])
    populations = []
    for number, spin in enumerate(spins):
        logs = log_populations[spin::-1, number]
        populations.append(np.exp(logs - np.logaddexp.reduce(logs)))
    return populations


def birth_death_log_gap(log_weight: FloatArray, log_flow: FloatArray) -> float:
    """ln of the smallest non-zero rate of a reversible birth-death chain, to full relative accuracy.

    With C_k the probability of the first k + 1 states and w_k = weight times rate across bond k, the inverses of the
    rates are the eigenvalues of the positive matrix C_min(k,l) (1 - C_max(k,l)) / sqrt(w_k w_l) over the bonds, where
    nothing cancels.

    Args:
        log_weight: shape (n_states,), normalised.
        log_flow: ln w_k, shape (n_states - 1,).
    """
    below = np.logaddexp.accumulate(log_weight)[:-1]
    above = np.logaddexp.accumulate(log_weight[::-1])[::-1][1:]
    bond = np.arange(log_flow.size)
    logs = below[np.minimum.outer(bond, bond)] + above[np.maximum.outer(bond, bond)]
    logs -= np.add.outer(log_flow, log_flow) / 2
    largest = float(logs.max())
    top = eigh(np.exp(logs - largest), eigvals_only=True, subset_by_index=[bond.size - 1, bond.size - 1])[0]
    return -(largest + float(np.log(top)))
