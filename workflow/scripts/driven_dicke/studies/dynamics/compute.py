"""The density matrix against time from all atoms down: Fig. 7."""

import logging
from collections.abc import Mapping
from typing import Any

import numpy as np

from driven_dicke.generator import dynamics
from driven_dicke.model import crss, observables
from driven_dicke.studies.common import at_most_one, model_of, time_grid


def compute(parameters: Mapping[str, Any]) -> dict[str, dict[str, Any]]:
    """Table transient of `n_atoms` atoms at one `drive` over the grid `times`."""
    model = model_of(parameters, parameters["n_atoms"])
    rabi_frequency = model.rabi_frequency(parameters["drive"])
    times = time_grid(parameters["times"])
    evolution = dynamics.evolve(model, rabi_frequency, dynamics.all_down(model.n_atoms), times)
    logging.info(
        "N = %d: %d times up to %g, %d factorisations, error %.1e",
        *(model.n_atoms, times.size, times[-1], evolution.factorisations, evolution.errors[-1]),
    )
    states = [evolution.blocks(index) for index in range(times.size)]
    return {
        "transient": {
            "time": times,
            "s_z": [np.dot(*observables.magnetization_distribution(state)) for state in states],
            "crss_fidelity": at_most_one(np.array([crss.fidelity(state, model, rabi_frequency) for state in states])),
            "error": evolution.errors,
            "trace_error": evolution.trace_errors,
        }
    }
