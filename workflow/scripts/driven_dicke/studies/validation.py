"""Independent ways to the same steady state, and how far apart they are."""

import logging
from collections.abc import Callable, Mapping
from typing import Any

import numpy as np

from driven_dicke import absorber, checks, qutip_reference, stationary
from driven_dicke.dicke_basis import Blocks
from driven_dicke.model import Model
from driven_dicke.studies.common import model_of

Density = list[np.ndarray]  # blocks, or the one matrix of the full space
Solution = tuple[Density, float]  # a reference's state, and its residual relative to the norm of its own generator


def sparse_solve(model: Model, rabi_frequency: float) -> Solution:
    """The library's sparse direct solve of the master equation."""
    solution = stationary.steady_state(model, rabi_frequency)
    return solution.blocks, solution.certificate.residual


def full_master_equation(model: Model, rabi_frequency: float) -> Solution:
    """QuTiP's steady state of the full master equation on 2^N states."""
    density, residual = qutip_reference.full_steady_state(model, rabi_frequency)
    return [density], residual


def same(blocks: Blocks) -> Density:
    """The closed form as it is."""
    return blocks


# name in the table and in the configuration -> (label, solver, how the closed form is brought to the same basis)
REFERENCES: dict[str, tuple[str, Callable[[Model, float], Solution], Callable[[Blocks], Density]]] = {
    "sparse_solve": ("sparse solve", sparse_solve, same),
    "full_master_equation": ("full master equation", full_master_equation, lambda b: [qutip_reference.embed(b)]),
    "piqs": ("PIQS", qutip_reference.piqs_steady_state, same),
}


def compute(parameters: Mapping[str, Any]) -> dict[str, dict[str, Any]]:
    """Table validation: closed form against each of REFERENCES at each N and drive.

    Raises:
        checks.CertificateError: a deviation exceeds its tolerance.
    """
    rows: list[dict[str, Any]] = []
    for name, (label, solve, bring) in REFERENCES.items():
        tolerance = parameters[name]["tolerance"]
        for n_atoms in parameters[name]["n_atoms"]:
            model = model_of(parameters, n_atoms)
            for drive in parameters["drives"]:
                rabi_frequency = model.rabi_frequency(drive)
                exact = bring(absorber.density_blocks(model, rabi_frequency))
                reference, residual = solve(model, rabi_frequency)
                largest = max(np.abs(block).max() for block in exact)
                deviation = max(np.abs(a - b).max() for a, b in zip(exact, reference, strict=True)) / largest
                rows.append(
                    {
                        "reference": label,
                        "n_atoms": n_atoms,
                        "drive": drive,
                        "largest_deviation": float(deviation),
                        "tolerance": tolerance,
                        "within": bool(deviation <= tolerance),
                        "residual": residual,
                        "trace_error": abs(sum(np.trace(block).real for block in reference) - 1),
                        "smallest_eigenvalue": min(float(np.linalg.eigvalsh(block)[0]) for block in reference),
                    }
                )
            logging.info("%s, N = %d: deviation %.1e", label, n_atoms, rows[-1]["largest_deviation"])
    failed = [row for row in rows if not row["within"]]
    if failed:
        worst = max(failed, key=lambda row: row["largest_deviation"] / row["tolerance"])
        raise checks.CertificateError(
            f"closed form and {worst['reference']} differ by {worst['largest_deviation']:.2e} at "
            f"N = {worst['n_atoms']}, drive {worst['drive']:g} Omega_c (tolerance {worst['tolerance']:g})"
        )
    return {"validation": {name: [row[name] for row in rows] for name in rows[0]}}
