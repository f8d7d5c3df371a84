"""The page of the planner: one HTML file."""

import argparse
import logging
from pathlib import Path

from driven_dicke.pipeline import command_line  # isort: skip  # first of all: it speaks where others fail
from driven_dicke.figures.plan_page import CONTRACTS, html
from driven_dicke.pipeline.files import write_text


def main() -> None:
    """Read the command line and write the page."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--html", type=Path, required=True)
    command_line.add_table_arguments(parser)
    arguments = parser.parse_args()
    command_line.log_to(arguments.log)

    def work() -> None:
        read = command_line.read_tables(arguments, CONTRACTS)
        write_text(arguments.html, html(read))
        logging.info("wrote %s from %d tables", arguments.html, sum(map(len, read.values())))

    command_line.run_reporting_errors(work)


if __name__ == "__main__":
    main()
