"""Dwell times in the two phases along long spin-resolved trajectories, against the rates of Eq. (10)."""

from collections.abc import Mapping
from typing import Any

import numpy as np

from driven_dicke.studies.common import model_of, time_grid
from driven_dicke.studies.switching import phases_at, thresholds
from driven_dicke.studies.trajectories import progress_log
from driven_dicke.tables import Table
from driven_dicke.trajectories import dwell, record, spin_resolved
from driven_dicke.trajectories.drive_schedule import DriveSchedule


def compute(parameters: Mapping[str, Any], phases: Table) -> dict[str, dict[str, Any]]:
    """Tables dwell_times and dwell_rates from `trajectories` runs of `n_atoms` atoms, all down, at one `drive`.

    A stay begins and ends where <S^2> passes `thresholds`, see `switching.thresholds`.
    """
    model, drive = model_of(parameters, parameters["n_atoms"]), parameters["drive"]
    values = phases_at(phases, drive)
    low, high = thresholds(parameters["thresholds"], values)
    times = time_grid(parameters["times"])
    all_down = np.eye(1, model.n_atoms + 1)[0]
    ensemble = spin_resolved.ensemble(
        model,
        DriveSchedule([model.rabi_frequency(drive)]),
        all_down,
        times,
        record.spawn(parameters["seed"], parameters["trajectories"]),
        progress_log(f"N = {model.n_atoms}, {parameters['trajectories']} trajectories", times[-1]),
        with_jumps=False,
    )
    by_trajectory = [dwell.dwell_times(times, trajectory.s_squared, low, high) for trajectory in ensemble]
    stays = {"plus": [found.high for found in by_trajectory], "minus": [found.low for found in by_trajectory]}
    other = {"plus": "minus", "minus": "plus"}
    rates = {state: dwell.pool(found).rate() for state, found in stays.items()}
    rows = [
        (number, state, stay)
        for state, found in stays.items()
        for number, stay in enumerate(found)
    ]
    return {}
