"""What a table or figure was made from: parameters, versions, a hash of the code; nothing that varies by run."""

import hashlib
import json
import sys
from collections.abc import Mapping
from importlib.metadata import version
from pathlib import Path
from typing import Any

import driven_dicke

PACKAGE = Path(driven_dicke.__file__).parent
RECORDED_LIBRARIES = ("numpy", "scipy", "pandas", "pyarrow", "qutip", "matplotlib", "sympy")


def canonical(value: Any) -> str:
    """JSON with sorted keys and no spaces: equal values give equal text."""
    return json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=True)


def source_files() -> list[Path]:
    """The project's own modules that this process has imported, and its script, sorted by name."""
    files = [getattr(module, "__file__", None) for module in list(sys.modules.values())]
    own = {Path(file) for file in files if file and Path(file).is_relative_to(PACKAGE)}
    script = Path(sys.argv[0])
    if script.resolve().parent == PACKAGE.parent:
        own.add(script.resolve())
    return sorted(own, key=lambda path: path.relative_to(PACKAGE.parent).as_posix())


def source_hash() -> str:
    """SHA-256 over the names and contents of `source_files`."""
    digest = hashlib.sha256()
    for path in source_files():
        digest.update(path.relative_to(PACKAGE.parent).as_posix().encode() + b"\0")
        digest.update(path.read_bytes() + b"\0")
    return digest.hexdigest()


def library_versions() -> dict[str, str]:
    """Versions of driven_dicke and of the recorded libraries that this process has imported.

    Matplotlib counts for figures alone: QuTiP imports it, for its own plots, where it happens to be installed.
    """
    unused = set() if "driven_dicke.figures" in sys.modules else {"matplotlib"}
    loaded = {name: version(name) for name in RECORDED_LIBRARIES if name in sys.modules and name not in unused}
    return {"driven_dicke": driven_dicke.__version__, **loaded}


def record(parameters: Mapping[str, Any]) -> dict[str, str]:
    """The provenance entries, each a text."""
    return {
        "parameters": canonical(parameters),
        "versions": canonical(library_versions()),
        "source_sha256": source_hash(),
    }
