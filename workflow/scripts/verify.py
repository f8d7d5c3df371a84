"""Compare the tables of this build with the references under tests/reference; fail on a deviation."""

import argparse
import logging
from pathlib import Path

import yaml

from driven_dicke.pipeline import command_line  # isort: skip  # first of all: it speaks where others fail
from driven_dicke.model.checks import CertificateError
from driven_dicke.pipeline import verification as reference
from driven_dicke.pipeline.files import write_text


def main() -> None:
    """Read the command line, compare, print the table of deviations."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--results", type=Path, required=True, help="folder of the new tables")
    parser.add_argument("--tolerances", type=Path, required=True, help="tolerances.yaml; the references lie beside it")
    parser.add_argument("--output", type=Path, required=True, help="receives the table of deviations if all are small")
    parser.add_argument("--log", type=Path)
    arguments = parser.parse_args()
    command_line.log_to(arguments.log)

    def work() -> None:
        specification = yaml.safe_load(arguments.tolerances.read_text())
        found = reference.verify(arguments.results, arguments.tolerances.parent, specification)
        text = reference.report(found)
        logging.info("deviations from the references\n%s", text)
        outside = [f"{d.table} ({d.column}: {d.deviation:.1e})" for d in found if not d.within]
        if outside:
            raise CertificateError(f"{len(outside)} of {len(found)} tables deviate: {', '.join(outside)}")
        write_text(arguments.output, text + "\n")

    command_line.run_reporting_errors(work)


if __name__ == "__main__":
    main()
