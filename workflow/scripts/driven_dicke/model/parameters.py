"""The model's parameters and the mean-field scales that follow from them."""

from dataclasses import dataclass
from functools import cached_property

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
