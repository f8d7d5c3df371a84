"""Expectation values, spin squeezing and magnetisation of a state given as weighted blocks.

All formulas are in the real frame of `dicke_basis`: <S_y'> = 0 and every covariance with S_y' vanishes, because S_y'
is imaginary and rho is real.
"""

from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
from numpy.typing import ArrayLike

from driven_dicke.model import checks
from driven_dicke.model.dicke_basis import Blocks, FloatArray, degeneracy, doubled_spins
from driven_dicke.model.operators import magnetization, raising_elements


@dataclass(frozen=True)
class Observables:
    """Expectation values of one state, without units.

    Args:
        s_z: <S_z>.
        s_squared: <S^2>.
        intensity: <S_+ S_->, collectively radiated intensity per gamma_c.
        g2: g2(0), see `second_order_coherence`; nan for a state that radiates nothing (0/0).
        xi2: spin-squeezing parameter of Wineland et al., see `spin_squeezing`; inf where the mean spin vanishes.
        s_minus: |<S_->|, which is <S_y> in the paper's axes.
    """

    s_z: float
    s_squared: float
    intensity: float
    g2: float
    xi2: float
    s_minus: float


class SpinMoments(NamedTuple):
    """First and second moments of the collective spin (S_x, S_y, S_z) in the frame of `dicke_basis`."""

    mean: FloatArray  # shape (3,)
    covariance: FloatArray  # symmetrised, shape (3, 3)


def spin_squeezing(n_atoms: int, mean: FloatArray, covariance: FloatArray) -> float:
    """xi^2 = N min_phi Var[S_phi] / |<S>|^2 over the directions phi perpendicular to the mean spin (Sec. III B).

    Wineland et al., PRA 50, 67 (1994). In the real frame the two directions e_phi = y' and e_theta (in the plane of
    z and the mean spin) are the principal axes, so that the minimum is the smaller of two variances.

    Args:
        n_atoms: number of atoms N.
        mean: <(S_x, S_y, S_z)>, shape (3,).
        covariance: symmetrised covariance of (S_x, S_y, S_z), shape (3, 3).

    Returns:
        xi^2, or inf if the mean spin is exactly 0.
    """
    length, transverse = np.linalg.norm(mean), np.hypot(mean[0], mean[1])
    if length == 0:
        return float(np.inf)
    cos_phi, sin_phi = mean[:2] / transverse if transverse > 0 else (1.0, 0.0)
    cos_theta, sin_theta = mean[2] / length, transverse / length
    plane = np.array([[-sin_phi, cos_phi, 0.0], [cos_theta * cos_phi, cos_theta * sin_phi, -sin_theta]])
    variance = np.linalg.eigvalsh(plane @ covariance @ plane.T)[0]
    return float(n_atoms * (variance / length) / length)


def second_order_coherence(intensity: ArrayLike, pairs: ArrayLike, rounding: float = 0.0) -> FloatArray:
    """g2(0) = <S_+ S_+ S_- S_-> / <S_+ S_->^2 of one state or many; the one definition of every route.

    NaN where the state radiates nothing: 0/0 has no value of its own. Only the steady state of `absorber` has one
    without a drive, its limit for Omega -> 0, because there the state's neighbours are known.

    Args:
        intensity: <S_+ S_-> >= 0, any shape.
        pairs: <S_+ S_+ S_- S_->, same shape.
        rounding: an intensity up to it is rounding of the state, whose true intensity is 0.
    """
    light, twice = np.asarray(intensity, dtype=float), np.asarray(pairs, dtype=float)
    square = light**2
    bright = (light > rounding) & (square > 0)  # a square that underflows is no light either
    return np.where(bright, twice / np.where(bright, square, 1.0), np.nan)


def number_of_atoms(blocks: Blocks) -> int:
    """N of a list of blocks (2j+1, 2j+1), j falling from N/2.

    Raises:
        checks.ParameterError: the shapes are not those of one N.
    """
    shapes = [block.shape for block in blocks]
    n_atoms = shapes[0][0] - 1 if shapes and shapes[0] else 0
    if n_atoms < 1 or shapes != [(int(d) + 1, int(d) + 1) for d in doubled_spins(n_atoms)]:
        raise checks.ParameterError(
            f"argument blocks must be arrays (2j+1, 2j+1) with j = N/2, N/2 - 1 ... >= 0, but its shapes are {shapes}"
        )
    return n_atoms


def spin_weights(blocks: Blocks) -> FloatArray:
    """Weight tr rho_j of every spin j, all copies together, j falling from N/2, shape (N // 2 + 1,)."""
    return np.array([np.trace(block) for block in blocks])


def trace(blocks: Blocks) -> float:
    """tr rho, 1 for a state."""
    return float(spin_weights(blocks).sum())


def expectation(blocks: Blocks) -> Observables:
    """Expectation values of the state `blocks`.

    Raises:
        checks.ParameterError: the shapes are not those of one N, an element has an imaginary part, or
            |tr rho - 1| > 1e-8.
    """
    sums = _sums(blocks)
    n_atoms, mean, covariance = number_of_atoms(blocks), *_spin_moments(sums)
    vanishes = np.linalg.norm(mean) <= n_atoms * np.finfo(float).eps  # rounding of the sums
    return Observables(
        s_z=float(sums.s_z),
        s_squared=float(sums.s_squared),
        intensity=float(sums.intensity),
        g2=float(second_order_coherence(sums.intensity, sums.pairs)),
        xi2=float(np.inf) if vanishes else spin_squeezing(n_atoms, mean, covariance),
        s_minus=float(abs(sums.s_minus)),
    )


def spin_moments(blocks: Blocks) -> SpinMoments:
    """Mean and covariance of the collective spin in the state `blocks`; errors as `expectation`."""
    return _spin_moments(_sums(blocks))


class _Sums(NamedTuple):
    s_squared: float
    s_z: float
    s_z_squared: float
    intensity: float
    pairs: float
    s_minus: float
    s_minus_squared: float
    z_minus: float  # <S_z S_->
    minus_z: float  # <S_- S_z>


def _sums(blocks: Blocks) -> _Sums:
    n_atoms = number_of_atoms(blocks)
    if any(np.iscomplexobj(block) for block in blocks):
        blocks = checks.real_blocks("blocks", blocks)
    if not abs(trace(blocks) - 1) <= 1e-8:
        raise checks.ParameterError(f"argument blocks must have trace 1, but its trace is {trace(blocks)!r}")
    sums = np.zeros(9)
    for doubled_spin, block in zip(doubled_spins(n_atoms), blocks, strict=True):
        m, raising, j = magnetization(doubled_spin), raising_elements(doubled_spin), doubled_spin / 2
        population = np.diagonal(block)
        lowered = raising * np.diagonal(block, -1)  # <m|S_-|m+1> rho[m+1, m]
        twice = raising[:-1] * raising[1:]
        sums += (
            population.sum() * j * (j + 1),
            population @ m,
            population @ m**2,
            population[1:] @ raising**2,
            population[2:] @ twice**2,
            lowered.sum(),
            twice @ np.diagonal(block, -2),
            lowered @ m[:-1],
            lowered @ m[1:],
        )
    return _Sums(*sums)


def _spin_moments(sums: _Sums) -> SpinMoments:
    planar = sums.intensity - sums.s_z  # <S_x'^2 + S_y'^2>
    covariance = np.zeros((3, 3))
    covariance[0, 0] = (planar + sums.s_minus_squared) / 2 - sums.s_minus**2
    covariance[1, 1] = (planar - sums.s_minus_squared) / 2
    covariance[2, 2] = sums.s_z_squared - sums.s_z**2
    covariance[0, 2] = covariance[2, 0] = (sums.z_minus + sums.minus_z) / 2 - sums.s_minus * sums.s_z
    return SpinMoments(np.array([sums.s_minus, 0.0, sums.s_z]), covariance)


def magnetization_distribution(blocks: Blocks) -> tuple[FloatArray, FloatArray]:
    """P_m = sum_j <j, m| rho |j, m> (Sec. III B) as (m, P_m), both of shape (N+1,), m rising from -N/2.

    Linear in the blocks, which therefore need not have trace 1.
    """
    n_atoms = number_of_atoms(blocks)
    probability = np.zeros(n_atoms + 1)
    for lowest, block in enumerate(blocks):  # m = -j is number N/2 - j of all m
        probability[lowest : lowest + len(block)] += np.diagonal(block)
    return magnetization(n_atoms), probability


def totally_mixed_blocks(n_atoms: int) -> Blocks:
    """rho = 1 / 2^N, Eq. (D2): (d_j / 2^N) times the identity in every block."""
    return [
        np.eye(int(doubled_spin) + 1) * (degeneracy(n_atoms, int(doubled_spin)) / 2**n_atoms)
        for doubled_spin in doubled_spins(n_atoms)
    ]


def totally_mixed(n_atoms: int) -> Observables:
    """Expectation values of rho = 1 / 2^N, Eqs. (D3a)-(D3e): <S^2> = 3N/4, <S_+S_-> = N/2, g2 = 2 (1 - 1/N)."""
    n = checks.integer("n_atoms", n_atoms, 1)
    return Observables(s_z=0.0, s_squared=0.75 * n, intensity=n / 2, g2=2 * (1 - 1 / n), xi2=float(np.inf), s_minus=0.0)
