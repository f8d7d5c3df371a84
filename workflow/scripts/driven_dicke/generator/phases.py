"""The two phases: rho_1 = rho_+ - rho_- split into its positive and negative part, and their weights in rho_s, Eq. (5).

(F. Minganti et al., Phys. Rev. A 98, 042118, for the construction.)
"""

from dataclasses import dataclass

import numpy as np

from driven_dicke.generator.spectrum import slow_modes
from driven_dicke.model import checks
from driven_dicke.model.dicke_basis import Blocks, FloatArray, log_degeneracy
from driven_dicke.model.parameters import Model


@dataclass(frozen=True)
class Phases:
    """rho_s ~ a_+ rho_+ + a_- rho_-; rho_+ is the phase of larger <S^2>.

    Attributes:
        plus, minus, steady: weighted blocks of rho_+, rho_- and rho_s, each of trace 1.
        gap: lambda_1 > 0, unit of the rates.
        a_plus, a_minus: tr(rho_s rho_+-) / tr(rho_+-^2) with products of the weighted blocks, as PIQS stores them: the
            convention of the paper's numbers.
        a_plus_physical, a_minus_physical: the same with the trace over the 2^N states, where the d_j copies of spin j
            count once each.
    """

    plus: Blocks
    minus: Blocks
    steady: Blocks
    gap: float
    a_plus: float
    a_minus: float
    a_plus_physical: float
    a_minus_physical: float

    @property
    def error(self) -> float:
        """|1 - a_+ - a_-|, the measure of Fig. 12(c)."""
        return abs(1 - self.a_plus - self.a_minus)

    @property
    def error_physical(self) -> float:
        """|1 - a_+ - a_-| with the physical weights."""
        return abs(1 - self.a_plus_physical - self.a_minus_physical)


def decompose(model: Model, rabi_frequency: float) -> Phases:
    """The two phases at Rabi frequency Omega >= 0 (unit of the rates); meaningful where the gap is small.

    They are parts of the slowest mode that does not oscillate: rho_1 wherever they mean something.

    Raises:
        checks.ParameterError: an argument is out of range (n_atoms >= 2, gamma_s > 0), or the five slowest modes
            oscillate: there are no two phases.
        checks.CertificateError: the modes fail their certificate.
    """
    modes = slow_modes(model, rabi_frequency, count=2)
    if not modes.real_modes.size:  # the nearest one oscillates, as it may where there are no two phases
        modes = slow_modes(model, rabi_frequency, count=5)
    if not modes.real_modes.size:
        raise checks.ParameterError(
            f"N = {model.n_atoms} has no two phases at Omega = {rabi_frequency:g}: every slow mode oscillates"
        )
    mode = int(modes.real_modes[0])
    steady = modes.blocks(0)
    plus, minus = _positive_and_negative_part(modes.blocks(mode))
    one_copy = np.exp(-log_degeneracy(model.n_atoms))
    every_copy = np.ones_like(one_copy)
    return Phases(
        plus=plus,
        minus=minus,
        steady=steady,
        gap=-float(modes.eigenvalues[mode].real),
        a_plus=_weight(steady, plus, every_copy),
        a_minus=_weight(steady, minus, every_copy),
        a_plus_physical=_weight(steady, plus, one_copy),
        a_minus_physical=_weight(steady, minus, one_copy),
    )


def _positive_and_negative_part(mode: Blocks) -> tuple[Blocks, Blocks]:
    """rho_+ and rho_-, both of trace 1; `slow_modes` gives rho_1 the sign with which rho_+ has the larger <S^2>."""
    plus, minus = [], []
    for block in mode:
        values, vectors = np.linalg.eigh(block)
        plus.append((vectors * np.maximum(values, 0)) @ vectors.T)
        minus.append((vectors * np.maximum(-values, 0)) @ vectors.T)
    return _of_unit_trace(plus), _of_unit_trace(minus)


def _of_unit_trace(blocks: Blocks) -> Blocks:
    trace = sum(float(np.trace(block)) for block in blocks)
    # (V D) V^T rounds its two triangles differently; every state of this library is exactly symmetric.
    return [(block + block.T) / (2 * trace) for block in blocks]


def _weight(state: Blocks, phase: Blocks, factors: FloatArray) -> float:
    """sum_j f_j tr(state_j phase_j) / sum_j f_j tr(phase_j^2)."""
    overlap = sum(f * np.vdot(a, b) for f, a, b in zip(factors, state, phase, strict=True))
    purity = sum(f * np.vdot(b, b) for f, b in zip(factors, phase, strict=True))
    return float(overlap / purity)
