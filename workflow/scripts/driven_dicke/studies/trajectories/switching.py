"""What one trajectory shows of its switches: counts per bin, Fig. 13, and a switch at fine resolution, Fig. 14."""

import logging
from collections.abc import Mapping
from typing import Any

import numpy as np

from driven_dicke.mean_field import branches as mean_field
from driven_dicke.model import checks
from driven_dicke.pipeline.tables import Table
from driven_dicke.studies.common import model_of
from driven_dicke.studies.trajectories.compute import observable_columns, run
from driven_dicke.trajectories.dwell import dwell_times, pool
from driven_dicke.trajectories.record import Jumps

SLACK = 1e-9  # of <S^2>, so that rounding does not decide at a threshold that is an eigenvalue
SAME = 1e-6  # two computations of one trajectory agree to rounding, which each of its jumps amplifies a little


def phases_at(phases: Table, drive: float) -> dict[str, float]:
    """The row of the table of phases at `drive`.

    Raises:
        checks.ParameterError: the table has no such row.
    """
    rows = phases.data[np.isclose(phases.data["drive"], drive, rtol=0, atol=1e-9)]
    if len(rows) != 1:
        raise checks.ParameterError(
            f"the table of the phases has no row at drive {drive!r}; set phases.selected_drive to it"
        )
    return {str(name): float(value) for name, value in rows.select_dtypes(["number", "bool"]).iloc[0].items()}


def thresholds(parameters: Mapping[str, Any], phases: Mapping[str, float]) -> tuple[float, float]:
    """<S^2> at which a trajectory enters rho_- (from above) and rho_+ (from below).

    Configured as fractions {minus, plus} of the way from <S^2> in rho_- to <S^2> in rho_+.
    """
    minus, plus = phases["s_squared_minus"], phases["s_squared_plus"]
    low, high = (minus + parameters[state] * (plus - minus) for state in ("minus", "plus"))
    return low + SLACK, high - SLACK


def first_switch(times: Any, s_squared: Any, low: float, high: float) -> float | None:
    """Time of the first switch of a record of <S^2>, in the sense of `dwell_times`; None if it does not switch."""
    if not low < high:  # no two phases, or <S^2> tells them not apart
        return None
    first = pool(dwell_times(times, s_squared, low, high))
    ended = ~first.started & first.ended
    if not ended.any():
        return None
    entered = np.asarray(times)[np.argmax((s_squared <= low) | (s_squared >= high))]
    return float(entered + first.duration[ended][0])


def compute_zoom(
    parameters: Mapping[str, Any], trajectory: Table, jumps: Table, phases: Table
) -> dict[str, dict[str, Any]]:
    """Table zoom: the trajectory of the tables again, at `points` times around its first switch.

    Without a switch, around the largest excursion of <S^2> from its median, and the column `note` says so. The window
    reaches from `before` to `after` that time. The trajectory is run again up to the end of the window,
    and its jumps must be those of the table.

    Raises:
        checks.ParameterError: the table of the phases has no row at the last drive.
        checks.CertificateError: the repeated trajectory departs from the table's.
    """
    recorded = trajectory.data
    low, high = thresholds(parameters["thresholds"], phases_at(phases, parameters["drive"][-1][1]))
    times, s_squared = recorded["time"].to_numpy(), recorded["s_squared"].to_numpy()
    switch, note = first_switch(times, s_squared, low, high), ""
    if switch is None:
        switch = float(times[np.argmax(np.abs(s_squared - np.median(s_squared)))])
        note = f"no switch up to t = {times[-1]:g}: largest excursion of ⟨S²⟩"
    logging.info("window around t = %g; %s", switch, note or "first switch")
    window = parameters["zoom"]
    start, stop = max(0.0, switch - window["before"]), min(switch + window["after"], recorded["time"].iloc[-1])
    zoom, repeated = run(parameters, np.linspace(start, stop, window["points"]))
    until = jumps.data[jumps.data["time"] <= stop]
    same = repeated.time.size == len(until) and (repeated.atom == until["atom"].to_numpy()).all()
    if not same or not np.abs(repeated.time - until["time"].to_numpy()).max(initial=0.0) <= SAME:
        raise checks.CertificateError("the repeated trajectory has other jumps than the table; make both anew")
    return {"zoom": observable_columns(parameters, zoom) | {"note": [note] * window["points"]}}


def compute_counts(parameters: Mapping[str, Any], jumps: Table, phases: Table) -> dict[str, dict[str, Any]]:
    """Tables counts and expected_counts in bins of `bin_width` up to `stop`; an incomplete last bin is left out."""
    model = model_of(parameters, parameters["n_atoms"])
    width, drive = parameters["bin_width"], parameters["drive"][-1][1]
    edges = width * np.arange(int(parameters["stop"] / width + 1e-9) + 1)
    if edges.size == 1:
        raise checks.ParameterError(f"a bin of {width:g} is longer than the trajectory, {parameters['stop']:g}")
    record = Jumps(jumps.data["time"].to_numpy(), jumps.data["atom"].to_numpy())
    individual, collective = record.counts(edges)
    values = phases_at(phases, drive)
    branches = mean_field.branches(model.collective_rate / model.single_atom_rate, drive)
    excited = [model.n_atoms / 2 * (1 + float(s_z)) for s_z in (branches.lower, branches.upper)]
    states = ("plus", "minus")
    notes = [
        "; ".join(
            text
            for text, missing in (
                (f"the mean field has no {branch} branch at drive {drive:g}", np.isnan(s_z)),
                (f"no rho_{state} in the table of the phases", np.isnan(values[f"s_z_{state}"])),
            )
            if missing
        )
        for state, branch, s_z in zip(states, ("lower", "upper"), excited, strict=True)
    ]
    return {
        "counts": {"time": (edges[1:] + edges[:-1]) / 2, "individual": individual, "collective": collective},
        "expected_counts": {
            "state": states,
            "individual": model.gamma_s * width * np.array(excited),
            "individual_exact": [model.gamma_s * width * (model.n_atoms / 2 + values[f"s_z_{s}"]) for s in states],
            "collective": [model.gamma_c * width * values[f"intensity_{s}"] for s in states],
            "note": notes,
        },
    }
