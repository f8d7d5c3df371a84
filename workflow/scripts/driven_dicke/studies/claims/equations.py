"""The audit of the printed equations as a table."""

import logging
from collections import Counter
from collections.abc import Mapping
from typing import Any

from driven_dicke.audit.equations import run
from driven_dicke.studies.claims import EQUATIONS


def compute(parameters: Mapping[str, Any]) -> dict[str, dict[str, Any]]:
    """Table equations: one row for each finding, in the order of the audit; it has no parameters."""
    findings = run.all_findings()
    for verdict, count in sorted(Counter(finding.verdict for finding in findings).items()):
        logging.info("%s: %d", verdict, count)
    return {"equations": {name: [getattr(f, name) for f in findings] for name in EQUATIONS.column_names}}
