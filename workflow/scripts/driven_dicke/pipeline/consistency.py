"""Keys of the configuration that must fit one another, which no schema can say. It needs the standard library alone.

What only a computation can tell is left to the study: a size or drive without the object that is looked for keeps its
row in the table, with a note that says why its values are missing.
"""

import math
from collections.abc import Iterator, Mapping
from typing import Any

SAME_DRIVE = 1e-9
LARGEST_RATIO = 1e9
Configuration = Mapping[str, Any]


def mistakes(configuration: Configuration) -> Iterator[str]:
    """One line per mistake: the key, its value, and what it must fit. The configuration must keep its schema."""
    rates = configuration["rates"]
    if not 1 / LARGEST_RATIO <= rates["gamma_c"] / rates["gamma_s"] <= LARGEST_RATIO:
        yield f"rates are {rates['gamma_c']} and {rates['gamma_s']}, expected gamma_c / gamma_s from 1e-9 to 1e9"
    yield from _initial_states(configuration["mean_field"]["relaxation"]["initial_states"])
    yield from _trajectories(configuration)
    yield from _fig6_and_fig7(configuration)


def _initial_states(states: list[list[float]]) -> Iterator[str]:
    for number, state in enumerate(states):
        if math.hypot(*state) > 1 + 1e-12:
            yield f"mean_field.relaxation.initial_states[{number}] is {state}, expected a length of at most 1"


def _trajectories(configuration: Configuration) -> Iterator[str]:
    section, phases = configuration["trajectories"], configuration["phases"]
    n_atoms, grid = section["n_atoms"], phases["drive"]
    for name in ("switching", "transient", "singlets", "quench"):
        if section[name]["initial"] == "singlets" and n_atoms % 2:
            yield f"trajectories.n_atoms is {n_atoms}, expected an even number (trajectories.{name} begins in singlets)"
    step = (grid["stop"] - grid["start"]) / (grid["points"] - 1)
    used = {f"trajectories.{name}.drive": section[name]["drive"][-1][1] for name in ("switching", "singlets", "quench")}
    for key, drive in (used | {"trajectories.dwell_times.drive": section["dwell_times"]["drive"]}).items():
        number = min(max(round((drive - grid["start"]) / step), 0), grid["points"] - 1)
        known = (phases["selected_drive"], grid["start"] + number * step)
        if all(abs(drive - other) > SAME_DRIVE for other in known):
            yield (
                f"{key} ends at {drive}, expected phases.selected_drive or a drive of the grid phases.drive, where the "
                "two phases are known"
            )
    width, stop = section["counts"]["bin_width"], section["switching"]["times"]["stop"]
    if width > stop:
        yield f"trajectories.counts.bin_width is {width}, expected at most trajectories.switching.times.stop, {stop}"


def _fig6_and_fig7(configuration: Configuration) -> Iterator[str]:
    section, dynamics = configuration["trajectories"], configuration["dynamics"]
    wanted, drive = section["switching"]["drive"][-1][1], section["dwell_times"]["drive"]
    if abs(drive - wanted) > SAME_DRIVE:
        yield (
            f"trajectories.dwell_times.drive is {drive}, expected that of trajectories.switching, {wanted} "
            "(Fig. 6 shows both)"
        )
    of_dynamics = [dynamics["n_atoms"], [[0, dynamics["drive"]]]]
    of_trajectory = [section["n_atoms"], section["transient"]["drive"]]
    if of_dynamics != of_trajectory:
        yield (
            f"dynamics has n_atoms, drive = {dynamics['n_atoms']}, {dynamics['drive']}, expected those of "
            f"trajectories.transient, {of_trajectory[0]}, {of_trajectory[1]} (Fig. 7 shows both)"
        )
