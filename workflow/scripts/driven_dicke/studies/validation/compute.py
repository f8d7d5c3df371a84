"""Independent ways to the same steady state, and how far apart they are."""

import logging
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np

from driven_dicke.closed_form import absorber
from driven_dicke.generator import stationary
from driven_dicke.model import checks
from driven_dicke.model.dicke_basis import Blocks
from driven_dicke.model.parameters import Model
from driven_dicke.peers import qutip_reference
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


def single_precision_error(model: Model, rabi_frequency: float) -> float:
    """How far rates in single precision, as PIQS has them, may move the steady state: an estimate of ||delta rho||_1.

    The rounding of a rate moves the state in proportion, delta rho = L^-1 delta L rho. `stationary` estimates it for
    double precision; single precision is coarser by 2^29.
    """
    solution = stationary.steady_state(model, rabi_frequency)
    return (solution.error - solution.correction) * float(np.finfo(np.float32).eps / np.finfo(float).eps)


@dataclass(frozen=True)
class Reference:
    """Another way to the steady state.

    Attributes:
        label: its name in the table.
        solve: the state and its residual.
        bring: how the closed form is brought to the same basis.
        own_error: how far the reference itself may be off in ||delta rho||_1, where that is more than rounding.
    """

    label: str
    solve: Callable[[Model, float], Solution]
    bring: Callable[[Blocks], Density] = same
    own_error: Callable[[Model, float], float] | None = None


REFERENCES = {
    "sparse_solve": Reference("sparse solve", sparse_solve),
    "full_master_equation": Reference(
        "full master equation", full_master_equation, lambda blocks: [qutip_reference.embed(blocks)]
    ),
    "piqs": Reference("PIQS", qutip_reference.piqs_steady_state, own_error=single_precision_error),
}


def compute(parameters: Mapping[str, Any]) -> dict[str, dict[str, Any]]:
    """Table validation: closed form against each of REFERENCES at each N and drive.

    A deviation beyond its tolerance that the reference's own error explains is a note in its row.

    Raises:
        checks.CertificateError: a deviation exceeds its tolerance without such an explanation.
    """
    rows: list[dict[str, Any]] = []
    for name, way in REFERENCES.items():
        tolerance = parameters[name]["tolerance"]
        for n_atoms in parameters[name]["n_atoms"]:
            model = model_of(parameters, n_atoms)
            for drive in parameters["drives"]:
                rabi_frequency = model.rabi_frequency(drive)
                exact = way.bring(absorber.density_blocks(model, rabi_frequency))
                reference, residual = way.solve(model, rabi_frequency)
                largest = max(np.abs(block).max() for block in exact)
                deviation = max(np.abs(a - b).max() for a, b in zip(exact, reference, strict=True)) / largest
                within, note = bool(deviation <= tolerance), ""
                if not within and way.own_error is not None:
                    own_error = way.own_error(model, rabi_frequency) / largest
                    if deviation <= own_error:
                        note = f"the rates of {way.label} are in single precision, which explains up to {own_error:.1e}"
                rows.append(
                    {
                        "reference": way.label,
                        "n_atoms": n_atoms,
                        "drive": drive,
                        "largest_deviation": float(deviation),
                        "tolerance": tolerance,
                        "within": within,
                        "residual": residual,
                        "trace_error": abs(sum(np.trace(block).real for block in reference) - 1),
                        "smallest_eigenvalue": min(float(np.linalg.eigvalsh(block)[0]) for block in reference),
                        "note": note,
                    }
                )
            logging.info("%s, N = %d: deviation %.1e", way.label, n_atoms, rows[-1]["largest_deviation"])
    failed = [row for row in rows if not row["within"] and not row["note"]]
    if failed:
        worst = max(failed, key=lambda row: row["largest_deviation"] / row["tolerance"])
        raise checks.CertificateError(
            f"closed form and {worst['reference']} differ by {worst['largest_deviation']:.2e} at "
            f"N = {worst['n_atoms']}, drive {worst['drive']:g} Omega_c (tolerance {worst['tolerance']:g})"
        )
    return {"validation": {name: [row[name] for row in rows] for name in rows[0]}}
