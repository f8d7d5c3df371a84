"""The page of claims: Markdown, the same as one HTML file, and the pictures of the Markdown page."""

import argparse
import logging
import os
from pathlib import Path

from driven_dicke import tables
from driven_dicke.claims import page
from driven_dicke.command_line import log_to, named_paths, run_reporting_errors
from driven_dicke.contracts import claims, critical_point, liouvillian_gap, phases
from driven_dicke.figures.claims import PLOTS, draw

INPUTS = {
    "claims": claims.CLAIMS,
    "equations": claims.EQUATIONS,
    "large_n": claims.LARGE_N,
    "fidelity": claims.FIDELITY,
    "critical_point": critical_point.CRITICAL_POINT,
    "fit": critical_point.FIT,
    "fit_curve": critical_point.FIT_CURVE,
    "gap": liouvillian_gap.GAP,
    "law": liouvillian_gap.LAW,
    "phases_small": phases.PHASES,
    "phases_large": phases.PHASES,
    "weights": phases.WEIGHTS_AT_TRANSITION,
}


def write(path: Path, text: str) -> None:
    """All or nothing."""
    partial = path.with_name(f".{path.name}.partial")
    partial.write_text(text, encoding="utf-8")
    os.replace(partial, path)


def main() -> None:
    """Read the command line and write the page."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--inputs", nargs="+", required=True, metavar="NAME=PATH", help=f"tables: {sorted(INPUTS)}")
    parser.add_argument("--markdown", type=Path, required=True)
    parser.add_argument("--html", type=Path, required=True)
    parser.add_argument("--pictures", nargs="+", type=Path, required=True, help="claimNN.svg beside the Markdown page")
    parser.add_argument("--log", type=Path)
    arguments = parser.parse_args()
    log_to(arguments.log)
    paths = named_paths(arguments.inputs)

    def work() -> None:
        read = {name: tables.read(path, INPUTS[name]) for name, path in paths.items()}
        drawn = {number: draw(number, read) for number in PLOTS}
        files = dict(zip(sorted(PLOTS), sorted(arguments.pictures), strict=True))
        for number, path in files.items():
            write(path, drawn[number])
        rows, findings = read["claims"].data, read["equations"].data
        names = {number: path.name for number, path in files.items()}
        write(arguments.markdown, page.markdown(rows, findings, names))
        write(arguments.html, page.html(rows, findings, drawn))
        logging.info("wrote %d claims, %d findings, %d pictures", len(rows), len(findings), len(drawn))

    run_reporting_errors(work)


if __name__ == "__main__":
    main()
