"""The command line of every script: tables in, tables or pages out, one line for an error."""

import argparse
import json
import logging
import signal
import sys
from collections.abc import Callable, Mapping
from pathlib import Path

from driven_dicke.pipeline import uncaught  # isort: skip  # first of all: it speaks where the imports below fail
from driven_dicke.model.checks import CertificateError, ParameterError
from driven_dicke.pipeline import study, tables
from driven_dicke.pipeline.contract import Contract
from driven_dicke.pipeline.files import FileError

EXPECTED_ERRORS = (tables.TableError, FileError, ParameterError, CertificateError)


def log_to(log: Path | None, name: str = "") -> None:
    """Send progress to standard error, and to the file `log` as well; end with one line if it cannot be written."""
    line = f"{name or Path(sys.argv[0]).stem}: %(message)s"
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
    """Run `work`; an expected error becomes one line and exit code 1, an unexpected one is logged in full.

    SIGTERM, as schedulers send it, ends a job as Ctrl-C does: no half file stays, and the log says so.
    """
    signal.signal(signal.SIGTERM, signal.default_int_handler)
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


def add_table_arguments(parser: argparse.ArgumentParser) -> None:
    """The options by which every script is given its tables."""
    parser.add_argument("--inputs", nargs="*", default=[], metavar="NAME=PATH", help="tables; a name may come often")
    parser.add_argument("--expected", default="{}", metavar="JSON", help="path -> parameters that it was computed from")
    parser.add_argument("--log", type=Path, help="file that receives the messages")


def read_tables(arguments: argparse.Namespace, contracts: Mapping[str, Contract]) -> dict[str, list[tables.Table]]:
    """The tables of `--inputs` by name, those of one name in order.

    Raises:
        ParameterError: a name is unknown or missing.
        tables.TableError: a table is damaged, breaks its contract, or has other parameters than `--expected`.
    """
    named = [(name, Path(path)) for name, _, path in (text.partition("=") for text in arguments.inputs)]
    if {name for name, _ in named} != set(contracts):
        raise ParameterError(f"expected tables {sorted(contracts)}, got {sorted({name for name, _ in named})}")
    expected = json.loads(arguments.expected)
    read: dict[str, list[tables.Table]] = {name: [] for name in contracts}
    for name, path in named:
        read[name].append(tables.read(path, contracts[name], expected.get(str(path))))
    return read


def run_study() -> None:
    """Parse the command line, call the study's function and write the tables that it returns."""
    parser = argparse.ArgumentParser(description=sys.modules["__main__"].__doc__)
    parser.add_argument("study", help="folder of driven_dicke.studies and study, such as phases.phase_weights")
    parser.add_argument("--parameters", required=True, metavar="JSON", help="parameters of the study")
    parser.add_argument("--outputs", nargs="+", required=True, metavar="NAME=PATH", help="tables to write")
    add_table_arguments(parser)
    arguments = parser.parse_args()
    log_to(arguments.log, arguments.study.partition(".")[2])
    declared, function = study.find(arguments.study), study.function_of(arguments.study)
    outputs = {name: Path(path) for name, _, path in (text.partition("=") for text in arguments.outputs)}
    if set(outputs) != set(declared.outputs):
        parser.error(f"expected tables {sorted(declared.outputs)}, got {sorted(outputs)}")

    def work() -> None:
        parameters = json.loads(arguments.parameters)
        groups = read_tables(arguments, {**declared.inputs, **declared.gathered})
        read = {name: group if name in declared.gathered else group[0] for name, group in groups.items()}
        results = function(parameters, **read)
        for name, path in outputs.items():
            tables.write(path, declared.outputs[name], results[name], parameters)
            logging.info("wrote %s: %d rows", path, len(next(iter(results[name].values()))))

    run_reporting_errors(work)
