"""What a table promises: its columns, their kind, unit, meaning and range."""

from dataclasses import dataclass
from typing import Literal, Self

Kind = Literal["real", "integer", "text", "flag"]


@dataclass(frozen=True)
class Column:
    """One column of a table.

    Args:
        name: the field's standard term, spelled out.
        kind: real (float64), integer (int64), text (string) or flag (bool).
        unit: "1" for numbers; rates in "gamma_s", times in "1/gamma_s", drives in "Omega_c".
        meaning: what the number is, with the paper's symbol or equation.
        minimum, maximum: inclusive range of a real or integer column.
        optional: the value may be missing (NaN), for example where a branch does not exist.
    """

    name: str
    kind: Kind
    unit: str
    meaning: str
    minimum: float | None = None
    maximum: float | None = None
    optional: bool = False

    @classmethod
    def real(
        cls,
        name: str,
        meaning: str,
        unit: str = "1",
        *,
        minimum: float | None = None,
        maximum: float | None = None,
        optional: bool = False,
    ) -> Self:
        """A column of real numbers."""
        return cls(name, "real", unit, meaning, minimum, maximum, optional)

    @classmethod
    def integer(cls, name: str, meaning: str, *, minimum: float | None = None, maximum: float | None = None) -> Self:
        """A column of whole numbers."""
        return cls(name, "integer", "1", meaning, minimum, maximum)

    @classmethod
    def text(cls, name: str, meaning: str) -> Self:
        """A column of texts."""
        return cls(name, "text", "1", meaning)

    @classmethod
    def flag(cls, name: str, meaning: str) -> Self:
        """A column of truths."""
        return cls(name, "flag", "1", meaning)


@dataclass(frozen=True)
class Contract:
    """A table's name, meaning and columns, in order."""

    name: str
    meaning: str
    columns: tuple[Column, ...]

    @property
    def column_names(self) -> list[str]:
        """Names of the columns, in order."""
        return [column.name for column in self.columns]
