"""The model's parameters and the mean-field scales that follow from them."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property
from typing import Self

from driven_dicke.model import checks


@dataclass(frozen=True)
class Model:
    """N driven spins with collective and individual decay, Eq. (1).

    All rates and the drive share one unit; the tables use gamma_s = 1.

    Args:
        n_atoms: number of atoms N >= 1.
        gamma_c: collective decay rate >= 0.
        gamma_s: individual decay rate >= 0; at least one of the two rates is positive.

    Raises:
        checks.ParameterError: a value is out of range.
    """

    n_atoms: int
    gamma_c: float
    gamma_s: float = 1.0

    def __post_init__(self) -> None:
        checks.integer("n_atoms", self.n_atoms, 1)
        checks.real("gamma_c", self.gamma_c, 0.0)
        checks.real("gamma_s", self.gamma_s, 0.0)
        if self.gamma_c == 0 and self.gamma_s == 0:
            raise checks.ParameterError("arguments gamma_c and gamma_s must not both be 0: nothing would decay")

    @classmethod
    def in_units_of_gamma_s(cls, n_atoms: int, rates: Mapping[str, float]) -> Self:
        """The model of N atoms with the rates {gamma_c, gamma_s} of any unit, in the tables' unit gamma_s = 1.

        The ratio is that of the decimal numbers as they are written, so that no unit shows in the last digit.
        """
        gamma_c, gamma_s = (Decimal(str(rates[name])) for name in ("gamma_c", "gamma_s"))
        return cls(n_atoms, gamma_c=float(gamma_c / gamma_s), gamma_s=1.0)

    @cached_property
    def collective_rate(self) -> float:
        """Gamma = (N - 1) gamma_c, Eq. (2)."""
        return (self.n_atoms - 1) * self.gamma_c

    @cached_property
    def single_atom_rate(self) -> float:
        """gamma = gamma_s + gamma_c, Eq. (2)."""
        return self.gamma_s + self.gamma_c

    @cached_property
    def critical_drive(self) -> float:
        """Omega_c = Gamma / 4, Eq. (3): the unit of `drive` everywhere."""
        return self.collective_rate / 4

    def rabi_frequency(self, drive: float) -> float:
        """Omega of Eq. (1) for a drive given as Omega / Omega_c.

        Raises:
            checks.ParameterError: `drive` is negative or not finite, or Omega_c = 0 (one atom, or gamma_c = 0).
        """
        if self.critical_drive == 0:
            raise checks.ParameterError(
                "a drive in units of Omega_c needs n_atoms >= 2 and gamma_c > 0; give Omega itself instead"
            )
        return checks.real("drive", drive, 0.0) * self.critical_drive
