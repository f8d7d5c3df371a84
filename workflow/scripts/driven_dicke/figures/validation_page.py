"""The page of validation: every table that holds a number against another way to it, to read."""

from collections.abc import Iterable, Mapping, Sequence
from html import escape
from typing import Any

import pandas as pd

from driven_dicke.pipeline import html_page
from driven_dicke.pipeline.tables import Table
from driven_dicke.studies import critical_point, liouvillian_gap, proven_digits, steady_state, validation

TITLE = "Validation: each number in more than one way"
CONTRACTS = {
    "validation": validation.VALIDATION,
    "proven_digits": proven_digits.PROVEN_DIGITS,
    "constants": proven_digits.CONSTANTS,
    "steady_state": steady_state.STEADY_STATE,
    "gap_validation": liouvillian_gap.VALIDATION,
    "gap": liouvillian_gap.GAP,
    "critical_point": critical_point.CRITICAL_POINT,
    "fit": critical_point.FIT,
}


def html(tables: Mapping[str, Sequence[Table]]) -> str:
    """The page; `tables` by the names of `CONTRACTS`, those of `steady_state` one per number of atoms."""
    frames = {name: group[0].data for name, group in tables.items()}
    rates = tables["validation"][0].parameters["rates"]
    ratio = rates["gamma_c"] / rates["gamma_s"]
    parts = [f"<p>gamma_c = {ratio:g} gamma_s. Drives are in units of Omega_c = (N-1) gamma_c/4, rates in gamma_s.</p>"]
    parts += ["<h2>Steady state: the closed form against other solutions</h2>"]
    parts += [_by_reference(frames["validation"], "largest_deviation"), _whole("validation", frames)]
    parts += ["<h2>Steady state: certificates of every drive of Fig. 2</h2>", _certificates(tables["steady_state"])]
    parts += ["<h2>Proven digits: double precision against ball arithmetic</h2>", _proven(frames["proven_digits"])]
    parts += [_whole("proven_digits", frames), _constants(frames["constants"])]
    parts += ["<h2>Liouvillian gap against complete spectra</h2>"]
    parts += [_by_reference(frames["gap_validation"], "relative_deviation"), _whole("gap_validation", frames)]
    parts += ["<h2>Two ways to the gap of Fig. 3</h2>", _two_gaps(frames["gap"]), _whole("gap", frames)]
    parts += ["<h2>Critical point: the exponential fit and the exact limit</h2>", _fit(frames["fit"].iloc[0])]
    parts += [_whole("critical_point", frames)]
    return html_page.document(TITLE, parts)


def _by_reference(rows: pd.DataFrame, deviation: str) -> str:
    """The worst of all drives, one row per reference and number of atoms."""
    worst = [
        (
            escape(str(reference)),
            escape(str(n_atoms)),
            f"{group[deviation].max():.1e}",
            f"{group['tolerance'].max():.0e}",
            f"{group['residual'].max():.0e}",
            _verdict(bool(group["within"].all())),
        )
        for (reference, n_atoms), group in rows.groupby(["reference", "n_atoms"], sort=False)
    ]
    header = ("reference", "N", "largest deviation, all drives", "allowed", "largest residual", "within")
    return html_page.table(header, worst)


def _certificates(tables: Iterable[Table]) -> str:
    rows = [
        (
            escape(str(table.parameters["n_atoms"])),
            str(len(table.data)),
            f"{table.data['residual'].max():.1e}",
            f"{table.data['trace_error'].max():.1e}",
            f"{table.data['smallest_eigenvalue'].min():.1e}",
        )
        for table in tables
    ]
    return html_page.table(("N", "drives", "largest residual", "largest trace error", "smallest eigenvalue"), rows)


def _proven(rows: pd.DataFrame) -> str:
    """The worst of all sizes, one row per figure and quantity."""
    worst = [
        (
            escape(f"Fig. {figure}"),
            escape(str(quantity)),
            f"{group['n_atoms'].min()} … {group['n_atoms'].max()}",
            str(group["values"].sum()),
            f"{group['largest_deviation'].max():.1e}",
            f"{group['largest_radius'].max():.0e}",
            _verdict(bool(group["within"].all())),
        )
        for (figure, quantity), group in rows.groupby(["figure", "quantity"], sort=False)
    ]
    header = ("", "quantity", "N", "numbers", "largest deviation", "largest radius of a ball", "within")
    return html_page.table(header, worst)


def _constants(rows: pd.DataFrame) -> str:
    names = {"limit": "limit w of Omega_PT / Omega_c", "logarithm": "a of w + (a ln N + b) / N", "constant": "b"}
    cells = [
        (names[quantity], escape(digits), f"{deviation:.1e}", _verdict(within))
        for quantity, digits, deviation, within in zip(
            *(rows[name] for name in ("quantity", "digits", "largest_deviation", "within")), strict=True
        )
    ]
    return html_page.table(("", "proven digits", "deviation of double precision", "within"), cells)


def _two_gaps(rows: pd.DataFrame) -> str:
    columns = ("n_atoms", "gap_eigenvalue", "gap_fit", "gap_fit_error")
    cells = [
        (
            escape(str(n_atoms)),
            f"{eigenvalue:.6g}",
            f"{fit:.6g}",
            f"{error:.0e}",
            _verdict(abs(fit - eigenvalue) <= error),
        )
        for n_atoms, eigenvalue, fit, error in zip(*(rows[name] for name in columns), strict=True)
    ]
    return html_page.table(("N", "lambda_1, eigenvalue", "lambda_1, relaxation", "error bar", "within it"), cells)


def _fit(row: pd.Series) -> str:
    cells = [
        ("limit of the exponential law", f"{row['limit']:.4f} ± {row['limit_error']:.4f} Omega_c"),
        ("exact limit", f"{row['exact_limit']:.5f} Omega_c"),
        ("distance in standard errors", f"{(row['limit'] - row['exact_limit']) / row['limit_error']:.1f}"),
        ("decay of the law", f"{row['scale']:.2f} ± {row['scale_error']:.2f} atoms"),
        ("largest distance of a fitted point", f"{row['largest_residual']:.1e} Omega_c"),
    ]
    return html_page.table(("", "value"), cells)


def _whole(name: str, frames: Mapping[str, pd.DataFrame]) -> str:
    """Every row of a table, folded, with what its columns mean."""
    contract, rows = CONTRACTS[name], frames[name]
    meaning = "".join(f"<dt>{column.name}</dt><dd>{escape(column.meaning)}</dd>" for column in contract.columns)
    cells = [[_cell(value) for value in row] for row in rows[contract.column_names].itertuples(index=False)]
    header = [
        escape(f"{column.name} [{column.unit}]" if column.unit != "1" else column.name) for column in contract.columns
    ]
    summary = f"<summary>All {len(rows)} rows: {escape(contract.meaning)}</summary>"
    return f"<details>{summary}<dl>{meaning}</dl>{html_page.table(header, cells)}</details>"


def _cell(value: Any) -> str:
    if isinstance(value, bool):
        return _verdict(value)
    return f"{value:.4g}" if isinstance(value, float) else escape(str(value))


def _verdict(holds: bool) -> str:
    return html_page.badge("yes" if holds else "no", "good" if holds else "bad")
