"""One line instead of a traceback where a script cannot even start: a library is missing, or Ctrl-C came early.

Importing this module does it, so that it covers the imports that follow. It needs the standard library alone.
"""

import sys
from contextlib import suppress
from pathlib import Path
from types import TracebackType

INTERRUPTED = "interrupted"
ENVIRONMENT = "run `make figures`, which installs the locked environment, activate that, or add --sdm conda"


def last_words(error: BaseException) -> str | None:
    """What to say about `error`; None if it is none of the expected ones."""
    if isinstance(error, KeyboardInterrupt):
        return INTERRUPTED
    if isinstance(error, ModuleNotFoundError) and error.name and not error.name.startswith("driven_dicke"):
        return f"error: the Python at {sys.executable} lacks {error.name.partition('.')[0]}; {ENVIRONMENT}"
    return None


def _say(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
    words = last_words(error)
    if words is None:
        sys.__excepthook__(kind, error, trace)
        return
    line = f"{Path(sys.argv[0]).stem}: {words}\n"
    sys.stderr.write(line)
    if "--log" in sys.argv[:-1]:
        with suppress(OSError):
            Path(sys.argv[sys.argv.index("--log") + 1]).write_text(line)


sys.excepthook = _say
