"""Formulas as data: plain text to SymPy equations, and their numerical value on numbers and matrices.

A formula is written as ``lhs = rhs``; several are separated by ``;``. Names of `OPERATORS` do not commute, `pm` stands
for the upper sign of a printed plus-minus (or minus-plus) and takes the values +1 and -1. Heads such as ``each_atom``
are sums and brackets that have a meaning on explicit matrices only (`HEADS`).
"""

import re
from collections.abc import Callable, Mapping
from functools import cache, reduce
from typing import Any

import numpy as np
import sympy as sp
from sympy.parsing.sympy_parser import parse_expr


def _names(text: str) -> frozenset[str]:
    return frozenset(text.split())


OPERATORS = _names(
    "rho rho_s rho_1 rho_p rho_m rho_t drho H_eff C sigma sigma_d sigma_x sigma_y sigma_z S_x S_y S_z S_m S_p "
    "dsigma dsigma_z f f_d eta eta_d c c_d b b_d a a_d sum_D sum_sigma one"
)
SIGNED = _names("pm s_x s_y s_z delta delta_c Delta phi s_0 s_1 s_2 u m")
COMPLEX = _names("s_mean s_conj m2 mean_a g g_c g_k Omega_L E")
FUNCTIONS = {"sqrt": sp.sqrt, "exp": sp.exp, "sin": sp.sin, "cos": sp.cos, "abs": sp.Abs, "conj": sp.conjugate}
FUNCTIONS |= {"factorial": sp.factorial}
HEAD_NAMES = ("each_atom", "each_jump", "commutator", "dagger", "plus_hc", "trace", "mean", "each_spin")

Values = Mapping[str, Any]


@cache
def symbol(name: str) -> sp.Symbol:
    """The symbol of that name: an operator, a complex or real number, or (the rule) a positive number."""
    if name in OPERATORS:
        return sp.Symbol(name, commutative=False)
    if name in COMPLEX:
        return sp.Symbol(name)
    return sp.Symbol(name, real=True) if name in SIGNED else sp.Symbol(name, positive=True)


def symbols(names: str) -> tuple[sp.Symbol, ...]:
    """Several symbols from names separated by spaces."""
    return tuple(symbol(name) for name in names.split())


def expression(text: str) -> sp.Expr:
    """One side of a formula as a SymPy expression."""
    known: dict[str, Any] = {name: sp.Function(name) for name in HEAD_NAMES} | FUNCTIONS | {"I": sp.I, "pi": sp.pi}
    names = set(re.findall(r"[A-Za-z_]\w*", text)) - set(known)
    return sp.sympify(parse_expr(text, local_dict=known | {name: symbol(name) for name in names}))


def equations(text: str) -> sp.Tuple:
    """All equations of a formula, as pairs (lhs, rhs)."""
    return sp.Tuple(*(sp.Tuple(*map(expression, part.split("="))) for part in text.split(";")))


def _total(terms: list[Any]) -> Any:
    shape = next((term.shape for term in terms if isinstance(term, np.ndarray)), None)
    one = 1 if shape is None else np.eye(shape[0])
    return sum(term if isinstance(term, np.ndarray) else term * one for term in terms)


def _product(left: Any, right: Any) -> Any:
    return left @ right if isinstance(left, np.ndarray) and isinstance(right, np.ndarray) else left * right


def _dagger(value: Any) -> Any:
    return np.conj(value).T


def _each_atom(arguments: tuple[sp.Expr, ...], values: Values) -> Any:
    return _total([evaluate(arguments[0], {**values, "atom": n}) for n in range(len(values["sigma"]))])


def _each_jump(arguments: tuple[sp.Expr, ...], values: Values) -> Any:
    return _total([evaluate(arguments[0], {**values, "C": jump}) for jump in values["jumps"]])


def _each_spin(arguments: tuple[sp.Expr, ...], values: Values) -> Any:
    """Sum over j = lowest ... highest (second and third argument); nan if one of these states does not exist."""
    lowest, highest = (float(np.real(evaluate(bound, values))) for bound in arguments[1:])
    spins = np.arange(lowest, highest + 0.5)
    try:
        return sum(evaluate(arguments[0], {**values, **values["of_spin"](float(j))}) for j in spins)
    except KeyError:
        return np.nan


def _commutator(arguments: tuple[sp.Expr, ...], values: Values) -> Any:
    left, right = (evaluate(argument, values) for argument in arguments)
    return _product(left, right) - _product(right, left)


def _plus_hc(arguments: tuple[sp.Expr, ...], values: Values) -> Any:
    value = evaluate(arguments[0], values)
    return value + _dagger(value)


HEADS: dict[str, Callable[[tuple[sp.Expr, ...], Values], Any]] = {
    "each_atom": _each_atom,
    "each_jump": _each_jump,
    "each_spin": _each_spin,
    "commutator": _commutator,
    "plus_hc": _plus_hc,
    "dagger": lambda arguments, values: _dagger(evaluate(arguments[0], values)),
    "trace": lambda arguments, values: np.trace(evaluate(arguments[0], values)),
    "mean": lambda arguments, values: np.trace(evaluate(arguments[0], values) @ values["rho"]),
    "sin": lambda arguments, values: np.sin(evaluate(arguments[0], values)),
    "cos": lambda arguments, values: np.cos(evaluate(arguments[0], values)),
    "exp": lambda arguments, values: np.exp(evaluate(arguments[0], values)),
    "Abs": lambda arguments, values: abs(evaluate(arguments[0], values)),
    "conjugate": lambda arguments, values: np.conj(evaluate(arguments[0], values)),
}


def evaluate(expr: sp.Expr, values: Values) -> Any:
    """Value of `expr`: a number, or a matrix if operators occur (a number added to a matrix counts as a multiple of 1).

    A list among `values` holds one matrix per atom; outside ``each_atom`` the first atom is meant. Small integers and
    halves stay exact in double precision, so identities between spin matrices give residuals of exactly 0.
    """
    if expr.is_Symbol:
        value = values[expr.name]
        return value[values.get("atom", 0)] if isinstance(value, list) else value
    if expr.is_number:
        return complex(expr)
    if expr.is_Add:
        return _total([evaluate(term, values) for term in expr.args])
    if expr.is_Mul:
        return reduce(_product, (evaluate(factor, values) for factor in expr.args))
    if expr.is_Pow:
        base = evaluate(expr.base, values)
        if isinstance(base, np.ndarray):
            return np.linalg.matrix_power(base, int(expr.exp))
        return base ** evaluate(expr.exp, values)
    if isinstance(expr, sp.factorial):
        return complex(sp.factorial(sp.Rational(evaluate(expr.args[0], values).real)))
    return HEADS[expr.func.__name__](expr.args, values)
