"""The page of `snakemake plan`: every experiment on one sheet, to read."""

from collections.abc import Mapping, Sequence
from html import escape
from math import isnan

from driven_dicke.pipeline import html_page
from driven_dicke.pipeline.tables import Table
from driven_dicke.studies import plan

TITLE = "What to expect in the lab"
CONTRACTS = {"plan": plan.PLAN}


def html(tables: Mapping[str, Sequence[Table]]) -> str:
    """The page; `tables` by the names of CONTRACTS."""
    table = tables["plan"][0]
    parts = ["<p>Numbers of Eq. (1) for the experiments of config/plan.yaml. Rates over 2 pi; drives over Omega_c.</p>"]
    for experiment in table.parameters["experiments"]:
        rows = table.data[table.data["experiment"] == experiment["name"]]
        parts.append(f"<h2>{escape(experiment['name'])}</h2><p>{escape(experiment['source'])}</p>")
        given = [
            (
                escape(key),
                escape(", ".join(f"{k} {v:g}" for k, v in value.items()) if isinstance(value, dict) else f"{value:g}"),
            )
            for key, value in experiment.items()
            if key not in ("name", "source")
        ]
        parts.append(f"<details><summary>What was given</summary>{html_page.table(('key', 'value'), given)}</details>")
        for topic, of_topic in rows.groupby("topic", sort=False):
            cells = [
                (
                    escape(row.quantity),
                    _number(row.value),
                    escape(row.unit if row.unit != "1" else ""),
                    escape(row.remark),
                )
                for row in of_topic.itertuples()
            ]
            parts.append(f"<h3>{escape(str(topic))}</h3>{html_page.table(('', 'value', 'unit', ''), cells)}")
    return html_page.document(TITLE, parts)


def _number(value: float) -> str:
    return "–" if isnan(value) else f"{value:.4g}"
