"""The audit of the printed equations as a table."""

import logging
from collections import Counter
from collections.abc import Mapping
from typing import Any

from driven_dicke.contracts.claims import EQUATIONS
from driven_dicke.equation_audit import run


def compute(parameters: Mapping[str, Any]) -> dict[str, dict[str, Any]]:
    """Table equations: one row for each finding, in the order of the audit; it has no parameters."""
    findings = run.all_findings()
    for verdict, count in sorted(Counter(finding.verdict for finding in findings).items()):
        logging.info("%s: %d", verdict, count)
    return {"equations": {name: [getattr(f, name) for f in findings] for name in EQUATIONS.column_names}}
