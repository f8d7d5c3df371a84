"""Which files of the project a file imports, directly or not, read from its text: nothing is executed."""

import ast
from collections.abc import Iterable, Iterator
from functools import cache
from pathlib import Path


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
    for node in _statements(ast.parse(path.read_bytes())):
        if isinstance(node, ast.Import):
            names.update(alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            names.update(f"{node.module}.{alias.name}" for alias in node.names)
    return tuple(files(names, scripts))


def _statements(node: ast.AST) -> Iterator[ast.AST]:
    """Every statement below a node; expressions, which are most of a tree, hold no import."""
    for child in ast.iter_child_nodes(node):
        if not isinstance(child, ast.expr):
            yield child
            yield from _statements(child)


def files(names: Iterable[str], scripts: Path) -> list[Path]:
    """The modules below `scripts` along dotted names, sorted; the last part of a name may be something in a module."""
    return sorted({file for name in names for file in _along(name, scripts)})


def _along(name: str, scripts: Path) -> Iterator[Path]:
    folder = scripts
    for part in name.split("."):
        folder = folder / part
        if folder.with_suffix(".py").is_file():
            yield folder.with_suffix(".py")
        elif (folder / "__init__.py").is_file():
            yield folder / "__init__.py"
        else:
            return
