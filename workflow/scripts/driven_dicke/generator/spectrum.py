"""Slow modes of the generator, L rho_k = lambda_k rho_k, by a preconditioned Davidson iteration.

0 = lambda_0 > Re lambda_1 >= ...: rho_0 is the steady state, and the Liouvillian gap is -Re lambda_1 (the paper's
lambda_1, whose L has the opposite sign): the slowest decay, whether that mode oscillates or not (`oscillations`).

It is the gap of real symmetric, permutation-invariant states, those that relax from all atoms down or from any other
state that treats all atoms alike. Other modes can be slower: those of the antisymmetric sector (i times an
antisymmetric real matrix) at small gamma_c, and at any rates those that tell atoms apart. At N = 4, 0.5 Omega_c and
gamma_c = 10 gamma_s the full gap on 2^N states is 0.635 gamma_s beside 0.852 gamma_s here; without a drive it is
gamma_s / 2 beside gamma_s for every N >= 2. No permutation-symmetric observable sees them.
Nothing is special about an odd number of atoms: the last block then has j = 1/2.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from driven_dicke.generator import liouvillian
from driven_dicke.generator.davidson import nearest_eigenpairs
from driven_dicke.generator.oscillations import slower_pair
from driven_dicke.generator.preconditioner import SpinPreconditioner
from driven_dicke.model import checks, operators
from driven_dicke.model.dicke_basis import Blocks, FloatArray, IntArray, SymmetricCoordinates
from driven_dicke.model.parameters import Model

# Distance of the shift from zero, to the right of the whole spectrum, in units of gamma_s: L - shift is never singular.
_SHIFT = 0.01
_RESIDUAL_LIMIT = 1e-12
_MIXING_LIMIT = 1e-3
_ZERO_LIMIT = 1e-13
_SMALLEST_WEIGHT = 1e-6
_SAME_MODE = 1e-8  # relative distance of two eigenvalues that are one


@dataclass(frozen=True)
class SlowModes:
    """The modes whose eigenvalues are nearest to zero, and a slower pair if there is one; real parts fall.

    Attributes:
        coordinates: layout of the vectors.
        eigenvalues: lambda_k, unit of the rates, shape (count,), or more with the pair.
        vectors: rho_k on `coordinates`, shape (size, count). rho_0 has trace 1; every other one has ||rho_k||_1 = 1 and
            tr(S^2 rho_k) real and positive, which fixes its sign.
        residuals: ||L rho_k - lambda_k rho_k||_1 / (||L||_1 ||rho_k||_1), shape (count,).
        trace_errors: |tr rho_k| / ||rho_k||_1 for k >= 1, shape (count - 1,). Exactly 0 in theory; since tr L rho = 0,
            it is (trace of the residual) / lambda_k and shows how far rounding has mixed rho_0 into rho_k. The relative
            error of lambda_1 is some 13 times as large (N = 128 to 200 at 0.61 Omega_c, beside `gap_from_flow`).
        search: how it is known that no oscillating mode is slower than lambda_1, see `oscillations`.
    """

    coordinates: SymmetricCoordinates
    eigenvalues: NDArray[np.complex128]
    vectors: NDArray[np.complex128]
    residuals: FloatArray
    trace_errors: FloatArray
    search: str

    @property
    def gap(self) -> float:
        """Liouvillian gap -Re lambda_1 > 0, unit of the rates."""
        return -float(self.eigenvalues[1].real)

    @property
    def real_modes(self) -> IntArray:
        """Numbers of the modes behind the steady state that do not oscillate, slowest first."""
        return 1 + np.flatnonzero(self.eigenvalues[1:].imag == 0)

    def blocks(self, mode: int) -> Blocks:
        """Mode rho_k as real symmetric weighted blocks.

        Raises:
            checks.CertificateError: lambda_k is one of a complex pair, so that rho_k is not Hermitian.
        """
        if self.eigenvalues[mode].imag != 0:
            raise checks.CertificateError(
                f"mode {mode} is not Hermitian: its eigenvalue {self.eigenvalues[mode]:.6g} is one of a complex pair"
            )
        return self.coordinates.unpack(self.vectors[:, mode].real)


def slow_modes(model: Model, rabi_frequency: float, count: int = 3, *, mixing: float = _MIXING_LIMIT) -> SlowModes:
    """The `count` modes of the symmetric sector nearest to zero, the steady state included, or a slower pair first.

    A pair that decays more slowly than the second mode is added behind the steady state: the gap does not depend on
    `count`.

    Args:
        model: n_atoms >= 2 and gamma_s > 0.
        rabi_frequency: Omega >= 0, unit of the rates.
        count: number of modes, 2 to 5; two are all that the gap and the phases need, and the fastest.
        mixing: how much of rho_0 rounding may mix into the others, as trace error and as |lambda_0 / lambda_1|, 0 to 1.
            More than 1e-3 is for `gap_from_flow` alone, which takes the mixture out.

    Raises:
        checks.ParameterError: an argument is out of range.
        checks.CertificateError: a residual exceeds 1e-12, a mixture its limit, or there is not exactly one zero mode.
    """
    liouvillian.require_unique(model)
    checks.integer("n_atoms", model.n_atoms, 2)
    checks.integer("count", count, 2, 5)
    coordinates = SymmetricCoordinates(model.n_atoms)
    matrix = liouvillian.generator(model, rabi_frequency)
    shift = _SHIFT * model.gamma_s
    preconditioner = SpinPreconditioner(matrix, coordinates, shift)
    eigenvalues, vectors = nearest_eigenpairs(
        matrix.tocsr(),
        preconditioner.solve,
        _start(preconditioner, coordinates.size, count),
        count,
        shift,
        liouvillian.norm(matrix),
    )
    search = slower_pair(model, rabi_frequency, matrix, -float(eigenvalues[1].real))
    if search.eigenvalue is not None and search.vector is not None:
        pair = np.array([search.eigenvalue, search.eigenvalue.conjugate()])
        rest = np.abs(eigenvalues[1:, None] - pair).min(axis=1) > _SAME_MODE * np.abs(pair[0])
        eigenvalues = np.concatenate([eigenvalues[:1], pair, eigenvalues[1:][rest]])
        both = np.stack([search.vector, search.vector.conj()], axis=1)
        vectors = np.concatenate([vectors[:, :1], both, vectors[:, 1:][:, rest]], axis=1)
    modes = _normalised(coordinates, eigenvalues, vectors, matrix, search.method)
    require_certificate(modes, liouvillian.norm(matrix), checks.real("mixing", mixing, 0.0))
    return modes


def gap_from_flow(model: Model, modes: SlowModes) -> float:
    """The gap as the flow of rho_1 across a bond in j, over what lies above it: -d/dt ln sum_{j >= j*} tr rho_1,j.

    Individual decay alone carries this flow, so that it is a small number made of small terms, whereas the eigenvalue
    is one made of terms of size ||L||: from N = 128 on this gap keeps more digits, and the difference shows how many
    the eigenvalue has. The bond is the one with most of rho_1 above it.

    Raises:
        checks.CertificateError: rho_1 is not Hermitian, or has no weight in any spin j.
    """
    slow, steady = modes.blocks(1), modes.blocks(0)
    mixed = sum(float(np.trace(block)) for block in slow)  # of rho_0 into rho_1, by rounding
    above, lost, gained = [], [], []
    for block, other in zip(slow, steady, strict=True):
        populations = np.diag(block) - mixed * np.diag(other)
        decay = operators.individual_decay(model.n_atoms, block.shape[0] - 1)
        above.append(populations.sum())
        lost.append(model.gamma_s * (populations @ decay.lower**2))
        gained.append(model.gamma_s * (populations @ decay.upper**2))
    weights = np.cumsum(above)[:-1]
    bond = int(np.argmax(np.abs(weights)))
    if abs(weights[bond]) < _SMALLEST_WEIGHT:
        raise checks.CertificateError("the slow mode has no weight in any spin j: nothing flows")
    return float((lost[bond] - gained[bond + 1]) / weights[bond])


def _start(preconditioner: SpinPreconditioner, size: int, count: int) -> FloatArray:
    """The chain's slow modes, and vectors with a part in every mode, filtered once; shape (count + 1, size) or more."""
    values, modes = np.linalg.eig(preconditioner.chain)
    slowest = np.argsort(np.abs(values), kind="stable")[:count]
    guesses = (preconditioner.states @ modes[:, slowest]).real.T
    noise = np.random.default_rng(0).standard_normal((count + 1 - slowest.size, size))
    return np.concatenate([guesses, [preconditioner.solve(row) for row in noise]])


def _normalised(
    coordinates: SymmetricCoordinates,
    eigenvalues: NDArray[np.complex128],
    vectors: NDArray[np.complex128],
    matrix: sparse.csc_array,
    search: str,
) -> SlowModes:
    spin = (coordinates.dimensions[coordinates.block] - 1) / 2
    s_squared = (coordinates.trace_row * spin * (spin + 1)) @ vectors
    scale = np.abs(vectors).sum(axis=0) * s_squared / np.abs(s_squared)
    scale[0] = coordinates.trace_row @ vectors[:, 0]
    vectors = vectors / scale
    lengths = np.abs(vectors).sum(axis=0)
    residuals = np.abs(matrix @ vectors - vectors * eigenvalues).sum(axis=0) / (liouvillian.norm(matrix) * lengths)
    traces = np.abs(coordinates.trace_row @ vectors) / lengths
    return SlowModes(coordinates, eigenvalues, vectors, residuals, traces[1:], search)


def require_certificate(modes: SlowModes, scale: float, mixing: float = _MIXING_LIMIT) -> None:
    """Check residuals, traces, and that exactly one eigenvalue is zero beside ||L||_1 = `scale`.

    `mixing` is that of `slow_modes`.

    Raises:
        checks.CertificateError: with every number that was looked at.
    """
    zero, slowest = np.abs(modes.eigenvalues[:2])
    good = (
        bool((modes.residuals <= _RESIDUAL_LIMIT).all())
        and bool((modes.trace_errors <= mixing).all())
        and zero <= _ZERO_LIMIT * scale
        and zero <= mixing * slowest
        and modes.gap > 0
    )
    if not good:
        raise checks.CertificateError(
            f"slow modes failed: relative residual {modes.residuals.max():.2e} (limit {_RESIDUAL_LIMIT:g}), "
            f"trace of rho_k {modes.trace_errors.max():.2e} (limit {mixing:g}), "
            f"lambda_0 = {modes.eigenvalues[0]:.2e} beside lambda_1 = {modes.eigenvalues[1]:.2e} (limits "
            f"{_ZERO_LIMIT * scale:.1e} and {mixing:g} of lambda_1)"
        )
