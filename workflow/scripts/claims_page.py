"""The page of claims: Markdown, the same as one HTML file, and the pictures of the Markdown page."""

import argparse
import logging
from pathlib import Path

from driven_dicke.pipeline import command_line  # isort: skip  # first of all: it speaks where others fail
from driven_dicke.figures import claims_page
from driven_dicke.figures.claims_plots import PLOTS, draw
from driven_dicke.pipeline.files import write_text
from driven_dicke.studies import claims, critical_point, liouvillian_gap, phases

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


def main() -> None:
    """Read the command line and write the page."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--markdown", type=Path, required=True)
    parser.add_argument("--html", type=Path, required=True)
    parser.add_argument("--pictures", nargs="+", type=Path, required=True, help="claimNN.svg beside the Markdown page")
    command_line.add_table_arguments(parser)
    arguments = parser.parse_args()
    command_line.log_to(arguments.log)

    def work() -> None:
        read = {name: group[0] for name, group in command_line.read_tables(arguments, INPUTS).items()}
        drawn = {number: draw(number, read) for number in PLOTS}
        files = dict(zip(sorted(PLOTS), sorted(arguments.pictures), strict=True))
        for number, path in files.items():
            write_text(path, drawn[number])
        rows, findings = read["claims"].data, read["equations"].data
        names = {number: path.name for number, path in files.items()}
        write_text(arguments.markdown, claims_page.markdown(rows, findings, names))
        write_text(arguments.html, claims_page.html(rows, findings, drawn))
        logging.info("wrote %d claims, %d findings, %d pictures", len(rows), len(findings), len(drawn))

    command_line.run_reporting_errors(work)


if __name__ == "__main__":
    main()
