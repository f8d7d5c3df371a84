"""One message for every bad argument: its name, its value and what was expected."""

import math


class ParameterError(ValueError):
    """An argument or a configuration key has a value outside its range."""


class CertificateError(ArithmeticError):
    """A numerical solution failed its own check and must not be used."""


def integer(name: str, value: object, minimum: int, maximum: int | None = None) -> int:
    """Return `value` as an int within [minimum, maximum].

    Raises:
        ParameterError: `value` is not a whole number (bool counts as none) or is out of range.
    """
    expected = f"a whole number >= {minimum}" + (f" and <= {maximum}" if maximum is not None else "")
    whole = isinstance(value, int) or (hasattr(value, "__index__") and not isinstance(value, bool))
    if not whole or isinstance(value, bool):
        raise ParameterError(f"argument {name} must be {expected}, but is {value!r}")
    number = int(value)  # type: ignore[call-overload]
    if number < minimum or (maximum is not None and number > maximum):
        raise ParameterError(f"argument {name} must be {expected}, but is {number}")
    return number


def real(name: str, value: object, minimum: float = -math.inf, *, exclusive: bool = False) -> float:
    """Return `value` as a finite float >= minimum (> minimum if `exclusive`).

    Raises:
        ParameterError: `value` is not a real number, not finite, or out of range.
    """
    expected = "a finite number"
    if minimum > -math.inf:
        expected += f" {'>' if exclusive else '>='} {minimum:g}"
    if isinstance(value, (bool, str, bytes)) or not hasattr(value, "__float__"):
        raise ParameterError(f"argument {name} must be {expected}, but is {value!r}")
    number = float(value)
    if not math.isfinite(number) or number < minimum or (exclusive and number == minimum):
        raise ParameterError(f"argument {name} must be {expected}, but is {number!r}")
    return number
