"""rho(t) of Eq. (1), which is stiff over nine decades of time, by rational Krylov propagation.

In the Krylov space of (1 - g L)^-1 started from rho(t_0) (J. van den Eshof and M. Hochbruck, SIAM J. Sci. Comput. 27,
1438, 2006), with V its orthonormal basis and H the Hessenberg matrix,

    rho(t_0 + s) = |rho(t_0)| V exp[s (1 - H^-1) / g] e_1.

One factorisation of 1 - g L serves every s from about g to infinity once few modes are still moving. The error is
measured as the difference between two dimensions of the space; times at which it is too large start a new one.
"""

import logging
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike
from scipy import sparse

from driven_dicke.generator import liouvillian
from driven_dicke.generator.factorisation import Factorisation
from driven_dicke.generator.ordering import nested_dissection
from driven_dicke.model import checks
from driven_dicke.model.dicke_basis import Blocks, FloatArray, IntArray, SymmetricCoordinates
from driven_dicke.model.parameters import Model

_POLE = 0.2  # g in units of the first step: measured to serve the widest span of times
_DIMENSIONS = (15, 25, 35, 50)
# Per Krylov space, on ||rho||_1.
_TRUNCATION_LIMIT = 1e-8
_ROUNDING_LIMIT = 1e-7
_RELAXED = 10.0  # 1/gamma_s: by then no oscillation is left
_MANY_TURNS = 5e3
_HUGE = 1e100  # coefficients beyond it belong to spans that the space cannot reach
_TRACE_LOSS = 1e-6  # of all Krylov spaces together: that of ten at their limit
_SHORTEST_STEP = 1e-15  # of the last time


@dataclass(frozen=True)
class Evolution:
    """rho(t) at the requested times.

    Attributes:
        coordinates: layout of the vectors.
        times: shape (n_times,), in the inverse unit of the rates.
        vectors: rho(t) on `coordinates`, shape (n_times, size).
        errors: estimate of ||rho(t) - exact||_1, summed over the spaces passed so far, shape (n_times,).
        trace_errors: |tr rho(t) - tr rho(0)|, shape (n_times,).
        factorisations: number of sparse LU decompositions it took.
    """

    coordinates: SymmetricCoordinates
    times: FloatArray
    vectors: FloatArray
    errors: FloatArray
    trace_errors: FloatArray
    factorisations: int

    def blocks(self, index: int) -> Blocks:
        """rho(times[index]) as weighted blocks."""
        return self.coordinates.unpack(self.vectors[index])


def all_down(n_atoms: int) -> Blocks:
    """Weighted blocks of the pure state with every atom in its ground state, |N/2, -N/2>."""
    blocks = [np.zeros((dimension, dimension)) for dimension in SymmetricCoordinates(n_atoms).dimensions]
    blocks[0][0, 0] = 1.0
    return blocks


def evolve(model: Model, rabi_frequency: float, initial: Blocks, times: ArrayLike) -> Evolution:
    """Propagate `initial` under a constant drive.

    Args:
        model: the atoms; gamma_s = 0 is allowed.
        rabi_frequency: Omega >= 0, unit of the rates.
        initial: the state at time 0 as real symmetric weighted blocks, positive and of trace 1.
        times: rising, >= 0, shape (n_times,), in the inverse unit of the rates.

    Raises:
        checks.ParameterError: `times` or `initial` are malformed.
        checks.CertificateError: the estimated error exceeds 1e-8 (truncation) or 1e-7 (rounding) at every step size, or
            the trace has changed by more than 1e-6 after many steps.
    """
    targets = checks.rising("times", [times] if np.isscalar(times) else times, minimum=0.0)
    coordinates = SymmetricCoordinates(model.n_atoms)
    initial = checks.density_blocks("initial", initial, coordinates.dimensions.tolist())
    # The drive turns the state about Omega t times until individual decay has stopped it; a few turns are one step.
    turns = rabi_frequency * (min(targets[-1], _RELAXED / model.gamma_s) if model.gamma_s > 0 else targets[-1])
    if turns > _MANY_TURNS:
        logging.warning("rho(t) of N = %d turns %.0e times: this takes a while", model.n_atoms, turns)
    matrix = liouvillian.generator(model, rabi_frequency)
    order = nested_dissection(coordinates)

    state, now, error, factorisations = coordinates.pack(initial), 0.0, 0.0, 0
    pending = [(float(time), True) for time in targets]  # (time, whether it was asked for)
    vectors, errors = [], []
    trace = float(coordinates.trace_row @ state)
    if pending[0][0] == 0:
        pending.pop(0)
        vectors.append(state)
        errors.append(0.0)
    while pending:
        spans = np.array([time for time, _ in pending]) - now
        reached, estimates = _propagate(matrix, state, spans, order, coordinates.trace_row)
        factorisations += 1
        if estimates.size == 0:
            if spans[0] <= _SHORTEST_STEP * pending[-1][0]:
                raise checks.CertificateError(f"rho(t) cannot be propagated beyond t = {now:g}: the error is too large")
            pending.insert(0, (now + spans[0] / 10, False))
            continue
        for (_, wanted), vector, estimate in zip(pending, reached, estimates, strict=False):
            if wanted:
                vectors.append(vector)
                errors.append(error + float(estimate))
        now, state, error = pending[estimates.size - 1][0], reached[-1], error + float(estimates[-1])
        if not abs(loss := float(coordinates.trace_row @ state) - trace) <= _TRACE_LOSS:
            raise checks.CertificateError(
                f"rho(t) cannot be propagated to t = {targets[-1]:g}: at t = {now:g} its trace is off by {loss:.1e}"
            )
        pending = pending[estimates.size :]
    stacked = np.array(vectors)
    trace_errors = np.abs(stacked @ coordinates.trace_row - trace)
    return Evolution(coordinates, targets, stacked, np.array(errors), trace_errors, factorisations)


def _propagate(
    matrix: sparse.csc_array, state: FloatArray, spans: FloatArray, order: IntArray, trace_row: FloatArray
) -> tuple[FloatArray, FloatArray]:
    """exp(s L) state for the leading spans s that one Krylov space reaches within the error limit, and their errors."""
    pole = _POLE * spans[0]
    factors = Factorisation(sparse.eye_array(state.size, format="csc") - pole * matrix, order)
    largest = min(_DIMENSIONS[-1], state.size)
    basis = np.empty((largest + 1, state.size))
    hessenberg = np.zeros((largest + 1, largest))
    length = float(np.linalg.norm(state))
    basis[0] = state / length
    previous = np.full((spans.size, state.size), np.inf)
    k = 0
    while True:
        image = factors.solve(basis[k])
        for _ in range(2):  # twice, for orthogonality to machine precision
            overlaps = basis[: k + 1] @ image
            image -= overlaps @ basis[: k + 1]
            hessenberg[: k + 1, k] += overlaps
        hessenberg[k + 1, k] = np.linalg.norm(image)
        k += 1
        invariant = hessenberg[k, k - 1] <= 1e-14 or k == state.size
        if k in _DIMENSIONS or invariant:
            current = length * _coefficients(hessenberg[:k, :k], pole, spans) @ basis[:k]
            truncation = np.zeros(spans.size) if invariant else np.abs(current - previous).sum(axis=1)
            # The trace stays what it was but for rounding, which it shows: a factor common to all elements.
            rounding = np.abs(current @ trace_row - state @ trace_row) * np.abs(current).sum(axis=1)
            good = (truncation <= _TRUNCATION_LIMIT) & (rounding <= _ROUNDING_LIMIT)
            reached = int(np.argmin(np.append(good, False)))
            if reached == spans.size or k == _DIMENSIONS[-1] or invariant:
                return current[:reached], (truncation + rounding)[:reached]
            previous = current
        basis[k] = image / hessenberg[k, k - 1]


def _coefficients(hessenberg: FloatArray, pole: float, spans: FloatArray) -> FloatArray:
    """exp[s (1 - H^-1) / g] e_1 for every span s, shape (n_spans, dimension); NaN where a span is out of reach."""
    values, vectors = np.linalg.eig(hessenberg)
    start = np.linalg.solve(vectors, np.eye(values.size)[0])
    with np.errstate(over="ignore", invalid="ignore", divide="ignore"):
        result = np.array([(vectors @ (np.exp(s * (1 - 1 / values) / pole) * start)).real for s in spans])
    return np.where(np.abs(result) < _HUGE, result, np.nan)
