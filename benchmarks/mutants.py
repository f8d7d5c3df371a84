"""A seeded sample of mutants, each against the tests of its room: `python -m benchmarks.mutants pipeline/tables.py`.

A mutant is a copy of the project in which one operator, comparison, number, truth or statement of one module is
another. It is killed if a test fails. Survivors are printed with their line: equivalent code, or a missing test.
"""

import argparse
import ast
import copy
import os
import random
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from shutil import copytree, ignore_patterns

PROJECT = Path(__file__).resolve().parents[1]
LIBRARY = Path("workflow/scripts/driven_dicke")
SECONDS = 600  # for the tests of one mutant; a mutant that makes them hang is killed
SWAPPED: dict[type[ast.AST], type[ast.AST]] = {
    **{ast.Add: ast.Sub, ast.Sub: ast.Add, ast.Mult: ast.Div, ast.Div: ast.Mult, ast.Pow: ast.Mult},
    **{ast.Lt: ast.GtE, ast.LtE: ast.Gt, ast.Gt: ast.LtE, ast.GtE: ast.Lt, ast.Eq: ast.NotEq, ast.NotEq: ast.Eq},
    **{ast.And: ast.Or, ast.Or: ast.And, ast.UAdd: ast.USub, ast.Not: ast.UAdd, ast.In: ast.NotIn, ast.NotIn: ast.In},
}


def places(tree: ast.AST) -> Iterator[tuple[ast.AST, str, int]]:
    """Every node that can be mutated, with the field and the index of it (-1: no list) that change."""
    for node in ast.walk(tree):
        if isinstance(node, ast.BinOp | ast.BoolOp | ast.UnaryOp) and type(node.op) in SWAPPED:
            yield node, "op", -1
        elif isinstance(node, ast.Compare):
            yield from ((node, "ops", number) for number, op in enumerate(node.ops) if type(op) in SWAPPED)
        elif isinstance(node, ast.Constant) and isinstance(node.value, bool | int | float):
            yield node, "value", -1
        elif isinstance(node, ast.FunctionDef | ast.If | ast.For | ast.With):
            for number, statement in enumerate(node.body):
                if isinstance(statement, ast.Assign | ast.AugAssign | ast.Expr | ast.Raise) and not _is_text(statement):
                    yield node, "body", number


def _is_text(statement: ast.stmt) -> bool:
    return isinstance(statement, ast.Expr) and isinstance(statement.value, ast.Constant)


def mutate(node: ast.AST, field: str, index: int) -> str:
    """Change the node in place; say what was done."""
    if field == "value":
        value = node.value  # type: ignore[attr-defined]
        node.value = (not value) if isinstance(value, bool) else value + 1  # type: ignore[attr-defined]
        return f"{value} -> {node.value}"  # type: ignore[attr-defined]
    if field == "body":
        gone = ast.unparse(node.body[index])  # type: ignore[attr-defined]
        node.body[index] = ast.Pass()  # type: ignore[attr-defined]
        return f"without: {gone.splitlines()[0][:80]}"
    old = getattr(node, field) if index < 0 else getattr(node, field)[index]
    new = SWAPPED[type(old)]()
    if index < 0:
        setattr(node, field, new)
    else:
        getattr(node, field)[index] = new
    return f"{type(old).__name__} -> {type(new).__name__}"


def sample(modules: list[str], size: int, seed: int) -> list[tuple[str, int]]:
    """Modules and numbers of their mutants, drawn without replacement."""
    every = [
        (module, number)
        for module in modules
        for number, _ in enumerate(places(ast.parse((PROJECT / LIBRARY / module).read_text())))
    ]
    return sorted(random.Random(seed).sample(every, min(size, len(every))))


def survives(copied: Path, module: str, number: int, tests: list[str]) -> tuple[bool, str]:
    """Whether the tests pass with a mutant in place, and what it is."""
    path = copied / LIBRARY / module
    original = path.read_text()
    tree = copy.deepcopy(ast.parse(original))
    node, field, index = list(places(tree))[number]
    line = getattr(node.body[index] if field == "body" else node, "lineno", 0)  # type: ignore[attr-defined]
    what = f"{module}:{line}: {mutate(node, field, index)}"
    path.write_text(ast.unparse(tree))
    surroundings = os.environ | {"OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1", "PYTHONDONTWRITEBYTECODE": "1"}
    command = [sys.executable, "-m", "pytest", "-q", "-x", *tests]
    try:
        done = subprocess.run(command, cwd=copied, env=surroundings, capture_output=True, timeout=SECONDS)
        return done.returncode == 0, what
    except subprocess.TimeoutExpired:
        return False, what
    finally:
        path.write_text(original)


def main() -> None:
    """Read the command line, test the mutants, and print the survivors and the share that was killed."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("modules", nargs="+", help=f"below {LIBRARY}")
    parser.add_argument("--tests", nargs="+", required=True, help="files or folders of tests")
    parser.add_argument("--size", type=int, default=20, help="mutants in the sample")
    parser.add_argument("--seed", type=int, default=1)
    arguments = parser.parse_args()
    left_out = ignore_patterns(".*", "results", "figures.*", "logs", "runs", "build", "__pycache__")
    with tempfile.TemporaryDirectory() as folder:
        copied = Path(folder) / "project"
        copytree(PROJECT, copied, ignore=left_out)
        drawn, survivors = sample(arguments.modules, arguments.size, arguments.seed), 0
        for done, (module, number) in enumerate(drawn, 1):
            alive, what = survives(copied, module, number, arguments.tests)
            survivors += alive
            print(f"{done} of {len(drawn)}: {'SURVIVES' if alive else 'killed'} {what}", flush=True)
    print(f"{len(drawn) - survivors} of {len(drawn)} killed")


if __name__ == "__main__":
    main()
