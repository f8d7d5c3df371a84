"""The Liouvillian gap against N, from its eigenvalue and from the long-time relaxation of <S_z>: Fig. 3."""

import logging
from collections.abc import Mapping
from typing import Any

import numpy as np

from driven_dicke.closed_form import absorber
from driven_dicke.generator import dynamics, gap_fit, spectrum
from driven_dicke.generator.gap_fit import DecayFit
from driven_dicke.model import checks, observables
from driven_dicke.model.dicke_basis import FloatArray
from driven_dicke.model.parameters import Model
from driven_dicke.studies import decay_law
from driven_dicke.studies.common import model_of


def compute(parameters: Mapping[str, Any]) -> dict[str, dict[str, Any]]:
    """Tables gap, relaxation and law for every number of atoms in `n_atoms` at one `drive`.

    Where the relaxation cannot be fitted, or fewer than three sizes lie in the range `law`, a note says so.
    """
    drive = parameters["drive"]
    sizes, first, last = np.array(parameters["n_atoms"]), parameters["law"]["first"], parameters["law"]["last"]
    in_law = (sizes >= first) & (sizes <= last)
    rows, curves = [], []
    for n_atoms in parameters["n_atoms"]:
        model = model_of(parameters, n_atoms)
        rabi_frequency = model.rabi_frequency(drive)
        modes = spectrum.slow_modes(model, rabi_frequency, count=2)
        logging.info("N = %d: gap %.6e from the eigenvalue", n_atoms, modes.gap)
        fit, note = fitted(model, rabi_frequency)
        logging.info("N = %d: gap %.6e +- %.1e from the fit", n_atoms, fit.gap, fit.error)
        rows.append(
            {
                "n_atoms": n_atoms,
                "drive": drive,
                "gap_eigenvalue": modes.gap,
                "gap_fit": fit.gap,
                "gap_fit_error": fit.error,
                "fit_start": fit.start,
                "fit_stop": fit.stop,
                "residual": modes.residuals[1],
                "trace_of_mode": modes.trace_errors[0],
                "note": note,
            }
        )
        decay_times = np.linspace(0, parameters["relaxation"]["decay_times"], parameters["relaxation"]["points"])
        curves.append(relaxation(model, rabi_frequency, decay_times / modes.gap, fit))
    gap = {name: np.array([row[name] for row in rows]) for name in rows[0]}
    law = decay_law.fit(sizes[in_law], gap["gap_eigenvalue"][in_law])
    return {
        "gap": gap,
        "relaxation": {name: np.concatenate([curve[name] for curve in curves]) for name in curves[0]},
        "law": {name: [value] for name, value in law.items()},
    }


def fitted(model: Model, rabi_frequency: float) -> tuple[DecayFit, str]:
    """The fit and an empty note; or NaN and why the relaxation has no single rate within reach."""
    try:
        return gap_fit.fitted_gap(model, rabi_frequency), ""
    except checks.CertificateError as error:
        logging.info("left out: %s", error)
        return DecayFit(np.nan, np.nan, np.nan, np.nan), str(error)


def relaxation(model: Model, rabi_frequency: float, times: FloatArray, fit: DecayFit) -> dict[str, Any]:
    """Columns of contracts.liouvillian_gap.RELAXATION of one N; the limit <S_z(inf)> is that of the closed form."""
    evolution = dynamics.evolve(model, rabi_frequency, dynamics.all_down(model.n_atoms), times)
    limit = absorber.steady_state_moments(model, rabi_frequency).s_z
    s_z = np.array([np.dot(*observables.magnetization_distribution(evolution.blocks(i))) for i in range(times.size)])
    return {
        "n_atoms": np.full(times.size, model.n_atoms),
        "time": times,
        "distance": np.abs(s_z - limit),
        # |S_z| <= N/2 turns an error of the state into one of its expectation value.
        "error": model.n_atoms / 2 * evolution.errors,
        "fitted": (times >= fit.start) & (times <= fit.stop),
    }
