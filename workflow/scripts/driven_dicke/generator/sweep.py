"""<S_z> of Eq. (1) while the drive goes through a schedule of constant stretches.

Within a stretch rho(t + h) = exp(h L) rho(t) is approximated by the restricted Pade approximation with s poles in one
place (S. P. Norsett, BIT 14, 63, 1974; G. Wanner, E. Hairer and S. P. Norsett, BIT 18, 475, 1978),

    exp(z) = sum_{k=1}^{s} c_k (1 - g z)^-k + O(z^(s+1)),    L_s(1/g) = 0 (Laguerre),

with s = 3 and g = 0.436: of order 3, never larger than 1 on the left half-plane, and 0 at infinity, so that modes much
faster than a step are gone after it, as they should be. All solves of a stretch share one matrix 1 - g h L. For the
same number of solves this beats s = 2, 4 and 5: fast modes need many steps rather than a high order.
"""

from collections.abc import Callable
from dataclasses import dataclass
from itertools import pairwise
from math import comb, factorial

import numpy as np
from numpy.polynomial import laguerre
from scipy import sparse
from scipy.sparse.linalg import LinearOperator, gmres

from driven_dicke.closed_form import absorber
from driven_dicke.generator import liouvillian
from driven_dicke.generator.factorisation import Factorisation
from driven_dicke.generator.ordering import nested_dissection
from driven_dicke.generator.preconditioner import SpinPreconditioner
from driven_dicke.model import checks
from driven_dicke.model.dicke_basis import FloatArray, IntArray, SymmetricCoordinates
from driven_dicke.model.drive_schedule import DriveSchedule
from driven_dicke.model.parameters import Model

_ORDER = 3
_POLE = 1 / float(laguerre.lagroots([0] * _ORDER + [1])[1])  # 0.43587; with the other two roots it exceeds 1
_LARGEST_FACTORISED = 8000  # unknowns up to which one factorisation of 1 - g h L is the fastest; N = 42
_SOLVE_TOLERANCE = 1e-7  # ||residual||_2 / ||right-hand side||_2 of an iterative solve
_TRACE_LIMIT = 1e-5

Solve = Callable[[FloatArray], FloatArray]


def _weights() -> FloatArray:
    """c_k, which make the approximation agree with exp up to z^2, and up to z^3 by the choice of the pole."""
    powers = [[comb(k + n - 1, n) * _POLE**n for k in range(1, _ORDER + 1)] for n in range(_ORDER)]
    return np.asarray(np.linalg.solve(powers, [1 / factorial(n) for n in range(_ORDER)]), dtype=float)


_WEIGHTS = _weights()


@dataclass(frozen=True)
class Sweep:
    """<S_z> along a schedule.

    Attributes:
        s_z: after every equal part of every stretch, shape (n_stretches, parts).
        state: rho at the end on `SymmetricCoordinates`, shape (size,).
        trace_error: |tr rho - 1| at the end.
    """

    s_z: FloatArray
    state: FloatArray
    trace_error: float


def staircase(model: Model, drives: FloatArray, rate: float, settling: float) -> tuple[DriveSchedule, FloatArray]:
    """The drive from the first of `drives` to the last one and back, a level at a time.

    The first level is held for `settling`, every later one for the distance between levels over `rate`: the ramp
    dOmega/dt = rate in steps, which the ramp crosses in the middle of every stretch.

    Args:
        model: the atoms.
        drives: levels Omega / Omega_c, rising and equally spaced, shape (n_levels,), n_levels >= 2.
        rate: dOmega/dt > 0, Omega_c times the unit of the rates.
        settling: time > 0 at the first level.

    Returns:
        The schedule, and when each of its 2 n_levels - 1 stretches ends.

    Raises:
        checks.ParameterError: a value is out of range, or the levels do not rise in equal steps.
    """
    checks.real("rate", rate, 0.0, exclusive=True)
    checks.real("settling", settling, 0.0, exclusive=True)
    steps = np.diff(drives)
    if steps.size == 0 or not steps[0] > 0 or np.abs(steps - steps[0]).max() > 1e-9:
        raise checks.ParameterError("argument drives must hold at least two levels that rise in equal steps")
    levels = [*drives, *drives[-2::-1]]
    ends = settling + float(steps[0]) / rate * np.arange(len(levels), dtype=float)
    return DriveSchedule([model.rabi_frequency(float(level)) for level in levels], list(ends[:-1])), ends


def follow(model: Model, schedule: DriveSchedule, ends: FloatArray, parts: int) -> Sweep:
    """<S_z> along `schedule`, from the steady state at its first drive.

    Args:
        model: n_atoms >= 2 and gamma_s > 0.
        schedule: Omega(t), unit of the rates.
        ends: when each stretch of the schedule ends, shape (n_stretches,).
        parts: equal steps h of the approximation in every stretch.

    Raises:
        checks.ParameterError: an argument is out of range.
        checks.CertificateError: an iterative solve did not converge, or the trace is lost by more than 1e-5.
    """
    liouvillian.require_unique(model)
    checks.integer("parts", parts, 1)
    ends = checks.rising("ends", ends, minimum=0.0)
    if ends.size != len(schedule.rabi_frequencies):
        raise checks.ParameterError(
            f"argument ends must have one time per stretch of the schedule, {len(schedule.rabi_frequencies)}, but has "
            f"{ends.size}"
        )
    coordinates = SymmetricCoordinates(model.n_atoms)
    generator = liouvillian.assemble(model)
    order = nested_dissection(coordinates)
    magnetisation = coordinates.trace_row * (coordinates.row - (coordinates.dimensions[coordinates.block] - 1) / 2)
    state = coordinates.pack(absorber.density_blocks(model, schedule.rabi_frequencies[0]))
    s_z = np.empty((ends.size, parts))
    for number, (start, stop) in enumerate(pairwise([0.0, *ends])):
        matrix = generator.at(schedule.rabi_frequencies[number])
        solve = _resolvent(matrix, coordinates, order, _POLE * (stop - start) / parts)
        for part in range(parts):
            powers = [solve(state)]
            while len(powers) < _ORDER:
                powers.append(solve(powers[-1]))
            state = _WEIGHTS @ np.array(powers)
            s_z[number, part] = magnetisation @ state
    trace_error = abs(float(coordinates.trace_row @ state) - 1)
    if not trace_error <= _TRACE_LIMIT:
        raise checks.CertificateError(f"a sweep has lost trace: |tr rho - 1| = {trace_error:.1e} > {_TRACE_LIMIT:g}")
    return Sweep(s_z, state, trace_error)


def _resolvent(matrix: sparse.csc_array, coordinates: SymmetricCoordinates, order: IntArray, step: float) -> Solve:
    """x -> (1 - step L)^-1 x, by a factorisation or, where that costs more, by preconditioned GMRES."""
    identity = sparse.eye_array(coordinates.size, format="csc")
    if coordinates.size <= _LARGEST_FACTORISED:
        return Factorisation(identity - step * matrix, order).solve
    preconditioner = SpinPreconditioner(matrix, coordinates, 1 / step, order)
    shifted = (matrix - identity / step).tocsr()
    inverse = LinearOperator(shifted.shape, matvec=preconditioner.solve, dtype=float)

    def solve(vector: FloatArray) -> FloatArray:
        right_hand_side = -vector / step
        solution, _ = gmres(
            shifted, right_hand_side, x0=vector, M=inverse, rtol=_SOLVE_TOLERANCE, atol=0.0, restart=40, maxiter=3
        )
        residual = np.linalg.norm(shifted @ solution - right_hand_side) / np.linalg.norm(right_hand_side)
        if not residual <= 10 * _SOLVE_TOLERANCE:
            raise checks.CertificateError(f"a step of a sweep did not converge: relative residual {residual:.1e}")
        return np.asarray(solution)

    return solve
