"""Every rule is documented, logged, measured and bounded, and lists the code that it runs."""

import re
import subprocess
import sys

import pytest

from project_copy import PROJECT, environment

SCRIPTS = PROJECT / "workflow/scripts"
RULES = sorted((PROJECT / "workflow/rules").glob("*.smk"))
RULE = re.compile(r"^rule (\w+):\n((?:    .*\n|\n)+)", re.M)


# A rule that only gathers files has no script.
BODIES = [
    pytest.param(body, id=name)
    for path in RULES
    for name, body in RULE.findall(path.read_text())
    if "localrule: True" not in body
]
FIGURE = re.compile(r"(fig|ext)\d+")


def test_rules_are_found():
    assert len(BODIES) >= 30
    assert {f"fig{number}" for number in range(1, 15)} <= {body.id for body in BODIES}


@pytest.mark.parametrize("body", BODIES)
def test_every_rule_is_complete(body):
    assert body.lstrip().startswith('"""')
    for directive in ("input", "output", "log", "benchmark", "threads", "resources", "conda", "message", "shell"):
        assert re.search(rf"^    {directive}:", body, re.M), directive
    assert "threads: 1\n" in body
    assert "code=code(" in body
    assert "mem_mb=" in body
    assert "runtime=" in body


@pytest.mark.parametrize("body", BODIES)
def test_every_rule_has_a_script_of_its_name(body, request):
    name = request.node.callspec.id
    script = re.search(r'code=code\("(\w+)"', body).group(1)
    assert script == ("figure" if FIGURE.fullmatch(name) else name)
    assert (SCRIPTS / f"{script}.py").is_file()


@pytest.fixture(scope="module")
def declared(tmp_path_factory):
    """Input files of every rule, read from Snakemake's own graph of files."""
    command = [
        sys.executable,
        "-m",
        "snakemake",
        "--filegraph",
        "--forceall",
        *("--cores", "1"),
        *("all", "extensions"),
        "--snakefile",
        str(PROJECT / "Snakefile"),
    ]
    folder = tmp_path_factory.mktemp("empty")
    graph = subprocess.run(command, cwd=folder, env=environment(), capture_output=True, text=True, check=True).stdout
    found = {}
    for node in graph.split("[ shape=none")[1:]:
        name = re.search(r'point-size="18">(\w+)<', node).group(1)
        inputs = node.split("output</font>")[0]
        found[name] = re.findall(r'"monospace">([^<]+)<', inputs)
    return found


def imported_by(script, *modules):
    """Project files that Python really loads for a script: run in a fresh interpreter, not guessed from the text."""
    lines = [f"import runpy, sys; sys.path.insert(0, {str(SCRIPTS)!r})"]
    lines += [f"import {module}" for module in modules]
    lines += [f"runpy.run_path({str(script)!r}, run_name='not_main')"]
    lines += ["print(*(m.__file__ for m in list(sys.modules.values()) if getattr(m, '__file__', None)), sep='\\n')"]
    result = subprocess.run([sys.executable, "-c", "\n".join(lines)], capture_output=True, text=True, check=True)
    return {line for line in result.stdout.splitlines() if line.startswith(str(SCRIPTS / "driven_dicke"))}


TOOLS = {"manifest", "verify", "archive"}
STUDIES = [body.id for body in BODIES if not FIGURE.fullmatch(body.id) and body.id not in TOOLS]
FIGURES = [body.id for body in BODIES if FIGURE.fullmatch(body.id)]


@pytest.mark.parametrize("name", STUDIES)
def test_a_study_declares_every_module_that_it_loads(declared, name):
    loaded = {path.removeprefix(str(SCRIPTS) + "/") for path in imported_by(SCRIPTS / f"{name}.py")}
    listed = {path.split("workflow/scripts/")[1] for path in declared[name] if "workflow/scripts/" in path}
    assert listed == loaded | {f"{name}.py"}


@pytest.mark.parametrize("figure", FIGURES)
def test_a_figure_declares_every_module_that_it_loads(declared, figure):
    module = f"driven_dicke.figures.{figure if figure.startswith('ext') else f'fig{int(figure[3:]):02d}'}"
    loaded = {path.removeprefix(str(SCRIPTS) + "/") for path in imported_by(SCRIPTS / "figure.py", module)}
    listed = {path.split("workflow/scripts/")[1] for path in declared[figure] if "workflow/scripts/" in path}
    assert listed == loaded | {"figure.py"}
    solvers = {"absorber", "liouvillian", "mean_field", "stationary", "spectrum", "observables", "squeezing"}
    assert not {f"driven_dicke/{solver}.py" for solver in solvers} & listed
