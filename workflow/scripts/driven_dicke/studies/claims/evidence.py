"""What the claims need and no figure shows: large N, purely collective decay, the fidelity at larger N."""

import logging
from collections.abc import Mapping
from functools import partial
from itertools import pairwise
from typing import Any

import numpy as np
from scipy.optimize import minimize_scalar

from driven_dicke.closed_form import absorber
from driven_dicke.generator import dynamics, phases
from driven_dicke.generator.metastable import left_mode
from driven_dicke.generator.spectrum import slow_modes
from driven_dicke.mean_field import branches as mean_field
from driven_dicke.mean_field import squeezing
from driven_dicke.model import checks, crss, observables
from driven_dicke.model.operators import magnetization, raising_elements
from driven_dicke.model.parameters import Model
from driven_dicke.studies.claims import FIDELITY, LARGE_N, METASTABLE, PREPARATION
from driven_dicke.studies.common import missing, model_of, row_or_note


def compute(parameters: Mapping[str, Any]) -> dict[str, dict[str, Any]]:
    """Tables large_n, purely_collective, fidelity, metastable and preparation from the sections of the same names.

    Drives without two phases, and sizes without a bistable region, keep their rows, with a note.

    Raises:
        checks.CertificateError: a decomposition fails its certificate.
    """
    return {
        "large_n": large_n(parameters),
        "purely_collective": purely_collective(parameters["purely_collective"]),
        "fidelity": fidelity(parameters),
        **metastable(parameters),
    }


def large_n(parameters: Mapping[str, Any]) -> dict[str, Any]:
    """Columns of contracts.claims.LARGE_N for `n_atoms` and `drives`."""
    rows = []
    for n_atoms in parameters["large_n"]["n_atoms"]:
        model = model_of(parameters, n_atoms)
        for drive in parameters["large_n"]["drives"]:
            rows.append(
                {"n_atoms": n_atoms, "drive": drive} | row_or_note(partial(squeezing_of, model, drive), LARGE_N)
            )
        logging.info("closed form, N = %d: xi2 = %.5f at %g Omega_c", n_atoms, rows[-1]["xi2"], drive)
    return {name: [row[name] for row in rows] for name in rows[0]}


def squeezing_of(model: Model, drive: float) -> dict[str, float]:
    """xi^2 of rho_+ in closed form and both analytic forms.

    Raises:
        checks.ParameterError: the steady state has one phase, or the mean field no lower branch, at this drive.
    """
    ratio = model.collective_rate / model.single_atom_rate
    lower = mean_field.branches(ratio, drive).lower
    if np.isnan(lower):
        raise checks.ParameterError(f"the mean field of N = {model.n_atoms} has no lower branch at {drive:g} Omega_c")
    _, s_y, s_z = mean_field.spin(ratio, drive, lower)
    pairs = absorber.pair_distribution(model, model.rabi_frequency(drive))
    return {
        "xi2": absorber.moments(absorber.restricted(pairs).plus).xi2,
        "xi2_printed": float(squeezing.xi2(ratio, s_y, s_z)),
        "xi2_pair_correlation": float(squeezing.xi2_pair_correlation(ratio, s_y, s_z)),
    }


def collective_squeezing(n_atoms: int, fraction: float) -> float:
    """xi^2 of the exact steady state of purely collective decay at Omega = fraction N gamma_c / 4."""
    state = crss.dicke_steady_state(n_atoms, -fraction * n_atoms / 2)
    m, ladder = magnetization(n_atoms), raising_elements(n_atoms)
    population = np.diagonal(state)
    s_x = np.diagonal(state, 1) @ ladder  # <S_->, real in the library's frame
    pair = np.diagonal(state, 2) @ (ladder[:-1] * ladder[1:])  # <S_- S_->
    both = population[1:] @ ladder**2 + population[:-1] @ ladder**2  # <S_+ S_- + S_- S_+>
    mean = np.array([s_x, 0.0, population @ m])
    x_z = np.diagonal(state, 1) @ (ladder * (m[:-1] + m[1:])) / 2  # <S_x S_z + S_z S_x> / 2
    squares = (both + 2 * pair) / 4, (both - 2 * pair) / 4, population @ m**2
    second = np.diag(squares) + np.array([[0.0, 0.0, x_z], [0.0, 0.0, 0.0], [x_z, 0.0, 0.0]])
    return observables.spin_squeezing(n_atoms, mean, second - np.outer(mean, mean))


def purely_collective(parameters: Mapping[str, Any]) -> dict[str, Any]:
    """Columns of contracts.claims.PURELY_COLLECTIVE for `n_atoms` and `fractions`, and the best fraction of each N."""
    rows = []
    for n_atoms in parameters["n_atoms"]:
        rows += [
            (n_atoms, fraction, collective_squeezing(n_atoms, fraction), False) for fraction in parameters["fractions"]
        ]
        best = minimize_scalar(
            lambda x, n=n_atoms: collective_squeezing(n, x), bounds=(0.3, 1.0), options={"xatol": 1e-6}
        )
        rows.append((n_atoms, float(best.x), float(best.fun), True))
        logging.info("purely collective, N = %d: best xi2 = %.5f at %.4f N gamma_c / 4", n_atoms, best.fun, best.x)
    columns = zip(*rows, strict=True)
    return {name: list(column) for name, column in zip(("n_atoms", "fraction", "xi2", "optimum"), columns, strict=True)}


def fidelity(parameters: Mapping[str, Any]) -> dict[str, Any]:
    """Columns of contracts.claims.FIDELITY for `n_atoms` at `region_fractions` of the bistable region."""
    model = model_of(parameters, parameters["fidelity"]["n_atoms"])
    rows = []
    for fraction in parameters["fidelity"]["region_fractions"]:
        row = row_or_note(partial(fidelity_at, model, fraction), FIDELITY)
        rows.append({"n_atoms": model.n_atoms, "region_fraction": fraction} | row)
        logging.info(
            "N = %d, drive %.4f: root fidelity of rho_+ %.4f", model.n_atoms, row["drive"], row["crss_fidelity_plus"]
        )
    return {name: [row[name] for row in rows] for name in rows[0]}


def fidelity_at(model: Model, fraction: float) -> dict[str, float]:
    """Root fidelities with the CRSS at a place in the bistable region: 0 and 1 are its edges.

    Raises:
        checks.ParameterError: there is no such region.
        checks.CertificateError: the decomposition fails its certificate.
    """
    edges = mean_field.bistability_edges(model.collective_rate / model.single_atom_rate)
    drive = edges.lower + fraction * (edges.upper - edges.lower)
    rabi_frequency = model.rabi_frequency(drive)
    found = phases.decompose(model, rabi_frequency)
    return {
        "drive": drive,
        "crss_fidelity_plus": crss.fidelity(found.plus, model, rabi_frequency),
        "crss_fidelity_steady": crss.fidelity(found.steady, model, rabi_frequency),
    }


def metastable(parameters: Mapping[str, Any]) -> dict[str, dict[str, Any]]:
    """Columns of contracts.claims.METASTABLE and PREPARATION for `n_atoms` and `drive`; `quench` is a schedule."""
    model, drive = model_of(parameters, parameters["metastable"]["n_atoms"]), parameters["metastable"]["drive"]
    rabi_frequency = model.rabi_frequency(drive)
    where = {"n_atoms": model.n_atoms, "drive": drive}
    try:
        modes = slow_modes(model, rabi_frequency, count=2)
        if not modes.real_modes.size:
            modes = slow_modes(model, rabi_frequency, count=5)
        mode = left_mode(model, rabi_frequency, modes)
    except checks.ParameterError as error:
        states = [where | {"state": state} | missing(METASTABLE, str(error)) for state in ("plus", "minus")]
        starts = [
            where | {"initial": name} | missing(PREPARATION, str(error)) for name in ("all_down", "singlets", "quench")
        ]
    else:
        plus, gap = mode.place(modes.blocks(0)), -float(modes.eigenvalues[modes.real_modes[0]].real)
        states = [
            where | {"state": "plus", "weight": plus, "rate": gap * (1 - plus), "note": ""},
            where | {"state": "minus", "weight": 1 - plus, "rate": gap * plus, "note": ""},
        ]
        down = dynamics.all_down(model.n_atoms)
        least = [np.zeros_like(block) for block in down]  # no coupling to the light: pairs in singlets, one atom down
        least[-1][0, 0] = 1.0
        prepared = down
        for (start, before), (stop, _) in pairwise(parameters["metastable"]["quench"]):
            prepared = dynamics.evolve(model, model.rabi_frequency(before), prepared, [0.0, stop - start]).blocks(1)
        starts = [
            where | {"initial": name, "place": mode.place(state), "note": ""}
            for name, state in (("all_down", down), ("singlets", least), ("quench", prepared))
        ]
        for row in starts:
            logging.info("%s: %.4f of the way from rho_- to rho_+", row["initial"], row["place"])
    return {
        name: {column: [row[column] for row in rows] for column in rows[0]}
        for name, rows in (("metastable", states), ("preparation", starts))
    }
