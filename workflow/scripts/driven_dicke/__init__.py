"""Exact physics of N driven spins under collective and individual decay.

Master equation (Leppenen and Shahmoon, Eq. 1), with hbar = 1::

    d rho/dt = -i [2 Omega S_x, rho] + gamma_c D[S_-] rho + gamma_s sum_n D[sigma_n] rho

Start with ``import driven_dicke as dd`` and the functions of `api`. The folders hold the solvers behind them; each says
in its docstring what stands there and what it may import. Nothing is imported before it is used, so that a table is
rebuilt only when a module that it uses has changed.
"""

from importlib import import_module
from typing import Any

__version__ = "0.1.0"
__all__ = [
    "Evolution",
    "MeanField",
    "Model",
    "Modes",
    "State",
    "Trajectory",
    "TwoPhases",
    "evolve",
    "mean_field_branches",
    "phases",
    "slow_modes",
    "steady_state",
    "trajectory",
]


def __getattr__(name: str) -> Any:
    if name not in __all__:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f"{__name__}.api"), name)


def __dir__() -> list[str]:
    return [*__all__, "__version__"]
