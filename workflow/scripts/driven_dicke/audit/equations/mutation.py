"""Mutants of a formula: one sign, factor, index, exponent, function or order of operators changed at one place.

A check that says `holds` is worth something only if it rejects them; the tests demand this of every check.
"""

from collections.abc import Iterator
from itertools import pairwise

import numpy as np
import sympy as sp

from driven_dicke.audit.equations import formula
from driven_dicke.audit.equations.finding import points

# Names that a misprint may confuse; each occurrence is replaced by the others of its group.
CONFUSABLE = (
    "S_p S_m",
    "S_x S_y",
    "sigma sigma_d",
    "gamma_c gamma_s",
    "Gamma gamma",
    "s_x s_y s_z",
    "a a_d",
    "b b_d",
    "c c_d",
    "rho_p rho_m",
    "a_p a_m",
    "p_p p_m",
    "G_p G_m",
    "omega_c omega_L",
    "omega_0 omega_L",
    "delta delta_c",
    "s_0 s_1",
    "d_next d_last",
    "xi xi_d",
)
REMOVABLE = ("each_atom", "each_jump", "each_spin", "plus_hc", "dagger", "conjugate", "Abs")


def _partners(name: str) -> Iterator[str]:
    for group in map(str.split, CONFUSABLE):
        if name in group:
            yield from (other for other in group if other != name)


def _commute(first: sp.Basic, second: sp.Basic) -> bool:
    """Whether two operators belong to different systems: the modes a, b, c or the atoms."""
    modes = [str(factor)[0] if str(factor).removesuffix("_d") in ("a", "b", "c") else "" for factor in (first, second)]
    return modes[0] != modes[1]


def _replacements(node: sp.Basic) -> Iterator[sp.Basic]:
    """Changes of the node itself."""
    if node.is_Symbol:
        yield from map(formula.symbol, _partners(node.name))
    elif node.is_Pow and node.exp.is_number:
        exponent = node.exp + sp.sign(node.exp) if node.exp.is_integer else 2 * node.exp
        yield sp.Pow(node.base, exponent)
    elif isinstance(node, sp.sin):
        yield sp.cos(*node.args)
    elif isinstance(node, sp.cos):
        yield sp.sin(*node.args)
    elif node.is_Function and node.func.__name__ in REMOVABLE:
        yield node.args[0]
    elif node.is_Mul:
        scalars, factors = node.args_cnc()
        for place, (first, second) in enumerate(pairwise(factors)):
            if not _commute(first, second):
                yield sp.Mul(*scalars, *factors[:place], second, first, *factors[place + 2 :])


def _is_term(parent: sp.Basic) -> bool:
    """Whether a sign or a factor at a child of `parent` is not the same as at `parent` itself."""
    return isinstance(parent, (sp.Add, sp.Tuple)) or parent.is_Function


def _variants(node: sp.Basic, parent: sp.Basic | None) -> Iterator[sp.Basic]:
    """The node with one change in itself or below it."""
    yield from _replacements(node)
    if parent is not None and _is_term(parent) and isinstance(node, sp.Expr) and node != 0:
        yield from (-node, 2 * node)
    for position, child in enumerate(node.args):
        if isinstance(node, sp.Tuple) and position == 0 and child.is_Symbol:
            continue  # the name that an equation gives to its right-hand side
        for variant in _variants(child, node):
            yield node.func(*node.args[:position], variant, *node.args[position + 1 :])


def mutants(equations: sp.Tuple, *, either_sign: bool = False) -> list[sp.Tuple]:
    """All different mutants that do not say the same as the formula; with `either_sign` -pm says the same as pm."""
    found = dict.fromkeys(_variants(equations, None))
    return [mutant for mutant in found if not _same(equations, mutant, either_sign=either_sign)]


def _same(equations: sp.Tuple, mutant: sp.Tuple, *, either_sign: bool) -> bool:
    """Whether each equation of the mutant is a multiple of the one it came from, at random matrices and numbers."""
    pm = formula.symbol("pm")
    flipped = [mutant, mutant.xreplace({pm: -pm})] if either_sign else [mutant]
    return any(all(map(_proportional, equations, version)) for version in flipped)


def _proportional(first: sp.Tuple, second: sp.Tuple) -> bool:
    if first == second:
        return True
    names = {s.name for side in (*first, *second) for s in side.free_symbols}
    rng, factors = np.random.default_rng(2), []
    for values in points(names):
        for name in formula.OPERATORS:
            matrices = rng.normal(size=(2, 3, 3)) + 1j * rng.normal(size=(2, 3, 3))
            values[name] = list(matrices) if name.startswith("sigma") else matrices[0]
        values["jumps"] = [values["rho_p"], values["rho_m"]]
        values["of_spin"] = lambda j: {"element": np.cos(7 * j), "d_j": np.exp(j)}
        left, right = (np.ravel(_difference(pair, values)) for pair in (first, second))
        if left.shape != right.shape:
            return False
        factors.append(np.vdot(left, right) / np.vdot(left, left))
        if not np.allclose(right, factors[-1] * left, rtol=1e-9, atol=1e-12):
            return False
    return bool(np.ptp(np.real(factors)) + np.ptp(np.imag(factors)) < 1e-9 and abs(factors[0]) > 1e-9)


def _difference(pair: sp.Tuple, values: dict[str, object]) -> np.ndarray:
    try:
        left, right = (np.asarray(formula.evaluate(side, values)) for side in pair)
    except ZeroDivisionError:
        return np.array([np.inf])
    return left - right if left.shape == right.shape else np.array([np.nan])
