"""Regression: a few rows of every table, kept as reference, against the same rows of a new build."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

from driven_dicke.pipeline.tables import TableError

ROW = "row"  # as a key: the number of the row, for tables whose columns do not name their rows
KEY_DECIMALS = 9


@dataclass(frozen=True)
class Deviation:
    """Largest deviation of one column of one table.

    Args:
        table: path under results/, without the ending.
        figure: what the table is drawn in.
        column: column that deviates most relative to its tolerance.
        deviation: |new - reference| relative to the largest |reference| of the column; inf for a missing row or column,
            another text, or a value that is missing on one side only.
        tolerance: what is allowed.
    """

    table: str
    figure: str
    column: str
    deviation: float
    tolerance: float

    @property
    def within(self) -> bool:
        """Whether the tolerance is kept."""
        return self.deviation <= self.tolerance


def reduce(data: pd.DataFrame, rows: int) -> pd.DataFrame:
    """At most `rows` rows, equally spaced, first and last included, with their numbers in column `row`."""
    chosen = np.unique(np.linspace(0, len(data) - 1, min(rows, len(data))).round().astype(int))
    return data.iloc[chosen].assign(**{ROW: chosen}).reset_index(drop=True)


def compare(
    reference: pd.DataFrame, new: pd.DataFrame, keys: list[str], tolerances: Mapping[str, float]
) -> list[tuple[str, float, float]]:
    """(column, deviation, tolerance) of every column of `reference` but its keys; `tolerances` has a `default`."""
    new = new.assign(**{ROW: np.arange(len(new))})
    missing = [key for key in keys if key not in new]
    if missing:
        return [(missing[0], np.inf, 0.0)]
    found = _keyed(reference, keys).merge(
        _keyed(new, keys).drop_duplicates(keys), on=keys, how="left", suffixes=("", " new"), indicator=True
    )
    if (found["_merge"] != "both").any():
        return [(" and ".join(keys), np.inf, 0.0)]
    results = []
    for column in reference.columns.difference([*keys, ROW], sort=False):
        deviation = _deviation(found[column], found[f"{column} new"]) if f"{column} new" in found else np.inf
        results.append((column, deviation, tolerances.get(column, tolerances["default"])))
    return results


def _keyed(data: pd.DataFrame, keys: list[str]) -> pd.DataFrame:
    """Real keys rounded, so that the last bit does not decide whether two rows are the same."""
    real = [key for key in keys if data[key].dtype.kind == "f"]
    return data.assign(**{key: data[key].round(KEY_DECIMALS) + 0.0 for key in real})


def _deviation(reference: pd.Series, new: pd.Series) -> float:
    if reference.dtype.kind not in "fiu":
        return 0.0 if (reference.astype(str) == new.astype(str)).all() else np.inf
    if (reference.isna() != new.isna()).any():
        return np.inf
    difference, scale = (reference - new).abs().max(), reference.abs().max()
    if not difference > 0:  # also where every value is missing
        return 0.0
    return float(difference / scale) if scale > 0 else np.inf


def verify(results: Path, references: Path, specification: Mapping[str, Any]) -> list[Deviation]:
    """The worst column of every table named in `specification`.

    Args:
        results: folder of the new tables.
        references: folder of the references.
        specification: content of tolerances.yaml.

    Raises:
        TableError: a table or reference is missing.
    """
    worst = []
    for name, entry in specification["tables"].items():
        old, new = (_read(folder / f"{name}.parquet") for folder in (references, results))
        tolerances = {"default": specification["default"]} | entry.get("tolerances", {})
        columns = compare(old, new, entry["keys"], tolerances)
        column, deviation, tolerance = max(columns, key=lambda c: (c[1] / c[2] if c[2] else c[1], c[1]))
        worst.append(Deviation(name, str(entry["figure"]), column, deviation, tolerance))
    return worst


def _read(path: Path) -> pd.DataFrame:
    if not path.is_file():
        raise TableError(f"{path}: no such table")
    return pd.read_parquet(path)


def report(deviations: list[Deviation]) -> str:
    """A line for every table: figure, table, largest deviation, tolerance, column."""
    header = ("figure", "table", "largest deviation", "tolerance", "column", "")
    rows = [
        (d.figure, d.table, f"{d.deviation:.1e}", f"{d.tolerance:.0e}", d.column, "" if d.within else "DEVIATES")
        for d in deviations
    ]
    widths = [max(len(row[i]) for row in [header, *rows]) for i in range(len(header))]
    return "\n".join(
        "  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip()
        for row in [header, *rows]
    )
