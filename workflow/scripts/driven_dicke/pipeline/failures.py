"""Why a run cannot start, or why it stopped: one line for each cause."""

import os
import re
import tempfile
from collections.abc import Iterable
from importlib.util import find_spec
from pathlib import Path

from driven_dicke.pipeline.provenance import RECORDED_LIBRARIES
from driven_dicke.pipeline.uncaught import ENVIRONMENT, INTERRUPTED

RESUME = f"{INTERRUPTED}; what is finished is kept: go on with `make resume`, or this command and --rerun-incomplete"
TEMPORARY_BYTES = 1_000_000
EXPECTED = re.compile(rf"^\w+: (error: .*|{INTERRUPTED})$", re.M)


def causes(snakemake_logs: Iterable[Path]) -> list[str]:
    """What the logs of the failed jobs say, each cause once; Snakemake's own logs name those jobs."""
    text = "\n".join(_read(log) for log in snakemake_logs)
    jobs = re.findall(r"^ +log: (.+?) \(check log file", text, re.M)
    found = list(dict.fromkeys(_cause(Path(log)) for log in jobs))
    return [RESUME] if INTERRUPTED in found or "on user request" in text else found


def _cause(log: Path) -> str:
    text = _read(log) if log.is_file() else ""
    messages: list[str] = EXPECTED.findall(text)
    if messages:
        return messages[-1]
    if "Traceback (most recent call last)" in text:
        return f"error: unexpected, please report it with {log}: {text.strip().splitlines()[-1]}"
    return f"error: {log} does not say why its job ended: killed, or out of memory?"


def _read(log: Path) -> str:
    return log.read_text(encoding="utf-8", errors="replace")


def missing_libraries(python: str) -> str:
    """What to do if this Python, `python`, lacks libraries that jobs need; empty if it has them all."""
    missing = [name for name in RECORDED_LIBRARIES if find_spec(name) is None]
    return f"error: the Python at {python} lacks {', '.join(missing)}; {ENVIRONMENT}" if missing else ""


def full_temporary_folder() -> str:
    """Where temporary files cannot be written, as Snakemake's scheduler needs; empty if they can."""
    try:
        with tempfile.TemporaryFile() as file:
            file.write(bytes(TEMPORARY_BYTES))
            file.flush()
    except OSError as error:
        folder = os.environ.get("TMPDIR", "the temporary folder")
        return f"error: {folder} cannot take temporary files ({error.strerror}); set TMPDIR to a folder with room"
    return ""


def unwritable_folder(folders: Iterable[Path]) -> str:
    """Which of `folders`, or what lies in them or above them, cannot be written to; empty if all can."""
    for folder in folders:
        existing = next(path for path in (folder, *folder.absolute().parents) if path.exists())
        if not existing.is_dir():
            return f"error: {existing} must be a folder, but is a file"
        for path in (existing, *(Path(found) for found, _, _ in os.walk(folder))):
            if not os.access(path, os.W_OK | os.X_OK):
                return f"error: the folder {path} cannot be written to: it, or its disk, is read-only"
    return ""
