"""Eqs. (D1) to (D3): the totally mixed state."""

from collections.abc import Iterator
from math import comb
from typing import Any

import numpy as np
import sympy as sp

from driven_dicke.audit.equations import spins
from driven_dicke.audit.equations.finding import Check, Gap, on_matrices
from driven_dicke.audit.equations.formula import evaluate


def _degeneracies(equations: sp.Tuple) -> Iterator[Gap]:
    """States with m = j minus states with m = j + 1 count the copies of spin j; N = 2 ... 9."""
    for n_atoms in range(2, 10):
        for lowered in range(n_atoms // 2 + 1):
            copies = comb(n_atoms, lowered) - (comb(n_atoms, lowered - 1) if lowered else 0)
            yield evaluate(equations[0][1], {"N": n_atoms, "j": n_atoms / 2 - lowered}) - copies


def _number_of_blocks(equations: sp.Tuple) -> Iterator[Gap]:
    """Different eigenvalues of S^2, even N."""
    for n_atoms in (2, 4):
        yield evaluate(equations[0][1], {"N": n_atoms}) - len(spins.spin_projectors(n_atoms))


def _diagonal(equations: sp.Tuple) -> Iterator[Gap]:
    """Weight of every (j, m) in the totally mixed state of 4 atoms, all copies together, from projectors.

    The blocks in the printed order: j = N/2, N/2 - 1, ..., 0, with 2j + 1 entries each.
    """
    n_atoms = 4
    copies = {"d_next": 3, "d_last": 2, "N": n_atoms}
    for (_, right), j in zip(equations, (2.0, 1.0, 0.0), strict=True):
        for m in np.arange(-j, j + 1):
            projector = spins.spin_projectors(n_atoms)[j] @ spins.magnetization_projectors(n_atoms)[float(m)]
            yield evaluate(right, copies) - np.trace(projector) / 2**n_atoms


def _mixed_samples() -> Iterator[dict[str, Any]]:
    for n_atoms in (2, 3, 4):
        table, state = spins.operators(n_atoms), np.eye(2**n_atoms) / 2**n_atoms
        s_m, s_p = table["S_m"], table["S_p"]
        products = {
            "mean_S2": sum(table[f"S_{axis}"] @ table[f"S_{axis}"] for axis in "xyz"),
            "intensity": s_p @ s_m,
            "coincidences": s_p @ s_p @ s_m @ s_m,
        }
        yield {**table, "rho": state} | {name: np.trace(product @ state) for name, product in products.items()}


def _photon_correlation(equations: sp.Tuple) -> Iterator[Gap]:
    for values in _mixed_samples():
        fourth, second = values["coincidences"], values["intensity"]
        for _, right in equations:
            yield evaluate(right, {**values, "G4": fourth, "G2": second}) - fourth / second**2


CHECKS = (
    Check(
        "D1",
        "App. D",
        "Number of copies of spin j among N atoms.",
        "d_j = factorial(N)*(2*j + 1)/(factorial(N/2 - j)*factorial(N/2 + j + 1))",
        _degeneracies,
    ),
    Check(
        "inline before (D1), blocks",
        "App. D",
        "Number of blocks (even N): j = 0 counts too.",
        "n_blocks = N/2",
        _number_of_blocks,
        corrected="n_blocks = N/2 + 1",
    ),
    Check(
        "D2",
        "App. D",
        "Diagonal of the totally mixed state (even N), one entry per (j, m): first, second and last block.",
        "rho_top = 1/2**N; rho_next = d_next/2**N; rho_last = d_last/2**N",
        _diagonal,
    ),
    Check(
        "D3a",
        "App. D",
        "Magnetisation and its square.",
        "mean(S_z) = 0; mean(S_z**2) = N/4",
        on_matrices(_mixed_samples),
    ),
    Check("D3b", "App. D", "Collective intensity.", "intensity = N/2", on_matrices(_mixed_samples)),
    Check(
        "D3c",
        "App. D",
        "Total angular momentum.",
        "mean_S2 = 3*N/4",
        on_matrices(_mixed_samples),
    ),
    Check(
        "D3d",
        "App. D",
        "Coincidences of two photons.",
        "coincidences = (N - 1)*N/2",
        on_matrices(_mixed_samples),
    ),
    Check(
        "D3e",
        "App. D",
        "Photon correlation.",
        "g2 = G4/G2**2; g2 = 2*(1 - 1/N)",
        _photon_correlation,
    ),
)
