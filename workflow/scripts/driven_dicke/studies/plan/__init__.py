"""What an experiment should expect: the table of `snakemake plan`, from config/plan.yaml."""

from driven_dicke.pipeline.contract import Column, Contract
from driven_dicke.pipeline.study import Study

PLAN = Contract(
    "plan/plan",
    "expected numbers of every experiment in config/plan.yaml, one row each",
    (
        Column.text("experiment", "its name"),
        Column.text("topic", "heading under which the number stands"),
        Column.text("quantity", "what the number is"),
        Column.real("value", "the number; missing where the row is a statement or does not apply", optional=True),
        Column.text("unit", "its unit"),
        Column.text("remark", "how it was found, or what follows"),
    ),
)

STUDIES = {"plan_table": Study("compute.compute", lambda config, _: config["plan"], {"plan": PLAN})}
