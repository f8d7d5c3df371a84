"""The steady state at 0.6 Omega_c, gamma_c = 10 gamma_s: closed form, sparse solve, PIQS, and the full 2^N states.

Deviations are of density matrices, relative to the largest element of the closed form's.
"""

from collections.abc import Mapping, Sequence
from functools import partial
from typing import Any

import numpy as np
import qutip
from scipy.sparse import linalg

from benchmarks import piqs_blocks
from benchmarks.solver import Solver
from driven_dicke.closed_form import absorber
from driven_dicke.generator import liouvillian, stationary
from driven_dicke.model.dicke_basis import Blocks, SymmetricCoordinates
from driven_dicke.model.operators import magnetization
from driven_dicke.model.parameters import Model
from driven_dicke.peers import qutip_reference

DRIVE, GAMMA_C = 0.6, 10.0
EXACT, SINGLE = 1e-9, 1e-4  # tolerance of double precision, and of PIQS's coefficients
LARGEST_MATRIX = 128  # atoms up to which sums are compared with the density matrix
METHODS = ("direct", "power", "eigen", "svd", "propagator")
ITERATIVE = ("gmres", "lgmres", "bicgstab")

Problem = tuple[Model, float]


def problem(n_atoms: int, run: int = 0) -> Problem:
    """The model and Omega; whatever else this library's solvers need, they build themselves."""
    model = Model(n_atoms, GAMMA_C)
    return model, model.rabi_frequency(DRIVE)


def exact(n_atoms: int) -> Blocks:
    """The reference of every comparison."""
    return absorber.density_blocks(*problem(n_atoms))


def s_z(blocks: Sequence[np.ndarray]) -> float:
    """<S_z> of weighted blocks."""
    return sum(float(magnetization(len(block) - 1) @ block.diagonal().real) for block in blocks)


def _compared(n_atoms: int, blocks: Sequence[np.ndarray], outside: float = 0.0) -> Mapping[str, float]:
    reference = exact(n_atoms)
    largest = max(float(np.abs(block).max()) for block in reference)
    worst = max(float(np.abs(a - b).max()) for a, b in zip(blocks, reference, strict=True))
    return {"deviation": max(worst, outside) / largest, "value": s_z(blocks), "exact": s_z(reference)}


def _compare_moments(n_atoms: int, result: Any) -> Mapping[str, float]:
    if n_atoms > LARGEST_MATRIX:
        return {"value": result.s_z}
    return {"deviation": abs(result.s_z / s_z(exact(n_atoms)) - 1), "value": result.s_z}


def _certify(given: Problem, blocks: Blocks) -> float:
    return stationary.certify(liouvillian.generator(*given), blocks).residual


# PIQS restricted to its blocks ----------------------------------------------------------------------------------------


def _piqs_system(n_atoms: int, run: int) -> tuple[Any, ...]:
    """Matrix, its copy with one redundant row replaced by the trace, right-hand side, layout."""
    matrix, layout = piqs_blocks.restricted(*problem(n_atoms))
    trace_row = (layout.row == layout.column).astype(complex)
    redundant = int(np.flatnonzero(trace_row)[0])
    bordered = matrix.tolil()
    bordered[redundant] = trace_row
    right_hand_side = np.zeros(matrix.shape[0], dtype=complex)
    right_hand_side[redundant] = 1.0
    return matrix, bordered.tocsc(), right_hand_side, layout


def _piqs_solve(system: tuple[Any, ...]) -> tuple[np.ndarray, piqs_blocks.Layout]:
    _, bordered, right_hand_side, layout = system
    return linalg.splu(bordered).solve(right_hand_side), layout


def _piqs_residual(system: tuple[Any, ...], result: tuple[np.ndarray, piqs_blocks.Layout]) -> float:
    return qutip_reference.relative_residual(system[0], result[0])


def _compare_piqs(n_atoms: int, result: tuple[np.ndarray, piqs_blocks.Layout]) -> Mapping[str, float]:
    vector, layout = result
    return _compared(n_atoms, *piqs_blocks.blocks(layout.density(vector), n_atoms))


# QuTiP's own steadystate ----------------------------------------------------------------------------------------------


def _piqs_shipped(n_atoms: int, run: int) -> qutip.Qobj:
    return piqs_blocks.liouvillian(*problem(n_atoms))


def _compare_shipped(n_atoms: int, result: qutip.Qobj) -> Mapping[str, float]:
    return _compared(n_atoms, *piqs_blocks.blocks(result.full(), n_atoms))


def _full(n_atoms: int, run: int) -> qutip.Qobj:
    model, rabi_frequency = problem(n_atoms)
    operators = qutip_reference.collapse_operators(n_atoms, model.gamma_c, model.gamma_s)
    return qutip.liouvillian(qutip_reference.hamiltonian(n_atoms, rabi_frequency), operators)


def _residual(generator: qutip.Qobj, state: qutip.Qobj) -> float:
    return qutip_reference.relative_residual(generator.data.as_scipy(), state.full().ravel(order="F"))


def _compare_full(n_atoms: int, result: qutip.Qobj) -> Mapping[str, float]:
    reference, other = qutip_reference.embed(exact(n_atoms)), result.full()
    lowering = qutip_reference.collective_lowering(n_atoms)
    inversion = (lowering.dag() * lowering - lowering * lowering.dag()) / 2
    deviation = float(np.abs(other - reference).max() / np.abs(reference).max())
    return {"deviation": deviation, "value": float(qutip.expect(inversion, result).real)}


def _shipped(method: str, **options: str) -> Solver:
    name = options.get("solver", method)
    return Solver(
        topic="steady_state",
        name=f"piqs_{name}",
        label=f"PIQS as shipped, `{name}`",
        ours=False,
        sizes=(4, 6, 8, 10),
        cap=8,
        set_up=_piqs_shipped,
        solve=partial(qutip.steadystate, method=method, **options),
        check=_residual,
        compare=_compare_shipped,
        tolerance=SINGLE,
        unknowns=lambda n_atoms: piqs_blocks.number_of_states(n_atoms) ** 2,
    )


SOLVERS = (
    Solver(
        topic="steady_state",
        name="closed_form_moments",
        label="closed form, six observables",
        ours=True,
        sizes=(6, 18, 64, 1000, 10_000, 100_000, 1_000_000),
        cap=1_000_000,
        set_up=problem,
        solve=lambda given: absorber.steady_state_moments(*given),
        compare=_compare_moments,
        tolerance=EXACT,
        unknowns=lambda n_atoms: n_atoms + 1,
        growth="power",
        fit_from=10_000,
    ),
    Solver(
        topic="steady_state",
        name="closed_form",
        label="closed form, density matrix",
        ours=True,
        sizes=(6, 18, 32, 48, 64, 100, 128, 200),
        cap=128,
        set_up=problem,
        solve=lambda given: absorber.density_blocks(*given),
        check=_certify,
        compare=lambda n_atoms, blocks: {"value": s_z(blocks)},
        tolerance=None,
        unknowns=lambda n_atoms: SymmetricCoordinates(n_atoms).size,
        growth="power",
        fit_from=32,
    ),
    Solver(
        topic="steady_state",
        name="sparse",
        label="sparse solve, real blocks",
        ours=True,
        sizes=(6, 18, 32, 48, 64, 80, 100),
        cap=64,
        set_up=problem,
        solve=lambda given: stationary.steady_state(*given),
        check=lambda given, result: result.certificate.residual,
        compare=lambda n_atoms, result: _compared(n_atoms, result.blocks),
        tolerance=EXACT,
        unknowns=lambda n_atoms: SymmetricCoordinates(n_atoms).size,
        inside={
            "set_up": ((liouvillian, "generator"), (stationary, "nested_dissection")),
            "validation": ((stationary, "certify"),),
        },
        growth="power",
        fit_from=18,
    ),
    Solver(
        topic="steady_state",
        name="piqs_blocks",
        label="PIQS on its diagonal blocks, SciPy's LU",
        ours=False,
        sizes=(6, 18, 32, 48, 64, 80),
        cap=64,
        set_up=_piqs_system,
        solve=_piqs_solve,
        check=_piqs_residual,
        compare=_compare_piqs,
        tolerance=SINGLE,
        unknowns=piqs_blocks.block_unknowns,
        growth="power",
        fit_from=18,
    ),
    Solver(
        topic="steady_state",
        name="full",
        label="full 2^N, `direct`",
        ours=False,
        sizes=(2, 4, 5, 6, 7, 8),
        cap=6,
        set_up=_full,
        solve=qutip.steadystate,
        check=_residual,
        compare=_compare_full,
        tolerance=EXACT,
        unknowns=lambda n_atoms: 4**n_atoms,
        growth="exponential",
        fit_from=4,
    ),
    Solver(
        topic="steady_state",
        name="full_bicgstab",
        label="full 2^N, `bicgstab` to 1e-10",
        ours=False,
        sizes=(2, 4, 5, 6, 7, 8),
        cap=8,
        set_up=_full,
        solve=partial(qutip.steadystate, method="direct", solver="bicgstab", rtol=1e-10),
        check=_residual,
        compare=_compare_full,
        tolerance=1e-6,
        unknowns=lambda n_atoms: 4**n_atoms,
        growth="exponential",
        fit_from=4,
    ),
    *(_shipped(method) for method in METHODS),
    *(_shipped("direct", solver=solver) for solver in ITERATIVE),
)
