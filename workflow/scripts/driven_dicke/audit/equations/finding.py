"""A check of one printed formula, and the finding that it computes."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Any, Literal

import numpy as np
import sympy as sp

from driven_dicke.audit.equations import formula
from driven_dicke.audit.equations.printed.kinds import KINDS

Verdict = Literal["holds", "differs", "definition", "undecided"]
Method = Literal["symbolic", "numerical", "text"]
Gap = Any  # a SymPy expression, a number or an array: what must vanish if the formula holds

N_POINTS = 5
# Random points keep to these ranges: the lower mean-field branch exists, and square roots are real.
RANGES = {
    "Omega": (0.1, 0.6),
    "Omega_c": (1.0, 2.0),
    "Gamma": (4.0, 8.0),
    "gamma": (0.05, 0.4),
    "theta": (1.7, 3.0),
    "N": (3.0, 9.0),
    "s_z": (-0.9, -0.2),
    "s_y": (0.2, 0.9),
}


@dataclass(frozen=True)
class Finding:
    """What the audit says about one formula or reference of the paper.

    Args:
        identifier: number of the equation, with a part or a reading behind it ("A8 delta"); else "inline ...",
            "ref: ..." or "caption ...".
        place: section or caption where it stands.
        statement: what it says, in our words.
        printed: the formula or reference as printed, in plain text; pm is the upper sign of a plus-minus.
        verdict: "differs" means that the printed form fails a check which the corrected form passes.
        corrected: the form that passes; empty unless the verdict is "differs" (or "undecided" with a candidate).
        method: "symbolic" (residual proved to be 0), "numerical" (below the tolerance at all points) or "text".
        evidence: the numbers behind the verdict.
        tolerance: largest residual that counts as 0.
        residual_printed: largest residual of the printed form.
        residual_corrected: largest residual of the corrected form; None without one.
    """

    identifier: str
    place: str
    statement: str
    printed: str
    verdict: Verdict
    corrected: str
    method: Method
    evidence: str
    tolerance: float
    residual_printed: float
    residual_corrected: float | None

    @property
    def kind(self) -> str:
        """What kind of fault it is, see `printed.kinds`; empty unless the printed form fails a check."""
        return KINDS[self.identifier] if self.verdict == "differs" else ""


@dataclass(frozen=True)
class Check:
    """A printed formula and the independent derivation that it must agree with.

    Args:
        identifier, place, statement, printed, corrected: as in `Finding`.
        gaps: from the equations of a formula to everything that must vanish if it holds.
        definition: the formula introduces something; the gaps then hold it against what the paper uses it for.
        either_sign: the two signs of pm name a set, not an order, so that -pm says the same.
        detail: further computed evidence, as text.
        tolerance: largest residual that counts as 0.
    """

    identifier: str
    place: str
    statement: str
    printed: str
    gaps: Callable[[sp.Tuple], Iterable[Gap]]
    corrected: str = ""
    definition: bool = False
    either_sign: bool = False
    detail: Callable[[], str] | None = None
    tolerance: float = 1e-9

    def residual(self, equations: sp.Tuple) -> float:
        """Largest modulus of all gaps, symbolic ones at `N_POINTS` random points; inf where one has no value."""
        largest = 0.0
        for gap in self.gaps(equations):
            largest = max([largest, *(_modulus(value) for value in _values(gap))])
        return largest

    def rejects(self, equations: sp.Tuple) -> bool:
        """Whether the formula fails; stops at the first gap. A name that the derivation does not know is a failure."""
        try:
            return any(_modulus(value) > self.tolerance for gap in self.gaps(equations) for value in _values(gap))
        except KeyError:
            return True

    def proved(self, equations: sp.Tuple) -> bool:
        """Whether every gap is a SymPy expression that simplifies to 0."""
        return all(isinstance(gap, sp.Expr) and _simplifies_to_zero(gap) for gap in self.gaps(equations))

    def finding(self) -> Finding:
        """Test the printed form, and the corrected one where the printed form fails."""
        printed = formula.equations(self.printed)
        residual, right = self.residual(printed), printed
        corrected_residual = None
        holds = residual <= self.tolerance
        verdict: Verdict = "definition" if holds and self.definition else "holds" if holds else "undecided"
        evidence = f"largest residual of the printed form {residual:.1e}"
        if not holds and self.corrected:
            right = formula.equations(self.corrected)
            corrected_residual = self.residual(right)
            evidence += f", of the corrected form {corrected_residual:.1e}"
            if corrected_residual <= self.tolerance:
                verdict = "differs"
        symbolic = verdict != "undecided" and self.proved(right)
        if symbolic:
            evidence += "; the residual that vanishes is proved to be 0"
        if self.detail is not None:
            evidence += f"; {self.detail()}"
        return Finding(
            identifier=self.identifier,
            place=self.place,
            statement=self.statement,
            printed=self.printed,
            verdict=verdict,
            corrected="" if holds else self.corrected,
            method="symbolic" if symbolic else "numerical",
            evidence=evidence,
            tolerance=self.tolerance,
            residual_printed=residual,
            residual_corrected=corrected_residual,
        )


def points(names: Iterable[str]) -> Iterator[dict[str, Any]]:
    """Random values of all names, the same at every call, for pm = +1 and -1 if it is among them."""
    names = sorted(names)
    rng = np.random.default_rng(len(names))
    for _ in range(N_POINTS):
        values: dict[str, Any] = {name: complex(rng.uniform(*RANGES.get(name, (0.1, 0.9)))) for name in names}
        for sign in (1, -1) if "pm" in names else (1,):
            yield values | {"pm": sign}


def _values(gap: Gap) -> Iterator[Any]:
    if not isinstance(gap, sp.Basic):
        yield gap
        return
    for values in points(s.name for s in gap.free_symbols):
        try:
            yield formula.evaluate(gap, values)
        except ZeroDivisionError:
            yield np.inf


def _modulus(value: Any) -> float:
    largest = float(np.max(np.abs(np.asarray(value, dtype=complex)), initial=0.0))
    return largest if np.isfinite(largest) else np.inf


def _simplifies_to_zero(gap: sp.Expr) -> bool:
    pm = formula.symbol("pm")
    parts = [gap.xreplace({pm: sp.Integer(sign)}) for sign in (1, -1)] if gap.has(pm) else [gap]
    return all(part.expand() == 0 or sp.simplify(part) == 0 for part in parts)


def given(reference: dict[str, sp.Expr]) -> Callable[[sp.Tuple], Iterator[sp.Expr]]:
    """Gaps lhs - rhs with the names that the derivation knows replaced by what it found for them."""
    known = {formula.symbol(name): sp.sympify(value) for name, value in reference.items()}

    def gaps(equations: sp.Tuple) -> Iterator[sp.Expr]:
        for left, right in equations:
            yield (left - right).xreplace(known)

    return gaps


def on_matrices(samples: Callable[[], Iterable[formula.Values]]) -> Callable[[sp.Tuple], Iterator[Any]]:
    """Gaps lhs - rhs evaluated on explicit matrices, for every sample."""

    def gaps(equations: sp.Tuple) -> Iterator[Any]:
        for values in samples():
            for left, right in equations:
                yield np.asarray(formula.evaluate(left, values)) - formula.evaluate(right, values)

    return gaps
