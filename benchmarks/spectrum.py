"""The Liouvillian gap and its mode at 0.61 Omega_c, gamma_c = 10 gamma_s, against PIQS with `eigs` and QuTiP's solvers.

The reference is this library's `spectrum.slow_modes`; its own deviation is from `spectrum.gap_from_flow`, which takes
the same mode but another, better conditioned expression for the gap. Deviations of the gap are relative; those of the
mode are of density matrices after the best complex factor, relative to the largest element.
"""

from collections.abc import Mapping, Sequence
from functools import lru_cache, partial
from typing import Any

import numpy as np
import qutip
from scipy.sparse import linalg

from benchmarks import piqs_blocks
from benchmarks.solver import Solver
from driven_dicke.generator import liouvillian, spectrum
from driven_dicke.model.dicke_basis import Blocks, SymmetricCoordinates
from driven_dicke.model.parameters import Model
from driven_dicke.peers import qutip_reference

DRIVE, GAMMA_C = 0.61, 10.0
EXACT, FLOW, SINGLE = 1e-8, 1e-3, 1e-4
SHIFT = 0.01  # where PIQS's matrix is inverted: to the right of the whole spectrum, as in this library
COUNT = 3  # eigenvalues asked for where a method takes a number
ZERO = 1e-6  # an eigenvalue whose real part is below this, in units of gamma_s, does not decay

Gap = tuple[float, Sequence[np.ndarray], dict[str, float]]  # gap, mode (blocks, or one full matrix), further numbers


def problem(n_atoms: int, run: int = 0) -> tuple[Model, float]:
    """The model and Omega."""
    model = Model(n_atoms, GAMMA_C)
    return model, model.rabi_frequency(DRIVE)


@lru_cache(maxsize=1)
def reference(n_atoms: int) -> tuple[float, Blocks]:
    """Gap and mode of this library."""
    model, rabi_frequency = problem(n_atoms)
    modes = spectrum.slow_modes(model, rabi_frequency, count=2)
    return modes.gap, modes.blocks(1)


def misfit(mode: Sequence[np.ndarray], exact: Sequence[np.ndarray]) -> float:
    """Largest difference of two modes after the best common factor, relative to the largest element of `exact`."""
    a, b = (np.concatenate([np.ravel(part) for part in parts]) for parts in (mode, exact))
    scaled = a * (np.vdot(a, b) / np.vdot(a, a))
    return float(np.abs(scaled - b).max() / np.abs(b).max())


def _compare(n_atoms: int, result: Gap) -> Mapping[str, float]:
    gap, mode, more = result
    exact_gap, blocks = reference(n_atoms)
    exact = blocks if len(mode) > 1 else [qutip_reference.embed(blocks)]
    numbers = {"deviation": abs(gap / exact_gap - 1), "value": gap, "exact": exact_gap}
    return numbers | {"mode_deviation": misfit(mode, exact), **more}


def _compare_ours(n_atoms: int, modes: spectrum.SlowModes) -> Mapping[str, float]:
    flow = spectrum.gap_from_flow(problem(n_atoms)[0], modes)
    return {"deviation": abs(modes.gap / flow - 1), "value": modes.gap}


# PIQS -----------------------------------------------------------------------------------------------------------------


def _piqs_blocks(n_atoms: int, run: int) -> Any:
    return piqs_blocks.restricted(*problem(n_atoms))


def _shift_invert(system: Any) -> tuple[np.ndarray, np.ndarray, piqs_blocks.Layout]:
    matrix, layout = system
    values, vectors = linalg.eigs(matrix, k=COUNT, sigma=SHIFT)
    order = np.argsort(-values.real)
    return values[order], vectors[:, order], layout


def _shift_invert_residual(system: Any, result: tuple[np.ndarray, np.ndarray, piqs_blocks.Layout]) -> float:
    values, vectors, _ = result
    shifted = system[0] @ vectors[:, 1] - values[1] * vectors[:, 1]
    scale = np.abs(system[0]).sum(axis=0).max() * np.abs(vectors[:, 1]).sum()
    return float(np.abs(shifted).sum() / scale)


def _compare_shift_invert(
    n_atoms: int, result: tuple[np.ndarray, np.ndarray, piqs_blocks.Layout]
) -> Mapping[str, float]:
    values, vectors, layout = result
    mode, _ = piqs_blocks.blocks(layout.density(vectors[:, 1]), n_atoms)
    return _compare(n_atoms, (-values[1].real, mode, {"zero": abs(values[0])}))


def _piqs_shipped(n_atoms: int, run: int) -> qutip.Qobj:
    return piqs_blocks.liouvillian(*problem(n_atoms))


def _compare_shipped(n_atoms: int, result: tuple[np.ndarray, Sequence[qutip.Qobj]]) -> Mapping[str, float]:
    mode, outside = piqs_blocks.blocks(_operator(result[1][1]), n_atoms)
    numbers = {"undamped": float((np.abs(result[0].real) < ZERO).sum()), "outside": outside}
    return _compare(n_atoms, (-result[0][1].real, mode, numbers))


# QuTiP on 2^N states --------------------------------------------------------------------------------------------------


def _full(n_atoms: int, run: int) -> qutip.Qobj:
    model, rabi_frequency = problem(n_atoms)
    operators = qutip_reference.collapse_operators(n_atoms, model.gamma_c, model.gamma_s)
    return qutip.liouvillian(qutip_reference.hamiltonian(n_atoms, rabi_frequency), operators)


def _eigenstates(generator: qutip.Qobj, **options: Any) -> tuple[np.ndarray, Sequence[qutip.Qobj]]:
    """Eigenvalues by falling real part, as QuTiP sorts them, and their operators."""
    return generator.eigenstates(sort="high", **options)


def _compare_full(n_atoms: int, result: tuple[np.ndarray, Sequence[qutip.Qobj]]) -> Mapping[str, float]:
    return _compare(n_atoms, (-result[0][1].real, [_operator(result[1][1])], {"zero": abs(result[0][0])}))


def _operator(vector: qutip.Qobj) -> np.ndarray:
    """An eigenvector of a superoperator as the matrix that it stands for; QuTiP stacks columns."""
    size = round(vector.shape[0] ** 0.5)
    return vector.full().reshape((size, size), order="F")


def _qutip(name: str, label: str, set_up: Any, compare: Any, sizes: tuple[int, ...], cap: int, **more: Any) -> Solver:
    options = more.pop("options", {})
    return Solver(
        topic="spectrum",
        name=name,
        label=label,
        ours=False,
        sizes=sizes,
        cap=cap,
        set_up=set_up,
        solve=partial(_eigenstates, **options),
        compare=compare,
        **more,
    )


_SPARSE = {"sparse": True, "eigvals": COUNT}

SOLVERS = (
    Solver(
        topic="spectrum",
        name="davidson",
        label="Davidson iteration, real blocks",
        ours=True,
        sizes=(4, 6, 18, 32, 48, 64, 80, 100, 128, 160, 200),
        cap=128,
        set_up=problem,
        solve=lambda given: spectrum.slow_modes(given[0], given[1], count=2),
        check=lambda given, modes: float(modes.residuals[1]),
        compare=_compare_ours,
        tolerance=FLOW,
        unknowns=lambda n_atoms: SymmetricCoordinates(n_atoms).size,
        inside={
            "set_up": ((liouvillian, "generator"), (spectrum, "SpinPreconditioner")),
            "validation": ((spectrum, "_normalised"), (spectrum, "require_certificate")),
        },
        growth="power",
        fit_from=48,
    ),
    Solver(
        topic="spectrum",
        name="piqs_blocks",
        label="PIQS on its diagonal blocks, SciPy's `eigs`",
        ours=False,
        sizes=(4, 6, 18, 32, 48, 64, 80),
        cap=64,
        set_up=_piqs_blocks,
        solve=_shift_invert,
        check=_shift_invert_residual,
        compare=_compare_shift_invert,
        tolerance=SINGLE,
        unknowns=piqs_blocks.block_unknowns,
        growth="power",
        fit_from=18,
    ),
    _qutip(
        *("piqs_dense", "PIQS as shipped, `eigenstates()`", _piqs_shipped, _compare_shipped, (4, 6, 8, 10), 8),
        tolerance=SINGLE,
        unknowns=lambda n_atoms: piqs_blocks.number_of_states(n_atoms) ** 2,
        growth="power",
        fit_from=4,
    ),
    _qutip(
        *("piqs_sparse", "PIQS as shipped, `eigenstates(sparse=True)`", _piqs_shipped, _compare_shipped),
        *((4, 6, 8, 10), 8),
        tolerance=SINGLE,
        unknowns=lambda n_atoms: piqs_blocks.number_of_states(n_atoms) ** 2,
        options=_SPARSE,
    ),
    _qutip(
        *("full_dense", "full 2^N, `eigenstates()`", _full, _compare_full, (4, 5, 6), 5),
        tolerance=EXACT,
        unknowns=lambda n_atoms: 4**n_atoms,
        growth="exponential",
        fit_from=4,
    ),
    _qutip(
        *("full_sparse", "full 2^N, `eigenstates(sparse=True)`", _full, _compare_full, (4, 5, 6, 7), 6),
        tolerance=EXACT,
        unknowns=lambda n_atoms: 4**n_atoms,
        options=_SPARSE,
        growth="exponential",
        fit_from=4,
    ),
)
