"""The transition sharpens: exact steady states up to N = 10^5 against drive, and their limit. Fig. ext2."""

import logging
from collections.abc import Mapping
from dataclasses import fields
from functools import partial
from typing import Any

import numpy as np

from driven_dicke.closed_form import absorber, enclosures, phase_balance, transition
from driven_dicke.mean_field import squeezing
from driven_dicke.model import checks
from driven_dicke.model.dicke_basis import FloatArray
from driven_dicke.model.observables import Observables
from driven_dicke.model.parameters import Model
from driven_dicke.studies.common import grid, model_of, value_or_note

OBSERVABLES = tuple(field.name for field in fields(Observables))


def compute(parameters: Mapping[str, Any]) -> dict[str, dict[str, Any]]:
    """Tables curves, limit, transition and validation for every N of `n_atoms`.

    Where p_k has one maximum there are no equal weights: the row of that N says so, and its curve has the grid alone.

    Raises:
        checks.CertificateError: the closed form and its proven value differ by more than `tolerance`.
    """
    curves, transitions, validations = [], [], []
    for n_atoms in parameters["n_atoms"]:
        model = model_of(parameters, n_atoms)
        centre, note = value_or_note(partial(phase_balance.equal_weight_drive, model))
        slope = np.nan if note else phase_balance.balance(model, centre).slope
        curve = exact_curve(model, sampled_drives(parameters, centre, slope), centre)
        curves.append(curve)
        transitions.append(transition_row(model, curve, slope, note))
        drives = parameters["drives"] if note else (*parameters["drives"], centre)
        validations += [validation_row(model, drive, parameters["tolerance"]) for drive in drives]
        logging.info("N = %d: %d drives around %.6f", n_atoms, curve["drive"].size, centre)
    return {
        "curves": {name: np.concatenate([curve[name] for curve in curves]) for name in curves[0]},
        "limit": limit_branches(grid(parameters["drive"])),
        "transition": {name: np.array([row[name] for row in transitions]) for name in transitions[0]},
        "validation": {name: np.array([row[name] for row in validations]) for name in validations[0]},
    }


def sampled_drives(parameters: Mapping[str, Any], centre: float, slope: float) -> FloatArray:
    """The grid `drive`, and points that are dense where |ln(W_+ / W_-)| is up to `switch.log_ratio`, unless NaN."""
    coarse, switch = grid(parameters["drive"]), parameters["switch"]
    if np.isnan(centre):
        return coarse
    fine = centre + np.linspace(-1, 1, switch["points"]) * switch["log_ratio"] / abs(slope)
    return np.union1d(coarse, fine[(fine > coarse[0]) & (fine < coarse[-1])])


def exact_curve(model: Model, drives: FloatArray, centre: float) -> dict[str, Any]:
    """Columns of contracts.sharpening.CURVES of one N; `centre` is its drive of equal weights or NaN."""
    states = [absorber.steady_state_moments(model, model.rabi_frequency(drive)) for drive in drives]
    columns: dict[str, Any] = {name: np.array([getattr(state, name) for state in states]) for name in OBSERVABLES}
    fractions = [transition.jump_fraction(model, drive, s_z) for drive, s_z in zip(drives, columns["s_z"], strict=True)]
    half = model.n_atoms / 2
    return {
        "n_atoms": np.full(drives.size, model.n_atoms),
        "drive": drives,
        "scaled_distance": phase_balance.approach_law(model).slope_per_atom * model.n_atoms * (drives - centre),
        "jump_fraction": np.array(fractions),
        **columns,
        "s_z_per_atom": columns["s_z"] / half,
        "s_squared_share": columns["s_squared"] / (half * (half + 1)),
    }


def transition_row(model: Model, curve: Mapping[str, Any], slope: float, note: str) -> dict[str, Any]:
    """A row of contracts.sharpening.TRANSITION; `slope` is d ln(W_+ / W_-) / d drive at equal weights.

    `note` says why there are none, and `slope` is NaN then.
    """
    # At few atoms the transition is wider than the bistable region.
    quarters = [value_or_note(partial(transition.drive_at_fraction, model, fraction)) for fraction in (0.25, 0.75)]
    ends = [drive for drive, _ in quarters]
    notes = dict.fromkeys(reason for reason in (note, *(reason for _, reason in quarters)) if reason)
    g2_drive, g2 = extreme(model, curve, "g2", largest=True)
    xi2_drive, xi2 = extreme(model, curve, "xi2", largest=False)
    limit_slope = phase_balance.approach_law(model).slope_per_atom * model.n_atoms
    return {
        "n_atoms": model.n_atoms,
        "drive_quarter": ends[0],
        "drive_three_quarters": ends[1],
        "width": ends[1] - ends[0],
        "width_two_states": transition.two_state_width(slope),
        "width_limit": transition.two_state_width(limit_slope),
        "g2_peak": g2,
        "g2_peak_drive": g2_drive,
        "g2_peak_limit": transition.largest_g2_limit(model.n_atoms),
        "xi2_best": xi2,
        "xi2_best_drive": xi2_drive,
        "note": "; ".join(notes),
    }


def extreme(model: Model, curve: Mapping[str, Any], name: str, *, largest: bool) -> tuple[float, float]:
    """(drive, value) of the extreme of an observable, refined between the neighbours of the extreme sample.

    (nan, nan) if the extreme sample is the first or the last: the curve has no extreme of its own within the grid.
    """
    place = int(np.argmax(curve[name]) if largest else np.argmin(curve[name]))
    if place in (0, curve["drive"].size - 1):
        return np.nan, np.nan
    return transition.extreme_of_observable(
        model, name, curve["drive"][place - 1], curve["drive"][place + 1], largest=largest
    )


def validation_row(model: Model, drive: float, tolerance: float) -> dict[str, float]:
    """A row of contracts.sharpening.VALIDATION.

    Raises:
        checks.CertificateError: an observable deviates by more than `tolerance`, relative to itself.
    """
    rabi_frequency = model.rabi_frequency(drive)
    found = vars(absorber.steady_state_moments(model, rabi_frequency))
    reference = enclosures.moments(model, rabi_frequency)
    deviations = {name: enclosures.deviation(found[name], getattr(reference, name)) for name in OBSERVABLES}
    worst = max(deviations, key=lambda name: deviations[name])
    if not deviations[worst] <= tolerance:
        raise checks.CertificateError(
            f"{worst} of N = {model.n_atoms} at {drive:g} Omega_c deviates by {deviations[worst]:.1e} from its proven "
            f"value (tolerance {tolerance:g})"
        )
    return {"n_atoms": model.n_atoms, "drive": drive} | {f"{name}_deviation": deviations[name] for name in OBSERVABLES}


def limit_branches(drives: FloatArray) -> dict[str, Any]:
    """Columns of contracts.sharpening.LIMIT: s_z = x - 1, s_y = drive at x_- and x_+; s_z = s_y = 0 above."""
    switch, fold = absorber.limit_critical_drive(), np.sqrt(0.5)
    bends = np.sqrt((1 - np.linspace(0, 1, drives.size) ** 2) / 2)  # dense towards the fold
    inside = np.unique([*drives[drives < fold], *bends, switch])
    beyond = np.unique([*drives[drives > 0], switch])
    fractions = np.array([absorber.mean_field_pair_fractions(drive) for drive in inside])
    branches = {
        "lower": (inside, fractions[:, 0]),
        "middle": (inside, fractions[:, 1]),
        "upper": (beyond, 1.0 + 0 * beyond),
    }
    tables = [
        {
            "branch": np.full(drive.size, branch),
            "drive": drive,
            "s_z_per_atom": x - 1,
            "s_squared_share": (1 - x) ** 2 + (drive**2 if branch != "upper" else 0 * drive),
            "g2": np.full(drive.size, {"lower": 1.0, "middle": np.nan, "upper": 2.0}[branch]),
            "xi2": squeezing.xi2_pair_correlation_limit(drive) if branch == "lower" else np.full(drive.size, np.nan),
            "favoured": (drive <= switch) & (branch == "lower") | (drive >= switch) & (branch == "upper"),
        }
        for branch, (drive, x) in branches.items()
    ]
    return {name: np.concatenate([table[name] for table in tables]) for name in tables[0]}
