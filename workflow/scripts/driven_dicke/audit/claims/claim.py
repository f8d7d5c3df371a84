"""A claim of the paper, the criterion that decides on it, and the evidence that it is decided on."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

import numpy as np
import pandas as pd

from driven_dicke.mean_field import branches as mean_field
from driven_dicke.model.parameters import Model
from driven_dicke.pipeline.tables import Table


class Verdict(StrEnum):
    """How a claim fares."""

    REPRODUCED = "reproduced"
    CONVENTION = "reproduced with the paper's convention"
    FINITE_SIZE = "finite-size"
    NOT_REPRODUCED = "not reproduced"
    UNDECIDED = "undecided"


class Undecided(Exception):
    """The tables do not hold what the criterion needs; the message says what."""


@dataclass(frozen=True)
class Result:
    """What a claim's function computes; `value` is the number that decides, NaN where several do."""

    verdict: Verdict
    computed: str
    value: float = np.nan
    uncertainty: float = np.nan


@dataclass(frozen=True)
class Evidence:
    """Tables by name, the limits that the criteria name, and sizes or drives that a claim looks at."""

    tables: Mapping[str, Table]
    limits: Mapping[str, Any]

    def data(self, name: str) -> pd.DataFrame:
        """The rows of a table.

        Raises:
            Undecided: there are none.
        """
        data = self.tables[name].data
        if data.empty:
            raise Undecided(f"table {name} has no rows")
        return data

    def complete(self, name: str) -> pd.DataFrame:
        """The rows of a table whose values are all there: a note says of the others why they are not.

        Raises:
            Undecided: there are none, for the reason that the first one gives.
        """
        data = self.data(name)
        if (rows := data[data["note"] == ""]).empty:
            raise Undecided(data["note"].iloc[0])
        return rows

    def n_atoms(self, name: str) -> int:
        """Size for which a table was computed."""
        return int(self.tables[name].parameters["n_atoms"])

    def model(self, name: str) -> Model:
        """The model for which a table was computed."""
        return Model.in_units_of_gamma_s(self.n_atoms(name), self.tables[name].parameters["rates"])

    def edges(self, name: str) -> mean_field.Edges:
        """Edges (B5) of the bistable region at the size and rates of a table.

        Raises:
            Undecided: there is no such region.
        """
        model = self.model(name)
        ratio = model.collective_rate / model.single_atom_rate
        if ratio <= mean_field.BISTABILITY_RATIO:
            raise Undecided(f"the mean field of N = {model.n_atoms} is not bistable: Gamma / gamma is {ratio:.3g}")
        return mean_field.bistability_edges(ratio)

    def region(self, name: str) -> pd.DataFrame:
        """Rows of a table of the phases within the bistable region, with `fraction`: 0 and 1 are its edges.

        Raises:
            Undecided: there are none.
        """
        data, edges = self.data(name), self.edges(name)
        fraction = (data["drive"] - edges.lower) / (edges.upper - edges.lower)
        rows = data.assign(fraction=fraction)[(fraction >= -1e-9) & (fraction <= 1 + 1e-9)]
        if rows.empty:
            raise Undecided(f"table {name} has no drive within the bistable region")
        return rows

    def __getitem__(self, limit: str) -> Any:
        return self.limits[limit]


@dataclass(frozen=True)
class Statement:
    """What the paper says; braces in `criterion` stand for limits of the configuration's section `claims`."""

    number: int
    place: str
    statement: str
    criterion: str
    tables: tuple[str, ...]


Decider = Callable[[Evidence], Result]
DECIDERS: dict[int, Decider] = {}


def decides(number: int) -> Callable[[Decider], Decider]:
    """Name the function that decides on claim `number`."""

    def named(function: Decider) -> Decider:
        DECIDERS[number] = function
        return function

    return named


@dataclass(frozen=True)
class Claim:
    """A statement and the function that decides on it."""

    statement: Statement
    evaluate: Decider

    def row(self, tables: Mapping[str, Table], limits: Mapping[str, Any]) -> dict[str, Any]:
        """The claim's row of the table `claims`; it sees no table but its own."""
        said = self.statement
        evidence = Evidence({name: tables[name] for name in said.tables}, limits)
        try:
            result = self.evaluate(evidence)
        except Undecided as reason:
            result = Result(Verdict.UNDECIDED, f"cannot be decided: {reason}")
        return {
            "id": said.number,
            "place": said.place,
            "statement": said.statement,
            "computed": result.computed,
            "value": float(result.value),
            "uncertainty": float(result.uncertainty),
            "criterion": said.criterion.format_map(limits),
            "verdict": result.verdict.value,
            "tables": ", ".join(said.tables),
        }


def at_drive(data: pd.DataFrame, drive: float) -> pd.Series:
    """The row at `drive`.

    Raises:
        Undecided: there is none.
    """
    rows = data[np.isclose(data["drive"], drive, rtol=0, atol=1e-9)]
    if rows.empty:
        raise Undecided(f"no row at drive {drive:g}")
    return rows.iloc[0]


def crossing(drives: Any, values: Any, level: float = 0.0) -> float:
    """Where `values` first passes `level`, by linear interpolation.

    Raises:
        Undecided: it does not.
    """
    x, y = np.asarray(drives, dtype=float), np.asarray(values, dtype=float) - level
    changes = np.flatnonzero(np.sign(y[:-1]) * np.sign(y[1:]) < 0)
    if changes.size == 0:
        raise Undecided(f"no crossing of {level:g} between drives {x[0]:g} and {x[-1]:g}")
    i = int(changes[0])
    return float(x[i] - y[i] * (x[i + 1] - x[i]) / (y[i + 1] - y[i]))


def local_rates(n_atoms: Any, values: Any) -> Any:
    """Decrease of ln `values` per atom between neighbouring sizes, shape (len - 1,).

    Raises:
        Undecided: there are fewer than three sizes.
    """
    n, y = np.asarray(n_atoms, dtype=float), np.asarray(values, dtype=float)
    if n.size < 3:
        raise Undecided("a law of N needs three sizes")
    return -np.diff(np.log(y)) / np.diff(n)
