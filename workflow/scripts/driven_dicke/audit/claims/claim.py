"""A claim of the paper, the criterion that decides on it, and the evidence that it is decided on."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from math import erf, sqrt
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
    CORRECTED = "reproduced after corrections"
    GROWING = "approached as N grows"
    SMALL = "at small N only"
    NOT_REPRODUCED = "not reproduced"
    UNDECIDED = "undecided"

    @classmethod
    def of(cls, holds: bool) -> "Verdict":
        """Reproduced or not."""
        return cls.REPRODUCED if holds else cls.NOT_REPRODUCED


class Undecided(Exception):
    """The tables do not hold what the criterion needs; the message says what."""


@dataclass(frozen=True)
class Result:
    """What a claim's function computes.

    Attributes:
        verdict: one for the whole claim, or one for each of its statements, by their letters.
        computed: the numbers as text.
        value, uncertainty: the number that decides, NaN where several do.
        earlier: the verdict by the criterion of the first reading, where that was another one.
    """

    verdict: Verdict | Mapping[str, Verdict]
    computed: str
    value: float = np.nan
    uncertainty: float = np.nan
    earlier: str = ""


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
    """What the paper says; braces in the criteria stand for limits of the configuration's section `claims`.

    Attributes:
        number, letter: a claim that says several things has a letter for each.
        beforehand: whether the criterion was fixed before the values were looked at.
        earlier: the criterion of the first reading, where it was another one.
    """

    number: int
    place: str
    statement: str
    criterion: str
    tables: tuple[str, ...]
    letter: str = ""
    beforehand: bool = True
    earlier: str = ""

    @property
    def identifier(self) -> str:
        """Number and letter."""
        return f"{self.number}{self.letter}"


Decider = Callable[[Evidence], Result]
DECIDERS: dict[str, Decider] = {}


def decides(*identifiers: str) -> Callable[[Decider], Decider]:
    """Name the function that decides on the statements `identifiers`."""

    def named(function: Decider) -> Decider:
        DECIDERS.update(dict.fromkeys(identifiers, function))
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
        found = result.verdict
        verdict = found if isinstance(found, Verdict) else found[said.letter]
        return {
            "id": said.identifier,
            "place": said.place,
            "statement": said.statement,
            "computed": result.computed,
            "value": float(result.value),
            "uncertainty": float(result.uncertainty),
            "criterion": said.criterion.format_map(limits),
            "beforehand": said.beforehand,
            "verdict": verdict.value,
            "earlier_criterion": said.earlier.format_map(limits),
            "earlier_verdict": result.earlier,
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


def exponential(n_atoms: Any, values: Any, spread: float) -> Verdict:
    """One rule for every exponential decrease with N: of the local rates of ln `values` per atom.

    Equal to `spread` (largest minus smallest, relative to the mean), it is reproduced; only positive, it is approached.

    Raises:
        Undecided: there are fewer than three sizes.
    """
    rates = local_rates(n_atoms, values)
    if not (rates > 0).all():
        return Verdict.NOT_REPRODUCED
    return Verdict.REPRODUCED if np.ptp(rates) / rates.mean() <= spread else Verdict.GROWING


def by_size(small: float, large: float, limit: float) -> Verdict:
    """Reproduced if the deviation keeps the limit at both sizes, approached if it falls with N, else not."""
    if max(small, large) <= limit:
        return Verdict.REPRODUCED
    return Verdict.GROWING if large < small else Verdict.NOT_REPRODUCED


def false_alarm(standard_errors: float, comparisons: int) -> float:
    """Probability that a true statement fails: one of several normal deviations exceeds so many standard errors."""
    return float(1 - erf(standard_errors / sqrt(2)) ** comparisons)


def local_rates(n_atoms: Any, values: Any) -> Any:
    """Decrease of ln `values` per atom between neighbouring sizes, shape (len - 1,).

    Raises:
        Undecided: there are fewer than three sizes.
    """
    n, y = np.asarray(n_atoms, dtype=float), np.asarray(values, dtype=float)
    if n.size < 3:
        raise Undecided("a law of N needs three sizes")
    return -np.diff(np.log(y)) / np.diff(n)
