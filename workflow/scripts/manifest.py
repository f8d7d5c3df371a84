"""SHA-256 of every table and figure, and what they were made with: results/manifest.json."""

import argparse
import hashlib
import json
import platform
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from driven_dicke.pipeline.command_line import log_to, run_reporting_errors
from driven_dicke.pipeline.files import write_text
from driven_dicke.pipeline.provenance import RECORDED_LIBRARIES


def installed(library: str) -> str:
    """Version of `library`, or "not installed"."""
    try:
        return version(library)
    except PackageNotFoundError:
        return "not installed"


def main() -> None:
    """Read the command line and write the manifest; only its part `run` may differ between equal builds."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--files", nargs="+", required=True, type=Path, help="tables and figures")
    parser.add_argument("--output", required=True, type=Path)
    parser.add_argument("--log", type=Path)
    arguments = parser.parse_args()
    log_to(arguments.log)

    def work() -> None:
        content = {
            "files": {
                path.as_posix(): hashlib.sha256(path.read_bytes()).hexdigest() for path in sorted(arguments.files)
            },
            "run": {
                "python": platform.python_version(),
                "platform": platform.platform(),
                "processor": platform.machine(),
                "libraries": {library: installed(library) for library in RECORDED_LIBRARIES},
            },
        }
        write_text(arguments.output, json.dumps(content, indent=2) + "\n")

    run_reporting_errors(work)


if __name__ == "__main__":
    main()
