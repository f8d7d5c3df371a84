"""Labels, symbols and words that change the meaning: each is tested by a rule that the right form satisfies."""

from collections.abc import Callable
from dataclasses import dataclass

import sympy as sp

from driven_dicke.audit.equations import formula
from driven_dicke.audit.equations.finding import Finding, Verdict
from driven_dicke.audit.equations.printed import branches

DEFINED_OPERATORS = frozenset(("S_x", "S_y", "S_z", "S_+", "S_-", "S_pm", "S_+S_-", "f", "eta_n", "E", "F", "eta"))


@dataclass(frozen=True)
class Wording:
    """A printed word or list of symbols; `violations` counts what breaks the rule, 0 if it holds."""

    identifier: str
    place: str
    statement: str
    printed: str
    corrected: str
    violations: Callable[[str], int]

    def finding(self) -> Finding:
        """Apply the rule to the printed and to the corrected form."""
        printed, corrected = self.violations(self.printed), self.violations(self.corrected)
        verdict: Verdict = "holds" if not printed else "undecided" if corrected else "differs"
        return Finding(
            identifier=self.identifier,
            place=self.place,
            statement=self.statement,
            printed=self.printed,
            verdict=verdict,
            corrected="" if verdict == "holds" else self.corrected,
            method="text",
            evidence=f"violations of the rule: printed {printed}, corrected {corrected}",
            tolerance=0.0,
            residual_printed=float(printed),
            residual_corrected=float(corrected),
        )


def _lacks(*needed: str) -> Callable[[str], int]:
    """Number of needed entries that a comma-separated list does not have."""
    return lambda text: len(frozenset(needed) - frozenset(text.split(", ")))


def _undefined(text: str) -> int:
    return sum(name not in DEFINED_OPERATORS for name in text.split(", "))


def _unbalanced(text: str) -> int:
    return sum(abs(text.count(left) - text.count(right)) for left, right in ("()", "[]"))


def _order_kept(text: str) -> int:
    """Distance of the stated order from the highest power of gamma in (B6)."""
    (expansion,) = (check for check in branches.CHECKS if check.identifier == "B6")
    ((_, series),) = formula.equations(expansion.printed)
    highest = sp.Poly(series, formula.symbol("gamma")).degree()
    return abs({"first": 1, "second": 2, "third": 3}[text] - highest)


def _repeats(text: str) -> int:
    words = text.split()
    half = len(words) // 2
    return int(words[:half] == words[half:])


WORDINGS = (
    Wording(
        "inline Eq. (3), labels",
        "Sec. III A",
        "Appendices B and F speak of branches (a), (b), (c); with both signs the first label must be (a,b).",
        "b, c",
        "a, b, c",
        _lacks("a", "b", "c"),
    ),
    Wording(
        "inline Eq. (B9), labels",
        "App. B",
        "The first-order coefficient with both signs belongs to (a) and (b).",
        "b, c",
        "a, b, c",
        _lacks("a", "b", "c"),
    ),
    Wording(
        "inline Eq. (B10), labels",
        "App. B",
        "The second-order coefficient with both signs belongs to (a) and (b).",
        "a, c",
        "a, b, c",
        _lacks("a", "b", "c"),
    ),
    Wording(
        "inline before (3), order",
        "Sec. III A",
        "Order to which the branches are solved in Appendix B.",
        "third",
        "second",
        _order_kept,
    ),
    Wording(
        "caption of Fig. 1, observables",
        "caption of Fig. 1",
        "The direct photocurrent of the cavity port gives the intensity S_+ S_- (Sec. II); the list separates the two.",
        "S_pm, S_x, S_y, S_+, S_-",
        "S_pm, S_x, S_y, S_+S_-",
        _lacks("S_x", "S_y", "S_+S_-"),
    ),
    Wording(
        "inline before (B4), operator",
        "App. B",
        "The first operator of the factorised product has lost its subscript.",
        "S, S_z",
        "S_-, S_z",
        _undefined,
    ),
    Wording(
        "inline after (B11), panel",
        "App. B",
        "Reference to the eigenvalues of the Jacobian with its panel letter lost.",
        "[see Fig. 9)]",
        "[see Fig. 9(c)]",
        _unbalanced,
    ),
    Wording(
        "inline before (D1), drive",
        "App. D",
        "Strength of the drive under which the state is mixed.",
        "string",
        "strong",
        lambda word: int(word not in ("weak", "strong")),
    ),
    Wording(
        "inline after (F5), noise",
        "App. F 1",
        "Noise operators in the list of neglected products.",
        "xi_n, f",
        "eta_n, f",
        _undefined,
    ),
    Wording(
        "inline after (A6), repetition",
        "App. A",
        "A phrase stands twice.",
        "together with that for the free-space modes together with that for the free-space modes",
        "together with that for the free-space modes",
        _repeats,
    ),
    Wording(
        "inline App. G, observables",
        "App. G",
        "Collective spin operators: the letter differs from that of the rest of the paper.",
        "J_z, J_+J_-, J_x, J_y",
        "S_z, S_+S_-, S_x, S_y",
        _undefined,
    ),
)
