"""Code, configuration, tables, figures, manifest and checksums in one zip file, ready to be deposited."""

import argparse
import logging
import os
from pathlib import Path

import driven_dicke
from driven_dicke.pipeline.command_line import log_to, run_reporting_errors
from driven_dicke.pipeline.files import replacing
from driven_dicke.pipeline.publication import project_files, write_archive

PROJECT = Path(__file__).parents[2]


def main() -> None:
    """Read the command line and write the archive."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--files", nargs="+", required=True, type=Path, help="what the workflow made")
    parser.add_argument("--output", required=True, type=Path)
    parser.add_argument("--log", type=Path)
    arguments = parser.parse_args()
    log_to(arguments.log)

    def work() -> None:
        own = [(PROJECT / path, path) for path in project_files(PROJECT)]
        made = [(path, Path(os.path.normpath(path))) for path in arguments.files]
        folder = f"driven-dicke-{driven_dicke.__version__}"
        with replacing(arguments.output) as partial:
            write_archive(partial, folder, own + made)
        logging.info("%s: %d files of the project, %d made by it", arguments.output, len(own), len(made))

    run_reporting_errors(work)


if __name__ == "__main__":
    main()
