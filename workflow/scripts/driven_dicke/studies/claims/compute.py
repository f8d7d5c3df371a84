"""What the paper asserts, decided on the tables of the other studies."""

import logging
from collections.abc import Mapping
from typing import Any

from driven_dicke.audit.claims.registry import CLAIMS
from driven_dicke.pipeline.tables import Table


def compute(parameters: Mapping[str, Any], **tables: Table) -> dict[str, dict[str, Any]]:
    """Table claims: one row for each claim; `parameters` are the limits that the criteria name."""
    rows = []
    for claim in CLAIMS:
        rows.append(claim.row(tables, parameters))
        logging.info("claim %d: %s", claim.statement.number, rows[-1]["verdict"])
    return {"claims": {name: [row[name] for row in rows] for name in rows[0]}}
