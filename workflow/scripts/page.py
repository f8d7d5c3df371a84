"""One page to read, as HTML: the module of driven_dicke.figures that makes it, and its tables."""

import argparse
import logging
from importlib import import_module
from pathlib import Path

from driven_dicke.pipeline import command_line  # isort: skip  # first of all: it speaks where others fail
from driven_dicke.pipeline.files import write_text


def main() -> None:
    """Read the command line and write the page."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("page", help="module of driven_dicke.figures, such as validation_page")
    parser.add_argument("--html", type=Path, required=True)
    command_line.add_table_arguments(parser)
    arguments = parser.parse_args()
    command_line.log_to(arguments.log, arguments.page)

    def work() -> None:
        module = import_module(f"driven_dicke.figures.{arguments.page}")
        read = command_line.read_tables(arguments, module.CONTRACTS)
        write_text(arguments.html, module.html(read))
        logging.info("wrote %s from %d tables", arguments.html, sum(map(len, read.values())))

    command_line.run_reporting_errors(work)


if __name__ == "__main__":
    main()
