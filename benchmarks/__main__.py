"""Measure, and renew the pages: `python -m benchmarks`, or `make benchmarks`. `--help` lists the options."""

import argparse
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from benchmarks import PROJECT, figure_costs, machine, pages, pipeline, tables
from benchmarks.launch import Limits, launch
from benchmarks.record import OtherMachineError, Record, read
from benchmarks.solver import Solver
from benchmarks.topics import SOLVERS

TOPICS = (*SOLVERS, pipeline.TOPIC)
BUSY = 0.5  # load of the machine beside the benchmarks above which times mean little


def parse(arguments: list[str] | None = None) -> argparse.Namespace:
    """The command line."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    add = parser.add_argument
    add("--topics", nargs="+", choices=TOPICS, default=list(TOPICS), help="what to measure (default: everything)")
    add("--solvers", nargs="+", metavar="NAME", help="only these solvers of the topics")
    add(
        "--max-atoms", nargs="+", default=[], metavar="N|SOLVER=N", help="largest N of all solvers, or of one: raise it"
    )
    add("--repeats", type=int, default=5, help="runs of each measurement (default: 5)")
    add("--seconds", type=float, default=8.0, help="no further run of a measurement after these (default: 8)")
    add("--time-limit", type=float, default=180.0, help="seconds until a measurement is given up (default: 180)")
    add("--memory-limit", type=float, default=8.0, help="gigabytes a measurement may ask for (default: 8)")
    add("--cores", nargs="+", type=int, default=[1, 2], help="of the pipeline (default: 1 2)")
    add("--targets", nargs="+", default=["all"], help="of the pipeline (default: all; extensions is another)")
    add("--fresh", action="store_true", help="forget the old record")
    add("--pages-only", action="store_true", help="measure nothing, renew tables and plot from the record")
    add("--into", type=Path, default=PROJECT, help="project folder whose record and pages are renewed")
    options = parser.parse_args(arguments)
    names = {solver.name for solvers in SOLVERS.values() for solver in solvers}
    for name in [*(options.solvers or []), *(text.split("=")[0] for text in options.max_atoms if "=" in text)]:
        if name not in names:
            parser.error(f"there is no solver {name!r}; there are {', '.join(sorted(names))}")
    return options


def sizes(solver: Solver, max_atoms: list[str]) -> list[int]:
    """Numbers of atoms to measure: up to the solver's cap, or to what the command line says."""
    cap = solver.cap
    for text in max_atoms:
        name, _, number = text.rpartition("=")
        if name == solver.name:
            cap = int(number)
        elif not name:
            cap = min(cap, int(number))
    return [n_atoms for n_atoms in solver.sizes if n_atoms <= cap]


def measure_solver(solver: Solver, options: argparse.Namespace) -> Iterator[dict[str, Any]]:
    """Records of one solver by rising N; larger ones are left out once time or memory has ended one."""
    limits = Limits(options.repeats, options.seconds, options.time_limit, options.memory_limit)
    for n_atoms in sizes(solver, options.max_atoms):
        record = launch(solver, n_atoms, limits)
        yield record
        if record["outcome"] == "stopped":
            return


def measure_pipeline(options: argparse.Namespace) -> Iterator[dict[str, Any]]:
    """Records of complete builds, in a new private copy for each number of cores; one core gives docs/costs.md."""
    for cores in options.cores:
        with tempfile.TemporaryDirectory(prefix="driven-dicke-") as name:
            folder = Path(name) / "project"
            folder.mkdir()
            pipeline.copy(folder)
            built = True
            for target in options.targets:
                record = pipeline.build(folder, target, cores)
                built = built and record["outcome"] == "solved"
                yield record
            if cores == 1 and built:
                renew_costs(folder, options.into / "docs/costs.md")


def renew_costs(folder: Path, page: Path) -> None:
    """docs/costs.md from a build; what goes wrong there must not end the measurements."""
    try:
        figure_costs.renew(folder, page)
    except (OSError, ValueError, subprocess.CalledProcessError) as error:
        print(f"note: the costs in {page.name} stay as they are: {error}", file=sys.stderr)


def say(record: dict[str, Any]) -> None:
    """One line of progress."""
    head = f"{time.strftime('%H:%M:%S')}  {record['topic']}  {record['solver']}  N = {record['n_atoms']}"
    if record["topic"] == pipeline.TOPIC:
        head = head.replace("N =", "cores =")
        tail = f"{record['seconds']:.0f} s" if record["outcome"] == "solved" else record["error"]
    elif record["outcome"] == "solved":
        seconds = [sum(phases) for phases in zip(record["set_up"], record["solve"], strict=True)]
        tail = tables.spread(seconds)
    else:
        tail = record["error"]
    print(f"{head}:  {tail}", flush=True)


def measure(options: argparse.Namespace, record: Record) -> None:
    """Everything that was asked for, one after the other, kept at once."""
    for topic in options.topics:
        if topic == pipeline.TOPIC:
            for measurement in measure_pipeline(options):
                record.add(measurement)
                say(measurement)
            continue
        for solver in SOLVERS[topic]:
            if options.solvers is None or solver.name in options.solvers:
                for measurement in measure_solver(solver, options):
                    record.add(measurement)
                    say(measurement)


def failures(data: dict[str, Any]) -> list[str]:
    """This library's own results that are missing or wrong."""
    return [
        f"{topic}, {solver.name}, N = {one['n_atoms']}: {tables.verdict(solver, one)}"
        for topic, solvers in SOLVERS.items()
        for solver in solvers
        if solver.ours
        for one in tables.measurements(data, topic, solver.name)
        if not tables.is_right(solver, one)
    ]


def main() -> int:
    """Run; 0 if all is well, 1 if a result of this library is missing or wrong, 130 after Ctrl-C."""
    options = parse()
    path, status = options.into / "benchmarks/record.json", 0
    if options.pages_only:
        pages.renew(read(path), options.into)
        return 0
    load = os.getloadavg()[0]
    if load > BUSY:
        print(f"note: the machine is busy (load {load:.1f}); times will be too long", file=sys.stderr)
    try:
        record = Record(path, machine.environment(), fresh=options.fresh)
    except OtherMachineError as error:
        print(error, file=sys.stderr)
        return 1
    try:
        measure(options, record)
    except KeyboardInterrupt:
        print("stopped; what was measured is kept", file=sys.stderr)
        status = 130
    if record.data["measurements"]:
        pages.renew(record.data, options.into)
    for line in failures(record.data):
        print(f"FAILED: {line}", file=sys.stderr)
        status = status or 1
    return status


if __name__ == "__main__":
    sys.exit(main())
