"""What each figure needs, takes and holds in memory: a table from Snakemake's own benchmark files, into docs/costs.md.

Run it after a full build with one core per job free: `make costs`. A figure that was not built keeps its former line.
The benchmark of the pipeline runs it, too, on its own build.
"""

import argparse
import csv
import re
import subprocess
import sys
from collections import defaultdict
from pathlib import Path

from benchmarks import PROJECT, markers

HEAD = [
    "| figure | jobs | studies behind it | drawing | everything, one core, cold | peak memory |",
    "|---|---|---|---|---|---|",
]

TOTALS = {"all": "everything of the paper", "extensions": "everything beyond it"}


def figures(build: Path) -> list[str]:
    """Figures that have an entry in DRAWINGS: fig1 ... fig14, and ext1 ... beyond the paper."""
    names = set()
    for rules in build.glob("workflow/rules/*.smk"):
        names |= set(re.findall(r'^DRAWINGS\["((?:fig|ext)\d+)"\] = ', rules.read_text(), re.M))
    return sorted(names, key=lambda name: (name[:3] == "ext", int(name[3:])))


def needed_logs(build: Path, figure: str) -> list[Path]:
    """Log files of every job behind `figure`, the figure's own among them.

    Raises:
        FileNotFoundError: a job has not run.
    """
    command = [sys.executable, "-m", "snakemake", figure, "--cores", "1", "--forceall", "--detailed-summary"]
    summary = subprocess.run(command, cwd=build, capture_output=True, text=True, check=True).stdout
    logs = {row["log-file(s)"] for row in csv.DictReader(summary.splitlines(), delimiter="\t")}
    if "-" in logs:
        raise FileNotFoundError(f"{figure} has not been built")
    return sorted(map(Path, logs))


def benchmark(build: Path, log: Path) -> tuple[float, float]:
    """Wall seconds and peak resident megabytes of the job that wrote `log`.

    Raises:
        FileNotFoundError: the job has not run.
    """
    path = build / "logs/benchmarks" / log.relative_to("logs").with_suffix(".tsv")
    with path.open() as file:
        row = next(csv.DictReader(file, delimiter="\t"))
    return float(row["s"]), float(row["max_rss"])


def row(figure: str, measured: dict[Path, tuple[float, float]]) -> str:
    """One line of the table, from the jobs' log files and measurements; `figure` may be one of TOTALS."""
    seconds: defaultdict[str, float] = defaultdict(float)
    for log, (wall, _) in measured.items():
        seconds[log.parent.name] += wall
    drawing = seconds.pop("figures", 0.0)
    studies = TOTALS.get(figure) or ", ".join(f"{study} {wall:.0f} s" for study, wall in sorted(seconds.items()))
    megabytes = max(peak for _, peak in measured.values())
    total = drawing + sum(seconds.values())
    return f"| `{figure}` | {len(measured)} | {studies} | {drawing:.0f} s | {total:.0f} s | {megabytes:.0f} MB |"


def table(build: Path, former: dict[str, str]) -> str:
    """The table of all figures that `build` holds, and its totals, which `make doctor` reads.

    What was not built keeps its `former` line, if it has one.
    """
    lines = list(HEAD)
    for figure in [*figures(build), *TOTALS]:
        try:
            lines.append(row(figure, {log: benchmark(build, log) for log in needed_logs(build, figure)}))
        except FileNotFoundError:
            print(f"{figure}: not built, {'left as it was' if figure in former else 'left out'}", file=sys.stderr)
            lines += [former[figure]] if figure in former else []
    return "\n".join(lines)


def renew(build: Path, page: Path) -> None:
    """Write the table of `build` between the marks of the page `page`."""
    text = page.read_text()
    former = {name: line for line, name in re.findall(r"^(\| `(\w+)` \|.* MB \|)$", text, re.M)}
    page.write_text(markers.replace(text, "costs", table(build, former)))


def main() -> None:
    """Renew what the command line names."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.figure_costs")
    parser.add_argument("--build", type=Path, default=PROJECT, help="folder of a full build (default: this project)")
    parser.add_argument("--page", type=Path, default=PROJECT / "docs/costs.md", help="page with the marks")
    arguments = parser.parse_args()
    renew(arguments.build, arguments.page)


if __name__ == "__main__":
    main()
