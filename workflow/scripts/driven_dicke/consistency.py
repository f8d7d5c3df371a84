"""Keys of the configuration that must fit one another, which no schema can say. It needs the standard library alone.

What only a computation can tell is left to the study, whose message names the same keys.
"""

import math
from collections.abc import Iterator, Mapping
from typing import Any

BISTABILITY_RATIO = 8  # Gamma / gamma above which the mean field is bistable; mean_field has it too, but needs NumPy
SAME_DRIVE = 1e-9
LARGEST_RATIO = 1e9
Configuration = Mapping[str, Any]


def mistakes(configuration: Configuration) -> Iterator[str]:
    """One line per mistake: the key, its value, and what it must fit. The configuration must keep its schema."""
    rates = configuration["rates"]
    if not 1 / LARGEST_RATIO <= rates["gamma_c"] / rates["gamma_s"] <= LARGEST_RATIO:
        yield f"rates are {rates['gamma_c']} and {rates['gamma_s']}, expected gamma_c / gamma_s from 1e-9 to 1e9"
    yield from _bistability(configuration)
    yield from _large_n(configuration)
    yield from _initial_states(configuration["mean_field"]["relaxation"]["initial_states"])
    yield from _gap_law(configuration["liouvillian_gap"])
    yield from _trajectories(configuration)
    yield from _fig6_and_fig7(configuration)


def _ratio(configuration: Configuration, n_atoms: int) -> float:
    """Gamma / gamma, Eq. (2)."""
    rates = configuration["rates"]
    return (n_atoms - 1) * rates["gamma_c"] / (rates["gamma_c"] + rates["gamma_s"])


def _bistability(configuration: Configuration) -> Iterator[str]:
    phases = configuration["phases"]
    needed = {
        "steady_state.n_atoms": configuration["steady_state"]["n_atoms"][-1:],
        "critical_point.n_atoms_fitted": configuration["critical_point"]["n_atoms_fitted"],
        "critical_point.n_atoms_large": configuration["critical_point"]["n_atoms_large"],
        "phases.n_atoms": phases["n_atoms"],
        "phases.weights_n_atoms": phases["weights_n_atoms"],
        "claims.evidence.fidelity.n_atoms": [configuration["claims"]["evidence"]["fidelity"]["n_atoms"]],
    }
    for key, sizes in needed.items():
        smallest = min(sizes)
        if (ratio := _ratio(configuration, smallest)) <= BISTABILITY_RATIO:
            yield (
                f"{key} has {smallest}, expected sizes with a critical point: (N-1) gamma_c / (gamma_c + gamma_s) > 8 "
                f"at these rates, but it is {ratio:.3g}"
            )


def _large_n(configuration: Configuration) -> Iterator[str]:
    large_n = configuration["claims"]["evidence"]["large_n"]
    for n_atoms in large_n["n_atoms"]:
        ratio = _ratio(configuration, n_atoms)
        lower, upper = _edges(ratio) if ratio > BISTABILITY_RATIO else (math.inf, -math.inf)
        for drive in large_n["drives"]:
            if not lower < drive < upper:
                region = f"({lower:.4g} to {upper:.4g})" if lower < upper else "(there is none)"
                yield (
                    f"claims.evidence.large_n.drives has {drive}, expected drives within the bistable region of every "
                    f"claims.evidence.large_n.n_atoms, but that of {n_atoms} is {region}"
                )


def _edges(ratio: float) -> tuple[float, float]:
    """Edges of the bistable region, Eq. (B5), as in `mean_field.bistability_edges`."""
    g = 1 / ratio
    upper = math.sqrt(1 + 20 * g - 8 * g**2 + math.sqrt((1 - 8 * g) ** 3)) / 2
    return 2 * math.sqrt(g * (1 + g) ** 3) / upper, upper


def _initial_states(states: list[list[float]]) -> Iterator[str]:
    for number, state in enumerate(states):
        if math.hypot(*state) > 1 + 1e-12:
            yield f"mean_field.relaxation.initial_states[{number}] is {state}, expected a length of at most 1"


def _gap_law(section: Configuration) -> Iterator[str]:
    first, last = section["law"]["first"], section["law"]["last"]
    inside = [n_atoms for n_atoms in section["n_atoms"] if first <= n_atoms <= last]
    if len(inside) < 3:
        yield (
            f"liouvillian_gap.law holds {inside} of liouvillian_gap.n_atoms from first = {first} to last = {last}, "
            "expected at least three of them"
        )


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
