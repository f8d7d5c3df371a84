"""Double precision against proven balls: Figs. 2 and 10, Figs. ext1 and ext2, and the constants of the limit."""

import logging
from collections.abc import Callable, Iterable, Mapping
from dataclasses import fields
from typing import Any

import numpy as np
from flint import arb

from driven_dicke.closed_form import absorber, enclosures, phase_balance
from driven_dicke.model import checks
from driven_dicke.model.observables import Observables
from driven_dicke.model.parameters import Model
from driven_dicke.pipeline.tables import Table
from driven_dicke.studies.common import model_of

OBSERVABLES = tuple(field.name for field in fields(Observables))
FEWEST_ATOMS = 20  # rounding does not get less than with so many
DIGITS_OF_A_NUMBER, DIGITS_OF_A_CONSTANT = 20, 30

Comparison = tuple[float, float, arb]  # drive, number, ball


def compute(
    parameters: Mapping[str, Any], steady_state: list[Table], magnetization: Table, critical_point: Table
) -> dict[str, dict[str, Any]]:
    """Tables proven_digits and constants: all of Figs. 2 and 10, and the observables at every drive of Fig. 10.

    Args:
        parameters: rates, per_atom, drive_tolerance.
        steady_state: contracts.steady_state.STEADY_STATE, one per N.
        magnetization: contracts.steady_state.MAGNETIZATION of one N.
        critical_point: contracts.critical_point.CRITICAL_POINT.

    Raises:
        checks.CertificateError: a number is farther from its ball than is allowed.
    """
    rows = []
    for table in steady_state:
        model = model_of(parameters, table.parameters["n_atoms"])
        columns = {name: table.data[name].tolist() for name in OBSERVABLES}
        rows += _observables(parameters, "2", model, table.data["drive"].tolist(), columns)
    rows.append(_magnetization(parameters, magnetization))
    for n_atoms, drive, note in _points(critical_point):
        model = model_of(parameters, n_atoms)
        rows.append(_drive(parameters, "10", "drive", model, drive, note, enclosures.critical_drive))
        if not note:
            state = absorber.steady_state_moments(model, model.rabi_frequency(drive))
            columns = {name: [getattr(state, name)] for name in OBSERVABLES}
            rows += _observables(parameters, "10", model, [drive], columns)
    return {"proven_digits": _checked(rows), "constants": _checked(_constants(parameters))}


def compute_extensions(parameters: Mapping[str, Any], equal_weights: Table, curves: Table) -> dict[str, dict[str, Any]]:
    """Table proven_digits of Figs. ext1 and ext2.

    Args:
        parameters: rates, per_atom, drive_tolerance.
        equal_weights: contracts.critical_point_limit.EQUAL_WEIGHTS.
        curves: contracts.sharpening.CURVES.

    Raises:
        checks.CertificateError: a number is farther from its ball than is allowed.
    """
    rows = []
    ratios = equal_weights.data["rate_ratio"].tolist()
    for ratio, (n_atoms, drive, note) in zip(ratios, _points(equal_weights), strict=True):
        model = Model(n_atoms, ratio, 1.0)
        rows.append(_drive(parameters, "ext1", "drive", model, drive, note, enclosures.equal_weight_drive))
    for n_atoms in curves.data["n_atoms"].unique().tolist():
        group, model = curves.data[curves.data["n_atoms"] == n_atoms], model_of(parameters, n_atoms)
        columns = {name: group[name].tolist() for name in OBSERVABLES}
        rows += _observables(parameters, "ext2", model, group["drive"].tolist(), columns)
        logging.info("N = %d: %d drives of Fig. ext2", n_atoms, len(group))
    return {"proven_digits": _checked(rows)}


def _points(table: Table) -> Iterable[tuple[int, float, str]]:
    """(N, drive, note) of every row."""
    return zip(*(table.data[name].tolist() for name in ("n_atoms", "drive", "note")), strict=True)


def _observables(
    parameters: Mapping[str, Any], figure: str, model: Model, drives: list[float], columns: Mapping[str, list[float]]
) -> list[dict[str, Any]]:
    """A row for each observable; without a drive the state is known, and nothing is summed."""
    numbers = [number for number, drive in enumerate(drives) if drive > 0]
    balls = [enclosures.moments(model, enclosures.rabi_frequency(model, drives[number])) for number in numbers]
    return [
        _row(
            figure,
            name,
            model,
            [(drives[k], columns[name][k], getattr(ball, name)) for k, ball in zip(numbers, balls, strict=True)],
            parameters["per_atom"] * max(model.n_atoms, FEWEST_ATOMS),
        )
        for name in OBSERVABLES
    ]


def _magnetization(parameters: Mapping[str, Any], table: Table) -> dict[str, Any]:
    """The row of P_m at the critical point, or its note."""
    model, note = model_of(parameters, table.parameters["n_atoms"]), table.data["note"].iloc[0]
    allowed = parameters["per_atom"] * max(model.n_atoms, FEWEST_ATOMS)
    if note:
        return _row("2", "probability", model, [], allowed, note)
    drive = float(table.data["drive"].iloc[0])
    balls = enclosures.magnetization_distribution(model, enclosures.rabi_frequency(model, drive))
    found = zip(table.data["probability"].tolist(), balls, strict=True)
    return _row("2", "probability", model, [(drive, value, ball) for value, ball in found], allowed)


def _drive(
    parameters: Mapping[str, Any],
    figure: str,
    name: str,
    model: Model,
    drive: float,
    note: str,
    enclosed: Callable[[Model, float], arb],
) -> dict[str, Any]:
    """The row of a drive at which something passes zero, or its note."""
    found = [] if note else [(drive, drive, enclosed(model, drive))]
    return _row(figure, name, model, found, parameters["drive_tolerance"], note)


def _row(
    figure: str, name: str, model: Model, found: list[Comparison], allowed: float, note: str = ""
) -> dict[str, Any]:
    deviations = [enclosures.deviation(value, ball) for _, value, ball in found]
    worst = int(np.argmax(deviations)) if deviations else 0
    largest = deviations[worst] if deviations else np.nan
    if not deviations and not note:
        note = "no drive above 0"
    return {
        "figure": figure,
        "quantity": name,
        "rate_ratio": model.gamma_c / model.gamma_s,
        "n_atoms": model.n_atoms,
        "values": len(found),
        "largest_deviation": largest,
        "drive": found[worst][0] if found else np.nan,
        "largest_radius": max((enclosures.relative_radius(ball) for _, _, ball in found), default=np.nan),
        "allowed": allowed,
        "within": not largest > allowed,
        "digits": found[0][2].str(DIGITS_OF_A_NUMBER, radius=False) if len(found) == 1 else "",
        "note": note,
    }


def _constants(parameters: Mapping[str, Any]) -> list[dict[str, Any]]:
    """Rows of contracts.proven_digits.CONSTANTS."""
    model = model_of(parameters, 2)
    found, proven = phase_balance.approach_law(model), enclosures.approach_law(model)
    allowed = parameters["per_atom"] * FEWEST_ATOMS
    rows = []
    for name, ball in proven._asdict().items():
        value = getattr(found, name)
        deviation = enclosures.deviation(value, ball)
        rows.append(
            {
                "quantity": name,
                "value": value,
                "largest_deviation": deviation,
                "allowed": allowed,
                "within": deviation <= allowed,
                "digits": ball.str(DIGITS_OF_A_CONSTANT, radius=False),
            }
        )
    return rows


def _checked(rows: list[dict[str, Any]]) -> dict[str, Any]:
    """Rows as columns.

    Raises:
        checks.CertificateError: one of them is not within what is allowed.
    """
    for row in rows:
        if not row["within"]:
            where = f" of N = {row['n_atoms']} (Fig. {row['figure']})" if "n_atoms" in row else ""
            raise checks.CertificateError(
                f"{row['quantity']}{where} deviates by {row['largest_deviation']:.1e} from its proven value "
                f"(allowed: {row['allowed']:.0e})"
            )
    return {name: [row[name] for row in rows] for name in rows[0]}
