"""The Liouvillian gap against complete spectra, also of the full master equation: beside Fig. 3."""

import logging
from collections import Counter
from collections.abc import Callable, Mapping
from typing import Any

import numpy as np
from numpy.typing import NDArray

from driven_dicke.generator import liouvillian, spectrum
from driven_dicke.model import checks
from driven_dicke.model.parameters import Model
from driven_dicke.peers import qutip_reference
from driven_dicke.studies.common import model_of

# Matrix of the permutation-invariant operators, of everything that the reference holds, and the exchange of rows and
# columns of the first in the real frame: +1 on the symmetric sector, in which the gap is defined, -1 on the other.
Matrices = tuple[NDArray[Any], NDArray[Any], NDArray[Any]]
_ZERO = 1e-12  # of ||L||: below it an eigenvalue counts as zero


def both_sectors(model: Model, rabi_frequency: float) -> Matrices:
    """The generator on all block elements, symmetric and antisymmetric."""
    elements = liouvillian.ElementCoordinates(model.n_atoms)
    matrix = liouvillian.assemble(model, elements).at(rabi_frequency).toarray()
    exchange = np.zeros_like(matrix)
    exchange[elements.index(elements.block, elements.column, elements.row), np.arange(elements.size)] = 1.0
    return matrix, matrix, exchange


def full_master_equation(model: Model, rabi_frequency: float) -> Matrices:
    """QuTiP's Liouvillian on 2^N states, restricted to permutation-invariant operators, and complete."""
    n_atoms = model.n_atoms
    complete = qutip_reference.superoperator(n_atoms, model.gamma_c, model.gamma_s, rabi_frequency)
    basis = permutation_invariant_basis(n_atoms)
    # rho' = U rho U^+ with U = i^(number of excited atoms): its transpose is Z rho^T Z with the parity Z = U^2.
    size = 2**n_atoms
    parity = 1 - 2.0 * (np.bitwise_count(np.arange(size)) % 2)
    row, column = np.tile(np.arange(size), size), np.repeat(np.arange(size), size)  # columns are stacked
    transposed = (parity[row] * parity[column])[:, None] * basis[row * size + column]
    return basis.T @ complete @ basis, complete, basis.T @ transposed


def permutation_invariant_basis(n_atoms: int) -> NDArray[np.float64]:
    """Orthonormal operators that no permutation of atoms changes, on column-stacked matrices, shape (4^N, C(N+3, 3)).

    An element |r><c| of an N-atom operator is, atom by atom, one of |e><e|, |e><g|, |g><e|, |g><g|; a permutation keeps
    how often each of them occurs, and can bring about any arrangement of them.
    """
    states = [f"{state:0{n_atoms}b}" for state in range(2**n_atoms)]
    counts = [tuple(sorted(Counter(zip(row, column, strict=True)).items())) for column in states for row in states]
    kinds = {kind: number for number, kind in enumerate(sorted(set(counts)))}
    basis = np.zeros((len(counts), len(kinds)))
    basis[np.arange(len(counts)), [kinds[kind] for kind in counts]] = 1
    return basis / np.linalg.norm(basis, axis=0)


# name in the configuration -> (label in the table, matrices)
REFERENCES: dict[str, tuple[str, Callable[[Model, float], Matrices]]] = {
    "complete_diagonalisation": ("complete diagonalisation", both_sectors),
    "full_master_equation": ("full master equation", full_master_equation),
}


def symmetric_sector(matrix: NDArray[Any], exchange: NDArray[Any]) -> NDArray[Any]:
    """A matrix restricted to the operators that `exchange` leaves as they are."""
    signs, vectors = np.linalg.eigh(exchange)
    basis = vectors[:, signs > 0]
    return basis.T @ matrix @ basis


def slowest_rate(matrix: NDArray[Any]) -> tuple[float, float]:
    """Slowest decay rate of a complete spectrum, and |lambda_0| / ||L||_1.

    Raises:
        checks.CertificateError: the spectrum has not exactly one zero, or a growing mode.
    """
    scale = float(np.abs(matrix).sum(axis=0).max())
    eigenvalues = np.linalg.eigvals(matrix)
    zero = np.abs(eigenvalues) <= _ZERO * scale
    if zero.sum() != 1 or eigenvalues[~zero].real.max() >= 0:
        raise checks.CertificateError(
            f"a complete spectrum has {zero.sum()} zeros and the largest real part {eigenvalues[~zero].real.max():.1e}"
        )
    return -float(eigenvalues[~zero].real.max()), float(np.abs(eigenvalues[zero][0])) / scale


def compute(parameters: Mapping[str, Any]) -> dict[str, dict[str, Any]]:
    """Table validation: the sparse solver's gap against each of REFERENCES at each N and drive.

    Raises:
        checks.CertificateError: a deviation exceeds its tolerance, or a reference is no Liouvillian's spectrum.
    """
    rows: list[dict[str, Any]] = []
    for name, (label, matrices) in REFERENCES.items():
        tolerance = parameters[name]["tolerance"]
        for n_atoms in parameters[name]["n_atoms"]:
            model = model_of(parameters, n_atoms)
            for drive in parameters["drives"]:
                rabi_frequency = model.rabi_frequency(drive)
                modes = spectrum.slow_modes(model, rabi_frequency, count=2)
                invariant, complete, exchange = matrices(model, rabi_frequency)
                reference, zero = slowest_rate(symmetric_sector(invariant, exchange))
                deviation = abs(modes.gap / reference - 1)
                rows.append(
                    {
                        "reference": label,
                        "n_atoms": n_atoms,
                        "drive": drive,
                        "gap": modes.gap,
                        "gap_reference": reference,
                        "relative_deviation": deviation,
                        "tolerance": tolerance,
                        "within": deviation <= tolerance,
                        "residual": modes.residuals[1],
                        "zero_eigenvalue": zero,
                        "slowest_rate": slowest_rate(complete)[0],
                    }
                )
                logging.info("%s, N = %d, drive %g: deviation %.1e", label, n_atoms, drive, deviation)
    failed = [row for row in rows if not row["within"]]
    if failed:
        worst = max(failed, key=lambda row: row["relative_deviation"] / row["tolerance"])
        raise checks.CertificateError(
            f"the gap and {worst['reference']} differ by {worst['relative_deviation']:.2e} at N = {worst['n_atoms']}, "
            f"drive {worst['drive']:g} Omega_c (tolerance {worst['tolerance']:g})"
        )
    return {"validation": {name: [row[name] for row in rows] for name in rows[0]}}
