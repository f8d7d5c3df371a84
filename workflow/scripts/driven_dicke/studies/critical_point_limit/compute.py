"""The true critical point: equal weights of both phases up to a million atoms, and the law of approach. Fig. ext1."""

import logging
from collections.abc import Callable, Mapping
from functools import partial
from typing import Any

import numpy as np

from driven_dicke.closed_form import absorber, enclosures, phase_balance
from driven_dicke.model.dicke_basis import FloatArray, IntArray
from driven_dicke.model.parameters import Model
from driven_dicke.pipeline.tables import Table
from driven_dicke.studies import approach_laws
from driven_dicke.studies.common import model_of, value_or_note

PARAMETERS = ("limit", "logarithm", "constant", "exponent", "scale")  # of a law, each with an error
CURVE_POINTS = 200  # of a law, for drawing


def compute(parameters: Mapping[str, Any], mid_branch: Table, exponential_fit: Table) -> dict[str, dict[str, Any]]:
    """Tables equal_weights, criteria, laws, law_curves, residuals and distribution.

    Args:
        parameters: rates, n_atoms (besides those of `mid_branch`), law_from, other_rate_ratios, distribution.
        mid_branch: drives of Eq. (C2), contracts.critical_point.CRITICAL_POINT.
        exponential_fit: the exponential law of Fig. 10, contracts.critical_point.FIT.

    Where p_k has one maximum there are no equal weights; such a row has no drive, and a note. A law with too few
    drives to be fitted to has no parameters, and a note.
    """
    rates, from_n = model_of(parameters, 2), parameters["law_from"]
    derived = phase_balance.approach_law(rates)
    points = mid_branch.data
    sizes = np.union1d(points["n_atoms"], parameters["n_atoms"])
    equal = equal_weights(rates, sizes)
    large = sizes >= from_n
    tables = [equal]
    fitted = points[points["fitted"]]
    found = approach_laws.laws(
        derived,
        (sizes[large], equal["drive"][large]),
        (fitted["n_atoms"].to_numpy(), fitted["drive"].to_numpy()),
        exponential_fit.data.iloc[0].to_dict(),
    )
    curves = [law_curve(law.name, equal["rate_ratio"][0], law.drive, sizes[0], sizes[-1]) for law in found]
    for ratio in parameters["other_rate_ratios"]:
        other = Model(2, ratio, 1.0)
        tables.append(equal_weights(other, sizes[sizes >= from_n]))
        curves.append(law_curve("derived", ratio, phase_balance.approach_law(other), from_n, sizes[-1]))
    return {
        "equal_weights": joined(tables),
        "criteria": criteria(mid_branch, equal, derived),
        "laws": laws_table(found, sizes[-1], equal["drive"][-1]),
        "law_curves": joined(curves),
        "residuals": residuals(found, points["n_atoms"].to_numpy(), points["drive"].to_numpy()),
        "distribution": distribution(parameters),
    }


def joined(parts: list[dict[str, Any]]) -> dict[str, Any]:
    """Tables with the same columns, one below the other."""
    return {name: np.concatenate([part[name] for part in parts]) for name in parts[0]}


def equal_weights(rates: Model, sizes: IntArray) -> dict[str, Any]:
    """Columns of contracts.critical_point_limit.EQUAL_WEIGHTS at the rates of a model, for every N of `sizes`."""
    law = phase_balance.approach_law(rates)
    drives, checks, notes = [], [], []
    for n_atoms in sizes.tolist():
        model = Model(n_atoms, rates.gamma_c, rates.gamma_s)
        drive, note = value_or_note(partial(phase_balance.equal_weight_drive, model))
        drives.append(drive)
        notes.append(note)
        ratio = np.nan if note else float(enclosures.log_weight_ratio(model, model.rabi_frequency(drive)))
        checks.append(ratio)
        logging.info("gamma_c = %g gamma_s, N = %d: equal weights at %.7f", rates.gamma_c, n_atoms, drives[-1])
    return {
        "rate_ratio": np.full(sizes.size, rates.gamma_c / rates.gamma_s),
        "n_atoms": sizes,
        "drive": np.array(drives),
        "predicted": law(sizes),
        "scaled": sizes * (np.array(drives) - law.limit),
        "log_ratio_check": np.array(checks),
        "note": notes,
    }


def criteria(mid_branch: Table, equal: Mapping[str, Any], law: phase_balance.ApproachLaw) -> dict[str, Any]:
    """Columns of contracts.critical_point_limit.CRITERIA: Eq. (C2) beside equal weights."""
    n_atoms, drive = mid_branch.data["n_atoms"].to_numpy(), mid_branch.data["drive"].to_numpy()
    shared = equal["drive"][np.searchsorted(equal["n_atoms"], n_atoms)]
    return {
        "n_atoms": n_atoms,
        "mid_branch": drive,
        "equal_weights": shared,
        "scaled_difference": n_atoms.astype(float) ** 2 * (drive - shared),
        "scaled_difference_predicted": np.full(n_atoms.size, law.mid_branch_difference),
        "note": np.where(np.isnan(drive), "no drive of Eq. (C2)", np.where(np.isnan(shared), "no equal weights", "")),
    }


def laws_table(found: list[approach_laws.Law], n_atoms: int, drive: float) -> dict[str, Any]:
    """Columns of contracts.critical_point_limit.LAWS; `drive` is that of equal weights at the largest N of all."""
    exact = absorber.limit_critical_drive()
    rows = []
    for law in found:
        excess = float(law.drive(np.array([float(n_atoms)]))[0] - drive)
        logging.info("law %s: off by %.1e at N = %d", law.name, excess, n_atoms)
        rows.append(
            {"law": law.name, "n_atoms_first": min(law.n_atoms, default=0), "n_atoms_last": max(law.n_atoms, default=0)}
            | {f"{name}{suffix}": np.nan for name in PARAMETERS for suffix in ("", "_error")}
            | dict(law.values)
            | {
                "largest_residual": largest(law.residuals),
                "largest_relative_residual": largest(law.residuals / (law.drives - exact)),
                "excess_at_largest": excess,
                "note": law.note,
            }
        )
    return {name: [row[name] for row in rows] for name in rows[0]}


def largest(values: FloatArray) -> float:
    """The largest of `values` (n,), NaN of none."""
    return float(values.max()) if values.size else np.nan


def residuals(found: list[approach_laws.Law], n_atoms: IntArray, drives: FloatArray) -> dict[str, Any]:
    """Columns of contracts.critical_point_limit.RESIDUALS: every law at every size."""
    distance = drives - absorber.limit_critical_drive()
    return {
        "law": np.repeat([law.name for law in found], n_atoms.size),
        "n_atoms": np.tile(n_atoms, len(found)),
        "relative_residual": np.concatenate(
            [np.abs(law.drive(n_atoms.astype(float)) - drives) / distance for law in found]
        ),
    }


def law_curve(
    name: str, ratio: float, law: Callable[[FloatArray], FloatArray], first: int, last: int
) -> dict[str, Any]:
    """Columns of contracts.critical_point_limit.LAW_CURVES from `first` to `last` atoms."""
    n = np.unique(np.rint(np.geomspace(first, last, CURVE_POINTS)).astype(int))
    drive = law(n.astype(float))
    return {
        "law": np.full(n.size, name),
        "rate_ratio": np.full(n.size, float(ratio)),
        "n_atoms": n,
        "drive": drive,
        "scaled": n * (drive - absorber.limit_critical_drive()),
    }


def distribution(parameters: Mapping[str, Any]) -> dict[str, Any]:
    """Columns of contracts.critical_point_limit.DISTRIBUTION for one N, and for N -> infinity at the limit."""
    model = model_of(parameters, parameters["distribution"]["n_atoms"])
    centre, note = value_or_note(partial(phase_balance.equal_weight_drive, model))
    step = parameters["distribution"]["step"]
    position = np.arange(model.n_atoms + 1) / model.n_atoms
    exponents = {}
    for case, drive in (("below", centre - step), ("at", centre), ("above", centre + step)):
        if note:
            exponents[case] = (np.nan, np.full(position.size, np.nan))
            continue
        logs = absorber.pair_distribution(model, model.rabi_frequency(drive)).log_weight
        exponents[case] = (drive, (logs.max() - logs) / model.n_atoms)
    limit = absorber.limit_critical_drive()
    logs = phase_balance.limit_exponent(limit, position)
    exponents["limit"] = (limit, logs.max() - logs)
    return joined(
        [
            {
                "case": np.full(position.size, case),
                "drive": np.full(position.size, drive),
                "position": position,
                "exponent": values,
                "note": np.full(position.size, "" if case == "limit" else note),
            }
            for case, (drive, values) in exponents.items()
        ]
    )
