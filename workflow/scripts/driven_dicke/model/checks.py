"""One message for every bad argument: its name, its value and what was expected."""

import math
from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

_ASYMMETRY = 1e-12
_STATE_LOSS = 1e-6


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


def rising(name: str, values: object, least: int = 1, minimum: float = -math.inf) -> NDArray[np.float64]:
    """Return `values` as an array (n,) of finite, strictly rising numbers, n >= least.

    Raises:
        ParameterError: the shape is wrong, a number is not finite or below `minimum`, or they do not rise.
    """
    expected = f"{least} or more finite, strictly rising numbers" + (f" >= {minimum:g}" if minimum > -math.inf else "")
    try:
        if np.asarray(values).dtype.kind == "c":
            raise TypeError
        array = np.array(values, dtype=float)
    except (TypeError, ValueError):
        raise ParameterError(f"argument {name} must be {expected}, but is {values!r}") from None
    valid = array.ndim == 1 and array.size >= least and bool(np.isfinite(array).all())
    if not valid or (array.size and array[0] < minimum) or (np.diff(array) <= 0).any():
        raise ParameterError(f"argument {name} must be {expected}, but is not")
    return array


def seed(name: str, value: object) -> np.random.SeedSequence:
    """Return a whole number from 0 to 2^128 - 1 as the seed sequence that it stands for; pass on a seed sequence.

    Raises:
        ParameterError: `value` is anything else; None, above all, would be another trajectory at every call.
    """
    if isinstance(value, np.random.SeedSequence):
        return value
    return np.random.SeedSequence(integer(name, value, 0, 2**128 - 1))


def real_blocks(name: str, arrays: Sequence[NDArray[Any]]) -> list[NDArray[np.float64]]:
    """Return `arrays` as arrays of floats.

    Raises:
        ParameterError: an element has an imaginary part; the library's frame is the one in which states are real.
    """
    if any(np.iscomplexobj(array) and array.imag.any() for array in arrays):
        raise ParameterError(f"argument {name} must be real (see the frame of dicke_basis), but has imaginary parts")
    return [array.real.astype(float) for array in arrays]


def density_blocks(name: str, blocks: object, dimensions: Sequence[int]) -> list[NDArray[np.float64]]:
    """Return a permutation-symmetric state as real symmetric weighted blocks (2j+1, 2j+1), j falling.

    Traces and eigenvalues may be off by 1e-6, which a propagated state can have lost.

    Args:
        name: the argument's name.
        blocks: what was given.
        dimensions: 2j + 1 of every block.

    Raises:
        ParameterError: the shapes are others, an element is not finite or has an imaginary part (the library's frame
            is the one in which states are real), a block is not symmetric, the trace is not 1, or an eigenvalue is
            negative.
    """
    arrays = [np.asarray(block) for block in blocks] if isinstance(blocks, Sequence) else []
    if [array.shape for array in arrays] != [(size, size) for size in dimensions]:
        raise ParameterError(f"argument {name} must hold the blocks of {dimensions[0] - 1} atoms, j falling")
    if any(array.dtype.kind not in "fiuc" or not np.isfinite(array).all() for array in arrays):
        raise ParameterError(f"argument {name} must hold finite numbers, but an element is not")
    state = real_blocks(name, arrays)
    if any(np.abs(block - block.T).max() > _ASYMMETRY for block in state):
        raise ParameterError(f"argument {name} must hold symmetric blocks, but one is not")
    trace = sum(float(np.trace(block)) for block in state)
    if not abs(trace - 1) <= _STATE_LOSS:
        raise ParameterError(f"argument {name} must have trace 1, but its trace is {trace!r}")
    lowest = min(float(np.linalg.eigvalsh(block)[0]) for block in state)
    if not lowest >= -_STATE_LOSS:
        raise ParameterError(f"argument {name} must be positive, but has the eigenvalue {lowest:.3e}")
    return state
