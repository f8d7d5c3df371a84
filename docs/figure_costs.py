"""What each figure needs, takes and holds in memory: a table from Snakemake's own benchmark files, into the README.

Run it after a full build with one core per job free: `make costs`.
"""

import csv
import re
import subprocess
import sys
from pathlib import Path

PROJECT = Path(__file__).parents[1]
BEGIN, END = "<!-- costs: begin -->", "<!-- costs: end -->"


def needed_logs(figure: str) -> list[Path]:
    """Log files of every job behind `figure`, the figure's own among them."""
    command = [sys.executable, "-m", "snakemake", figure, "--forceall", "--detailed-summary"]
    summary = subprocess.run(command, cwd=PROJECT, capture_output=True, text=True, check=True).stdout
    rows = csv.DictReader(summary.splitlines(), delimiter="\t")
    return sorted({Path(row["log-file(s)"]) for row in rows})


def benchmark(log: Path) -> tuple[float, float]:
    """Wall seconds and peak resident megabytes of the job that wrote `log`."""
    path = PROJECT / "logs/benchmarks" / log.relative_to("logs").with_suffix(".tsv")
    with path.open() as file:
        row = next(csv.DictReader(file, delimiter="\t"))
    return float(row["s"]), float(row["max_rss"])


def main() -> None:
    """Write the table between the README's markers."""
    lines = ["| figure | jobs | studies behind it | one core, cold | peak memory |", "|---|---|---|---|---|"]
    figures = re.findall(r"^rule (fig\d+):", (PROJECT / "workflow/rules/figures.smk").read_text(), re.M)
    for figure in figures:
        logs = needed_logs(figure)
        measured = [benchmark(log) for log in logs]
        studies = sorted({log.parent.name for log in logs} - {"figures"})
        seconds, megabytes = sum(m[0] for m in measured), max(m[1] for m in measured)
        lines.append(f"| `{figure}` | {len(logs)} | {', '.join(studies)} | {seconds:.0f} s | {megabytes:.0f} MB |")
    readme = PROJECT / "README.md"
    before, rest = readme.read_text().split(BEGIN)
    after = rest.split(END)[1]
    readme.write_text(before + BEGIN + "\n" + "\n".join(lines) + "\n" + END + after)


if __name__ == "__main__":
    main()
