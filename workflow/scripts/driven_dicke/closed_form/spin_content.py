"""Which spins a state of the absorber holds, and how near each of them is to its own CRSS.

In the real frame the block M_j of `absorber.blocks` factorises but for one function of a + b. With the CRSS amplitudes
psi_a ~ alpha^a sqrt((2j-a)! / a!) of spin j, alpha = -2 Omega / gamma_c (`crss.coefficients`),

    M_j[a, b] ~ psi_a psi_b R(a + b),    R(s) ~ Gamma(2j - s + 1 + g) / (2j - s)!,    g = gamma_s / gamma_c,

in the whole steady state; a restriction sets R to 0 beyond its ends. At g -> 0, R = 1: spin j is in its CRSS (cut off
at a + b <= 2j: the driven Dicke state). With q_a = psi_a^2 and averages over q, overlap and weight are

    <psi_j| rho_j |psi_j> / tr rho_j = <<R>_a^2>_b / <R^2>_ab,    tr rho_j ~ d_j (sum_a alpha^2a (2j-a)!/a!)^2 <R^2>,

sums of positive terms. For large N, R is a power of 2j - s that is smooth over the width of q: `PlusLimit`.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike
from scipy.special import gammaln

from driven_dicke.closed_form.absorber import PairDistribution, mean_field_pair_fractions
from driven_dicke.model import checks, crss
from driven_dicke.model.dicke_basis import Blocks, FloatArray, IntArray, doubled_spins, log_degeneracy
from driven_dicke.model.observables import spin_weights
from driven_dicke.model.parameters import Model


@dataclass(frozen=True, eq=False)
class SpinContent:
    """Weight of every spin j in a state, and its likeness to the CRSS; every array (N // 2 + 1,), j falling from N/2.

    Attributes:
        doubled_spins: 2j.
        weight: tr rho_j, all copies together.
        crss_fidelity: root fidelity of rho_j / tr rho_j with the CRSS of spin j and the same alpha; nan without weight.
    """

    doubled_spins: IntArray
    weight: FloatArray
    crss_fidelity: FloatArray

    @property
    def largest_spin_fidelity(self) -> float:
        """Root fidelity of the whole state with the CRSS of spin N/2, as `crss.fidelity`; 0 without such weight."""
        return float(np.sqrt(self.weight[0]) * self.crss_fidelity[0]) if self.weight[0] > 0 else 0.0

    @property
    def own_spin_fidelity(self) -> float:
        """sum_j w_j F_j: root fidelity of the whole state with the mixture of every spin's CRSS at the same weights."""
        return float(np.nansum(self.weight * self.crss_fidelity))

    @property
    def own_spin_infidelity(self) -> float:
        """1 - sum_j w_j F_j^2: probability not to find the CRSS of whatever spin there is."""
        with_weight = self.weight > 0
        return float(self.weight[with_weight] @ (1 - self.crss_fidelity[with_weight] ** 2))

    @property
    def mean(self) -> float:
        """<2j> / N."""
        return float(self.weight @ self.doubled_spins / self.doubled_spins[0])

    @property
    def spread(self) -> float:
        """Standard deviation of 2j, divided by N."""
        distance = self.doubled_spins / self.doubled_spins[0] - self.mean
        return float(np.sqrt(self.weight @ distance**2))


def content_of_blocks(blocks: Blocks, model: Model, rabi_frequency: float) -> SpinContent:
    """Spin content of any state given as weighted blocks, from `crss.fidelity_by_spin`, with its errors."""
    fidelity = crss.fidelity_by_spin(blocks, model, rabi_frequency)
    return SpinContent(doubled_spins(model.n_atoms), spin_weights(blocks), fidelity)


def spin_content(pairs: PairDistribution) -> SpinContent:
    """Spin content of the absorber state `pairs`, whole or restricted, without its blocks.

    O(N^3) multiplications and O(N) memory: 0.2 s at N = 1000, where the blocks would fill 1.3 GB.

    Raises:
        checks.ParameterError: gamma_c = 0 or Omega = 0, where no CRSS is driven.
    """
    n_atoms = pairs.model.n_atoms
    amplitude = -crss.amplitude(pairs.model, pairs.rabi_frequency)
    log_amplitude = float(np.log(checks.real("rabi_frequency", amplitude, 0.0, exclusive=True)))
    k = np.arange(n_atoms + 1)
    log_factorial = gammaln(k + 1.0)
    log_binomial = log_factorial[-1] - log_factorial - log_factorial[::-1]
    log_c = (pairs.log_weight - k * np.log(2) - log_binomial) / 2
    spins, log_copies = doubled_spins(n_atoms), log_degeneracy(n_atoms)
    log_weight, fidelity = np.full(spins.size, -np.inf), np.full(spins.size, np.nan)
    for lowered, spin in enumerate(spins):
        a, falling = k[: spin + 1], log_factorial[spin::-1]
        logs = 2 * a * log_amplitude + falling - log_factorial[a]
        log_r = log_c[2 * lowered + a] - a * log_amplitude - falling
        highest, r_highest = logs.max(), log_r.max()
        if r_highest == -np.inf:  # the restriction leaves nothing
            continue
        q, r = np.exp(logs - highest), np.exp(log_r - r_highest)
        total = q.sum()
        q /= total
        square = np.convolve(q, q)[: spin + 1] @ r**2
        if square == 0:
            continue
        inner = np.convolve(r[::-1], q)[spin::-1]  # sum_a q_a R(a + b)
        fidelity[lowered] = np.sqrt(q @ inner**2 / square)
        log_weight[lowered] = log_copies[lowered] + 2 * (highest + np.log(total) + r_highest) + np.log(square)
    weight = np.exp(log_weight)
    fidelity[weight == 0] = np.nan
    return SpinContent(spins, weight, fidelity)


@dataclass(frozen=True)
class PlusLimit:
    """rho_+ for N -> infinity at 0 < Omega < Omega_c / sqrt 2: a mixture of CRSS of spins near |s| N/2.

    With w = 2 |alpha| / N (which tends to Omega / Omega_c), the lower branch z = -s_z = (1 + sqrt(1 - 2 w^2)) / 2 of
    Eq. (3) and q = sqrt(1 - w^2), its value for spin N/2,

        ln tr rho_j / N -> 2 [u arcosh(u/w) - sqrt(u^2 - w^2)] - [(1+u) ln(1+u) + (1-u) ln(1-u)] / 2 + const, u = 2j/N.

    The maximum is the mean field's |s|, where (u + z)^2 (1 - u) = (u - z)^2 (1 + u); the distance to u = 1 is `rate`.

    Args:
        model: rates and number of atoms.
        rabi_frequency: Omega > 0, unit of the rates.

    Raises:
        checks.ParameterError: gamma_c = 0, Omega = 0, or 2 |alpha| / N reaches 1 / sqrt 2, where rho_+ ends.
    """

    model: Model
    rabi_frequency: float

    def __post_init__(self) -> None:
        drive = checks.real("rabi_frequency", self.drive, 0.0, exclusive=True)
        if drive >= np.sqrt(0.5):
            raise checks.ParameterError(
                f"argument rabi_frequency must give 2 |alpha| / N < 1/sqrt(2), where rho_+ ends, but gives {drive!r}"
            )

    @property
    def drive(self) -> float:
        """w = 2 |alpha| / N."""
        return -2 * crss.amplitude(self.model, self.rabi_frequency) / self.model.n_atoms

    @property
    def s_z(self) -> float:
        """z = |s_z| of the lower branch, per atom, in units of 1/2."""
        return 1 - mean_field_pair_fractions(self.drive)[0]

    @property
    def length(self) -> float:
        """|s| = sqrt(z (2 - z)): where 2j/N concentrates."""
        return float(np.sqrt(self.s_z * (2 - self.s_z)))

    @property
    def spread(self) -> float:
        """Standard deviation of 2j/N, 1 / sqrt(N [1/(1-z)^2 - 2/z]); it diverges where the bistable region ends."""
        return float(1 / np.sqrt(self.model.n_atoms * (1 / (1 - self.s_z) ** 2 - 2 / self.s_z)))

    @property
    def rate(self) -> float:
        """I = ln z + 2 (q - z) - 2 ln((1 + q) / 2), about w^4/16: -ln of the weight of j = N/2, per atom."""
        q = np.sqrt(1 - self.drive**2)
        return float(np.log(self.s_z) + 2 * (q - self.s_z) - 2 * np.log((1 + q) / 2))

    @property
    def largest_spin_fidelity(self) -> float:
        """sqrt(P) exp(-N I / 2), root fidelity with the CRSS of spin N/2, by Stirling's formula and saddle points.

        P = (1 + q)^2 (q/z)^2g sqrt(1 - 2 (1-z)^2 / z) / (4 q |s|), g = gamma_s / gamma_c; relative error O(1/N).
        """
        z, q = self.s_z, np.sqrt(1 - self.drive**2)
        exponent = 2 * self.model.gamma_s / self.model.gamma_c
        prefactor = (1 + q) ** 2 * (q / z) ** exponent * np.sqrt(1 - 2 * (1 - z) ** 2 / z) / (4 * q * self.length)
        return float(np.sqrt(prefactor) * np.exp(-self.model.n_atoms * self.rate / 2))

    @property
    def own_spin_infidelity(self) -> float:
        """`own_spin_infidelity_law` at 2j/N = |s|, (g^2 w^2) / (4 N z^3)."""
        return float(own_spin_infidelity_law(self.model, self.rabi_frequency, self.length))


def own_spin_infidelity_law(model: Model, rabi_frequency: float, relative_spin: ArrayLike) -> FloatArray:
    """1 - F_j^2 = g^2 w^2 / (4 N (u^2 - w^2)^(3/2)), u = 2j/N, w = 2 |alpha| / N, g = gamma_s / gamma_c, for large N.

    R ~ (2j - s)^g shifts the mean of a by g alpha^2 / (4 m^2), m = -sqrt(j^2 - alpha^2), where its variance is
    alpha^2 / (2 |m|); the impurity that R causes is of order N^-2.

    Args:
        model: gamma_c > 0.
        rabi_frequency: Omega >= 0, unit of the rates.
        relative_spin: u, any shape.

    Returns:
        1 - F_j^2, shape as `relative_spin`; nan for u <= w, spins too short for the drive.
    """
    u = np.asarray(relative_spin, dtype=float)
    w = -2 * crss.amplitude(model, rabi_frequency) / model.n_atoms
    m_squared = np.where(u > w, u**2 - w**2, np.nan)
    return np.asarray((model.gamma_s / model.gamma_c * w) ** 2 / (4 * model.n_atoms * m_squared**1.5))
