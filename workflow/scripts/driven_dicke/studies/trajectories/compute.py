"""Single trajectories of the unravelling {sqrt(gamma_c) S_-, sqrt(gamma_s) sigma_n}: Figs. 6, 7 and 8."""

import logging
import time
from collections.abc import Callable, Mapping
from typing import Any

import numpy as np

from driven_dicke.model import checks
from driven_dicke.model.dicke_basis import FloatArray
from driven_dicke.model.drive_schedule import DriveSchedule
from driven_dicke.studies.common import at_most_one, model_of, time_grid
from driven_dicke.trajectories import atom_resolved, initial_states, record

# name in the configuration -> amplitudes in the product basis
INITIAL_STATES = {"all_down": initial_states.all_down, "singlets": initial_states.singlets}
SILENCE = 2.0  # seconds between two messages at least


def progress_log(label: str, stop: float) -> Callable[[float, int], None]:
    """A callback that says every few seconds how far a trajectory to the time `stop` has come."""
    last = time.monotonic()

    def report(fraction: float, n_jumps: int) -> None:
        nonlocal last
        if time.monotonic() - last >= SILENCE:
            last = time.monotonic()
            logging.info("%s: t = %.4g of %g, %d jumps", label, fraction * stop, stop, n_jumps)

    return report


def run(parameters: Mapping[str, Any], times: FloatArray) -> tuple[record.Trajectory, record.Jumps]:
    """The trajectory of `initial`, `drive` and `seed`, and its jumps, which do not depend on the grid `times`.

    Raises:
        checks.ParameterError: `drive`, a list of [start time, Omega / Omega_c], does not begin at 0 or does not rise.
    """
    model = model_of(parameters, parameters["n_atoms"])
    starts, drives = zip(*parameters["drive"], strict=True)
    if starts[0] != 0:
        raise checks.ParameterError(f"the drive of a trajectory must begin at time 0, but begins at {starts[0]:g}")
    schedule = DriveSchedule([model.rabi_frequency(drive) for drive in drives], starts[1:])
    initial = INITIAL_STATES[parameters["initial"]](model.n_atoms)
    label = f"N = {model.n_atoms}, {parameters['initial']}, seed {parameters['seed']}"
    trajectory = atom_resolved.trajectory(
        model, schedule, initial, times, parameters["seed"], progress_log(label, times[-1])
    )
    jumps = trajectory.jumps
    assert jumps is not None  # an atom-resolved trajectory always records them
    logging.info("%s: %d jumps, %d of them individual", label, jumps.time.size, jumps.individual.sum())
    return trajectory, jumps


def observable_columns(parameters: Mapping[str, Any], trajectory: record.Trajectory) -> dict[str, Any]:
    """Columns of contracts.trajectories.TRAJECTORY."""
    model = model_of(parameters, parameters["n_atoms"])
    return {
        "time": trajectory.times,
        **{name: getattr(trajectory, name) for name in ("s_z", "s_squared", "intensity", "g2")},
        "xi2": np.where(np.isfinite(trajectory.xi2), trajectory.xi2, np.nan),
        "crss_fidelity": at_most_one(trajectory.crss_fidelity),
        "drive": trajectory.rabi_frequency / model.critical_drive,
    }


def compute(parameters: Mapping[str, Any]) -> dict[str, dict[str, Any]]:
    """Tables trajectory and jumps of `n_atoms` atoms from `initial`, `drive`, `times` and `seed`."""
    trajectory, jumps = run(parameters, time_grid(parameters["times"]))
    return {
        "trajectory": observable_columns(parameters, trajectory),
        "jumps": {"time": jumps.time, "channel": jumps.channel, "atom": jumps.atom},
    }
