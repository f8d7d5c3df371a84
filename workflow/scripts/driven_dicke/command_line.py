"""The command line of every study script: parameters and tables in, tables out, one line for an error."""

import argparse
import json
import logging
import sys
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from driven_dicke import uncaught  # isort: skip  # first of all: it speaks where the imports below fail
from driven_dicke import tables
from driven_dicke.checks import CertificateError, ParameterError
from driven_dicke.contract import Contract
from driven_dicke.files import FileError

Columns = Mapping[str, Any]
EXPECTED_ERRORS = (tables.TableError, FileError, ParameterError, CertificateError)


def named_paths(texts: list[str]) -> dict[str, Path]:
    """Turn ["name=path", ...] into a dictionary."""
    return {name: Path(path) for name, _, path in (text.partition("=") for text in texts)}


def log_to(log: Path | None) -> None:
    """Send progress to standard error, and to the file `log` as well; end with one line if it cannot be written."""
    script = Path(sys.argv[0]).stem
    line = f"{script}: %(message)s"
    logging.basicConfig(level=logging.INFO, format=line, force=True)
    logging.getLogger("fontTools").setLevel(logging.WARNING)  # says for every font which of its tables it embeds
    logging.raiseExceptions = False  # on a full disk the log fails too, and must not bury the error under its own
    if log is None:
        return
    try:
        log.parent.mkdir(parents=True, exist_ok=True)
        handler = logging.FileHandler(log, mode="w", encoding="utf-8")
    except OSError as error:
        logging.error("error: %s: cannot be written: %s", log, error.strerror)
        sys.exit(1)
    handler.setFormatter(logging.Formatter(line))
    logging.getLogger().addHandler(handler)


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
        logging.error("error: %s", f"{error.filename}: {error.strerror}" if error.filename else error)
        sys.exit(1)
    except KeyboardInterrupt as error:
        logging.error("%s", uncaught.last_words(error))
        sys.exit(130)
    except Exception:
        logging.exception("unexpected error, please report it")
        sys.exit(1)


def run_study(
    compute: Callable[..., Mapping[str, Columns]],
    outputs: Mapping[str, Contract],
    inputs: Mapping[str, Contract] | None = None,
    gathered: Mapping[str, Contract] | None = None,
) -> None:
    """Parse the command line, call `compute(parameters, **input_tables)` and write the tables that it returns.

    Args:
        compute: the study; returns the columns of each table by the names in `outputs`.
        outputs: contract of each table that the study makes.
        inputs: contract of each table that the study reads.
        gathered: contract of each input that is a list of tables, one per N: its name comes once for every table.
    """
    inputs, gathered = inputs or {}, gathered or {}
    known_inputs = {**inputs, **gathered}
    parser = argparse.ArgumentParser(description=(sys.modules["__main__"].__doc__ or "").strip())
    parser.add_argument("--parameters", required=True, metavar="JSON", help="parameters of the study")
    parser.add_argument(
        "--inputs", nargs="*", default=[], metavar="NAME=PATH", help=f"tables read: {sorted(known_inputs)}"
    )
    parser.add_argument("--outputs", nargs="+", required=True, metavar="NAME=PATH", help=f"tables: {sorted(outputs)}")
    parser.add_argument("--log", type=Path, help="file that receives the progress messages")
    arguments = parser.parse_args()
    log_to(arguments.log)
    input_paths, output_paths = named_paths(arguments.inputs), named_paths(arguments.outputs)
    for given, known in ((input_paths, known_inputs), (output_paths, outputs)):
        if set(given) != set(known):
            parser.error(f"expected tables {sorted(known)}, got {sorted(given)}")

    def work() -> None:
        parameters = json.loads(arguments.parameters)
        read: dict[str, Any] = {name: tables.read(input_paths[name], contract) for name, contract in inputs.items()}
        for name, contract in gathered.items():
            paths = [named_paths([text])[name] for text in arguments.inputs if text.startswith(f"{name}=")]
            read[name] = [tables.read(path, contract) for path in paths]
        if "rates" in parameters:
            every = [table for entry in read.values() for table in (entry if isinstance(entry, list) else [entry])]
            tables.require_rates(every, parameters["rates"])
        results = compute(parameters, **read)
        for name, path in output_paths.items():
            tables.write(path, outputs[name], results[name], parameters)
            logging.info("wrote %s: %d rows", path, len(next(iter(results[name].values()))))

    run_reporting_errors(work)
