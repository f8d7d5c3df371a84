"""The steady state of Eq. (1) from a sparse direct solve, and the certificate that any steady state must pass."""

from dataclasses import dataclass

import numpy as np
from scipy import sparse

from driven_dicke.generator import liouvillian
from driven_dicke.generator.factorisation import Factorisation
from driven_dicke.generator.ordering import nested_dissection
from driven_dicke.model import checks
from driven_dicke.model.dicke_basis import Blocks, FloatArray, SymmetricCoordinates
from driven_dicke.model.parameters import Model

_RESIDUAL_LIMIT = 1e-12
_TRACE_LIMIT = 1e-10
_ASYMMETRY_LIMIT = 1e-12
_NEGATIVITY_LIMIT = 1e-9
_ERROR_LIMIT = 1e-6
_REFINEMENTS = 3
_ROUNDINGS = 4


@dataclass(frozen=True)
class Certificate:
    """How well blocks rho solve L rho = 0, tr rho = 1, rho >= 0.

    Attributes:
        residual: ||L rho||_1 / (||L||_1 ||rho||_1) over the symmetric coordinates.
        trace_error: |tr rho - 1|.
        asymmetry: largest |rho[a, b] - rho[b, a]|.
        smallest_eigenvalue: smallest eigenvalue of all weighted blocks.
    """

    residual: float
    trace_error: float
    asymmetry: float
    smallest_eigenvalue: float


@dataclass(frozen=True)
class Stationary:
    """A steady state: weighted blocks, its certificate, and how far it may be from the exact one.

    Attributes:
        blocks: weighted blocks.
        certificate: what they pass.
        correction: ||rho - previous iterate||_1 of iterative refinement: the error against the matrix at hand. The
            residual cannot tell it: deep in the bistable region an error along the slow mode is invisible to L.
        error: estimate of ||rho - exact||_1. The matrix itself is rounded, by 1e-16 of its largest rates, which
            refinement cannot see: individual decay that is weaker than that beside gamma_c is lost.
    """

    blocks: Blocks
    certificate: Certificate
    correction: float
    error: float


def certify(matrix: sparse.csc_array, blocks: Blocks) -> Certificate:
    """Check that `blocks` are the steady state of the generator `matrix` (size, size) on symmetric coordinates.

    Raises:
        checks.CertificateError: residual > 1e-12, |tr rho - 1| > 1e-10, asymmetry > 1e-12, an eigenvalue < -1e-9, or a
            number that is not finite.
    """
    if not all(np.isfinite(block).all() for block in blocks):
        raise checks.CertificateError("not a steady state: an element of the blocks is not finite")
    coordinates = SymmetricCoordinates(blocks[0].shape[0] - 1)
    state = coordinates.pack(blocks)
    certificate = Certificate(
        residual=float(np.abs(matrix @ state).sum() / (liouvillian.norm(matrix) * np.abs(state).sum())),
        trace_error=abs(float(coordinates.trace_row @ state) - 1),
        asymmetry=max(float(np.abs(block - block.T).max()) for block in blocks),
        smallest_eigenvalue=min(float(np.linalg.eigvalsh(block)[0]) for block in blocks),
    )
    good = (
        certificate.residual <= _RESIDUAL_LIMIT
        and certificate.trace_error <= _TRACE_LIMIT
        and certificate.asymmetry <= _ASYMMETRY_LIMIT
        and certificate.smallest_eigenvalue >= -_NEGATIVITY_LIMIT
    )
    if not good:
        raise checks.CertificateError(
            f"not a steady state: relative residual {certificate.residual:.2e} (limit {_RESIDUAL_LIMIT:g}), "
            f"trace error {certificate.trace_error:.2e} (limit {_TRACE_LIMIT:g}), "
            f"asymmetry {certificate.asymmetry:.2e} (limit {_ASYMMETRY_LIMIT:g}), "
            f"smallest eigenvalue {certificate.smallest_eigenvalue:.2e} (limit {-_NEGATIVITY_LIMIT:g})"
        )
    return certificate


def steady_state(model: Model, rabi_frequency: float) -> Stationary:
    """The steady state of Eq. (1), L rho = 0 with tr rho = 1, by LU with one redundant row replaced by the trace.

    Args:
        model: needs gamma_s > 0; without individual decay j is conserved and the steady state is not unique.
        rabi_frequency: Omega >= 0, unit of the rates.

    Raises:
        checks.ParameterError: gamma_s = 0, or a bad `rabi_frequency`.
        checks.CertificateError: the solution fails `certify`, or its error exceeds 1e-6 by the estimate.
    """
    liouvillian.require_unique(model)
    coordinates = SymmetricCoordinates(model.n_atoms)
    matrix = liouvillian.generator(model, rabi_frequency)
    order = nested_dissection(coordinates)
    # The diagonal rows of L add up to zero: any one follows from the others. Replacing the one eliminated last by the
    # dense trace row causes no fill.
    position = np.flatnonzero(coordinates.trace_row[order])[-1]
    redundant = int(order[position])
    order = np.append(np.delete(order, position), redundant)
    bordered = _replace_row(matrix, redundant, coordinates.trace_row)
    right_hand_side = np.zeros(coordinates.size)
    right_hand_side[redundant] = 1.0

    factors = Factorisation(bordered, order)
    state, correction = factors.solve(right_hand_side), np.zeros(0)
    for _ in range(_REFINEMENTS):
        correction = factors.solve(right_hand_side - bordered @ state)
        state = state + correction
    moved = float(np.abs(correction).sum())
    error = moved + _error_of_rounding(factors, bordered, state)
    blocks = coordinates.unpack(state)
    certificate = certify(matrix, blocks)
    if not error <= _ERROR_LIMIT:
        raise checks.CertificateError(
            f"steady state of N = {model.n_atoms} not settled: the last refinement moved it by {moved:.2e}, and its "
            f"error by the rounding of the rates may be {error:.2e} (limit {_ERROR_LIMIT:g}); the gap is too small for "
            "double precision"
        )
    return Stationary(blocks, certificate, moved, error)


def _error_of_rounding(factors: Factorisation, matrix: sparse.csc_array, state: FloatArray) -> float:
    """||A^-1 dA x||_1 for the rounding |dA| <= eps |A| of the entries of A, of random signs, the largest of a few.

    An entry is a sum of rates, and its rounding that of the largest of them. The elements of x are rounded as well.
    """
    size = np.finfo(float).eps * (abs(matrix) @ np.abs(state))
    signs = np.random.default_rng(0).choice([-1.0, 1.0], (_ROUNDINGS, state.size))
    largest = max(float(np.abs(factors.solve(sign * size)).sum()) for sign in signs)
    return largest + np.finfo(float).eps * state.size


def _replace_row(matrix: sparse.csc_array, row: int, values: FloatArray) -> sparse.csc_array:
    kept = np.ones(matrix.shape[0])
    kept[row] = 0.0
    inserted = sparse.csc_array((values, (np.full(values.size, row), np.arange(values.size))), shape=matrix.shape)
    inserted.eliminate_zeros()
    return (sparse.diags_array(kept) @ matrix + inserted).tocsc()
