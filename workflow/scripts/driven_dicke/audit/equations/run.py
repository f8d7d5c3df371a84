"""The whole audit of the printed equations."""

from driven_dicke.audit.equations.finding import Check, Finding
from driven_dicke.audit.equations.printed import (
    branches,
    critical_point,
    derivation,
    fluctuations,
    langevin,
    mean_field,
    mixed_state,
    model,
    moments,
    observables,
    rotation,
    spectrum,
    squeezing,
    stability,
    statistics,
)
from driven_dicke.audit.equations.printed.references import CITATIONS
from driven_dicke.audit.equations.printed.wording import WORDINGS

PARTS = (
    model,
    observables,
    spectrum,
    squeezing,
    derivation,
    langevin,
    mean_field,
    branches,
    stability,
    critical_point,
    mixed_state,
    rotation,
    fluctuations,
    moments,
    statistics,
)


def all_checks() -> list[Check]:
    """Every check of a formula, in the order of the parts."""
    return [check for part in PARTS for check in part.CHECKS]


def all_findings() -> list[Finding]:
    """Findings for every numbered equation, inline formula, cross-reference and word; takes seconds."""
    return (
        [check.finding() for check in all_checks()]
        + [citation.finding() for citation in CITATIONS]
        + [wording.finding() for wording in WORDINGS]
    )
