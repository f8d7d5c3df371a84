"""The command line of every study script: parameters and tables in, tables out, one line for an error."""

import argparse
import json
import logging
import sys
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from driven_dicke import tables
from driven_dicke.checks import CertificateError, ParameterError
from driven_dicke.contract import Contract

Columns = Mapping[str, Any]
EXPECTED_ERRORS = (tables.TableError, ParameterError, CertificateError)


def named_paths(texts: list[str]) -> dict[str, Path]:
    """Turn ["name=path", ...] into a dictionary."""
    return {name: Path(path) for name, _, path in (text.partition("=") for text in texts)}


def log_to(log: Path | None) -> None:
    """Send progress to standard error, and to the file `log` as well."""
    handlers: list[logging.Handler] = [logging.StreamHandler()]
    if log is not None:
        log.parent.mkdir(parents=True, exist_ok=True)
        handlers.append(logging.FileHandler(log, mode="w", encoding="utf-8"))
    script = Path(sys.argv[0]).stem
    logging.basicConfig(level=logging.INFO, format=f"{script}: %(message)s", handlers=handlers, force=True)
    logging.getLogger("fontTools").setLevel(logging.WARNING)  # says for every font which of its tables it embeds


def run_reporting_errors(work: Callable[[], None]) -> None:
    """Run `work`; an expected error becomes one line and exit code 1, an unexpected one is logged in full."""
    try:
        work()
    except EXPECTED_ERRORS as error:
        logging.error("error: %s", error)
        sys.exit(1)
    except MemoryError:
        logging.error("error: out of memory; see the rule's mem_mb for what it needs")
        sys.exit(1)
    except OSError as error:
        logging.error("error: %s: %s", error.filename, error.strerror)
        sys.exit(1)
    except KeyboardInterrupt:
        logging.error("interrupted; nothing was written")
        sys.exit(130)
    except Exception:
        logging.exception("unexpected error, please report it")
        sys.exit(1)


def run_study(
    compute: Callable[..., Mapping[str, Columns]],
    outputs: Mapping[str, Contract],
    inputs: Mapping[str, Contract] | None = None,
) -> None:
    """Parse the command line, call `compute(parameters, **input_tables)` and write the tables that it returns.

    Args:
        compute: the study; returns the columns of each table by the names in `outputs`.
        outputs: contract of each table that the study makes.
        inputs: contract of each table that the study reads.
    """
    inputs = inputs or {}
    parser = argparse.ArgumentParser(description=(sys.modules["__main__"].__doc__ or "").strip())
    parser.add_argument("--parameters", required=True, metavar="JSON", help="parameters of the study")
    parser.add_argument("--inputs", nargs="*", default=[], metavar="NAME=PATH", help=f"tables read: {sorted(inputs)}")
    parser.add_argument("--outputs", nargs="+", required=True, metavar="NAME=PATH", help=f"tables: {sorted(outputs)}")
    parser.add_argument("--log", type=Path, help="file that receives the progress messages")
    arguments = parser.parse_args()
    log_to(arguments.log)
    input_paths, output_paths = named_paths(arguments.inputs), named_paths(arguments.outputs)
    for given, known in ((input_paths, inputs), (output_paths, outputs)):
        if set(given) != set(known):
            parser.error(f"expected tables {sorted(known)}, got {sorted(given)}")

    def work() -> None:
        parameters = json.loads(arguments.parameters)
        read = {name: tables.read(path, inputs[name]) for name, path in input_paths.items()}
        results = compute(parameters, **read)
        for name, path in output_paths.items():
            tables.write(path, outputs[name], results[name], parameters)
            logging.info("wrote %s: %d rows", path, len(next(iter(results[name].values()))))

    run_reporting_errors(work)
