"""The page of validation: one HTML file."""

import argparse
import logging
from pathlib import Path

from driven_dicke import command_line, tables
from driven_dicke.files import write_text
from driven_dicke.validation_page import CONTRACTS, html


def main() -> None:
    """Read the command line and write the page."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--inputs", nargs="+", required=True, metavar="NAME=PATH", help=f"tables: {sorted(CONTRACTS)}")
    parser.add_argument("--html", type=Path, required=True)
    parser.add_argument("--log", type=Path)
    arguments = parser.parse_args()
    command_line.log_to(arguments.log)

    def work() -> None:
        read: dict[str, list[tables.Table]] = {}
        for name, _, path in (text.partition("=") for text in arguments.inputs):
            read.setdefault(name, []).append(tables.read(Path(path), CONTRACTS[name]))
        write_text(arguments.html, html(read))
        logging.info("wrote %s from %d tables", arguments.html, sum(map(len, read.values())))

    command_line.run_reporting_errors(work)


if __name__ == "__main__":
    main()
