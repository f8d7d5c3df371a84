"""Which files of the project a file imports, directly or not, read from its text: nothing is executed."""

import re
from collections.abc import Iterable
from functools import cache
from pathlib import Path

# An import, which may go over several lines in parentheses, with comments. Python's own parser takes ten times as long.
IMPORT = re.compile(r"^[ \t]*(?:from ([\w.]+) import (\((?:[^)#]|#.*)*\)|.*)|import (.*))$", re.M)


def imported(roots: list[Path], scripts: Path) -> list[Path]:
    """`roots` and every module below `scripts` that they import, with the packages that hold it, sorted."""
    found: set[Path] = set()
    waiting = list(roots)
    while waiting:
        path = waiting.pop()
        if path not in found:
            found.add(path)
            waiting.extend(_imports(path, scripts))
    return sorted(found)


@cache
def _imports(path: Path, scripts: Path) -> tuple[Path, ...]:
    """Files that the text of one file imports; imports anywhere in it count, whether reached or not."""
    names: set[str] = set()
    for module, listed, modules in IMPORT.findall(path.read_text(encoding="utf-8")):
        parts = re.findall(r"[\w.]+", re.sub(r"#.*|\bas +\w+", "", listed or modules))
        names.update(f"{module}.{part}" if module else part for part in parts)
    return tuple(files(names, scripts))


def files(names: Iterable[str], scripts: Path) -> list[Path]:
    """The modules below `scripts` along dotted names, sorted; the last part of a name may be something in a module."""
    return sorted({file for name in names for file in _along(name, scripts)})


@cache
def _along(name: str, scripts: Path) -> tuple[Path, ...]:
    found, folder = [], scripts
    for part in name.split("."):
        folder = folder / part
        module = next((path for path in (folder.with_suffix(".py"), folder / "__init__.py") if path.is_file()), None)
        if module is None:
            break
        found.append(module)
    return tuple(found)
