"""The mutants are what they say, drawn the same way twice, and told alive from killed."""

import ast

import pytest

from benchmarks import mutants

SOURCE = '''
def f(x, deep=True):
    """A text."""
    y = x + 1
    if x < 2 and deep:
        y -= 3
    return y
'''


def mutated(number):
    tree = ast.parse(SOURCE)
    node, field, index = list(mutants.places(tree))[number]
    what = mutants.mutate(node, field, index)
    return what, ast.unparse(tree)


def test_every_kind_of_mutant():
    count = len(list(mutants.places(ast.parse(SOURCE))))
    found = dict(mutated(number) for number in range(count))
    assert "y = x - 1" in found["Add -> Sub"]
    assert "x >= 2 and deep" in found["Lt -> GtE"]
    assert "x < 2 or deep" in found["And -> Or"]
    assert "deep=False" in found["True -> False"]
    assert "x < 3" in found["2 -> 3"]
    assert "y -= 3" not in found["without: y -= 3"]
    assert "y = x + 1" not in found["without: y = x + 1"]
    assert all('"""A text."""' in text for text in found.values())  # a text is no statement
    assert len(set(found.values())) == count == 9


def test_a_sample_is_seeded():
    modules = ["pipeline/contract.py", "model/mixedness.py"]
    assert mutants.sample(modules, 5, 1) == mutants.sample(modules, 5, 1) != mutants.sample(modules, 5, 2)


@pytest.mark.parametrize(("expected", "alive"), [("2", False), ("x", True)])
def test_a_test_kills_or_does_not(tmp_path, monkeypatch, expected, alive):
    path = tmp_path / mutants.LIBRARY / "module.py"
    path.parent.mkdir(parents=True)
    path.write_text("x = 1 + 1\n")
    (tmp_path / "test_it.py").write_text(
        f"import runpy\ndef test():\n    x = runpy.run_path({str(path)!r})['x']\n    assert x == {expected}\n"
    )
    found = mutants.survives(tmp_path, "module.py", 0, [str(tmp_path / "test_it.py")])
    assert found == (alive, "module.py:1: Add -> Sub")
    assert path.read_text() == "x = 1 + 1\n"
