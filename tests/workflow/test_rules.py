"""Every rule is documented, logged, measured and bounded, and lists the code that it runs."""

import re
import subprocess
import sys
from importlib import import_module

import pytest

from driven_dicke.pipeline import study
from project_copy import PROJECT, environment

SCRIPTS = PROJECT / "workflow/scripts"
RULES = sorted((PROJECT / "workflow/rules").glob("*.smk"))
RULE = re.compile(
    r"^ *(?:rule|use rule (?P<base>study) as) ?(?P<name>\w*)(?: with)?:\n(?P<body>(?:    .*\n|\n)+)", re.M
)
FOLDERS = sorted(path.parent.name for path in (SCRIPTS / "driven_dicke/studies").glob("*/__init__.py"))
STUDIES = {name: folder for folder in FOLDERS for name in import_module(f"driven_dicke.studies.{folder}").STUDIES}
FIGURES = [f"fig{number}" for number in range(1, 15)] + [
    f"ext{path.stem[3:]}" for path in (SCRIPTS / "driven_dicke/figures").glob("ext*.py")
]
OWN = ("input", "output", "params")  # what a rule does not inherit
SHARED = ("log", "benchmark", "conda", "threads", "resources", "shell")

# A rule that only gathers files has no code.
RULE_BODIES = [
    pytest.param(found["body"], found["base"], id=found["name"] or "figure")
    for path in RULES
    for found in RULE.finditer(path.read_text())
    if "localrule: True" not in found["body"]
]


def test_every_study_has_a_rule_of_its_name():
    inherited = {body.id for body in RULE_BODIES if body.values[1]}
    assert inherited == set(STUDIES)
    assert len(inherited) >= 39


@pytest.mark.parametrize(("body", "base"), RULE_BODIES)
def test_every_rule_is_complete(body, base, request):
    assert body.lstrip().startswith('"""')
    name = request.node.callspec.id
    own = {"input"} if name == "study" else {"params"} if name in ("manifest", "archive") else set()
    for directive in {*OWN} - own | ({*SHARED} if not base else set()):
        assert re.search(rf"^ +{directive}:", body, re.M), directive
    if base:
        assert f'code=code_of("{STUDIES[name]}.{name}")' in body
        assert re.search(r'^    pathvars:\n        job="', body, re.M)
        assert f'**study("{STUDIES[name]}.{name}")' in body


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
        *("all", "extensions", "plan"),
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


PROBE = f"""
import os, runpy, sys
import matplotlib.pyplot, numpy, pandas, pyarrow.parquet, qutip, scipy.linalg, scipy.sparse.linalg, sympy, yaml
sys.path.insert(0, {str(SCRIPTS)!r})
for line in sys.stdin:
    if not os.fork():
        script, *modules = line.split()
        for module in modules:
            __import__(module)
        runpy.run_path(script, run_name="not_main")
        print(*(m.__file__ for m in list(sys.modules.values()) if getattr(m, "__file__", None)), flush=True)
        os._exit(0)
    os.wait()
"""


@pytest.fixture(scope="module")
def probe():
    """A process that has loaded other people's libraries, and forks for every question: what else is loaded?"""
    with subprocess.Popen(
        [sys.executable, "-c", PROBE], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as asked:
        yield asked
        asked.stdin.close()


def imported_by(probe, script, *modules):
    """Project files that Python really loads for a script and modules that it imports by name."""
    print(script, *modules, file=probe.stdin, flush=True)
    return {path for path in probe.stdout.readline().split() if path.startswith(str(SCRIPTS / "driven_dicke"))}


def relative(paths):
    return {path.split("workflow/scripts/")[1] for path in paths if "workflow/scripts/" in path}


@pytest.mark.parametrize("name", STUDIES)
def test_a_study_declares_every_module_that_it_loads(declared, probe, name):
    folder = f"driven_dicke.studies.{STUDIES[name]}"
    module = study.find(f"{STUDIES[name]}.{name}").function.partition(".")[0]
    loaded = imported_by(probe, SCRIPTS / "study.py", f"{folder}.{module}")
    assert relative(declared[name]) == relative(loaded) | {"study.py"}


@pytest.mark.parametrize("figure", FIGURES)
def test_a_figure_declares_every_module_that_it_loads(declared, probe, figure):
    module = f"driven_dicke.figures.{figure if figure.startswith('ext') else f'fig{int(figure[3:]):02d}'}"
    listed = relative(declared[figure])
    assert listed == relative(imported_by(probe, SCRIPTS / "figure.py", module)) | {"figure.py"}
    rooms = {path.split("/")[1] for path in listed if path.count("/") > 1}
    assert rooms == {"figures", "studies", "pipeline", "model"}
    assert {path for path in listed if "/model/" in path} == {
        "driven_dicke/model/__init__.py",
        "driven_dicke/model/checks.py",
    }


@pytest.mark.parametrize(
    ("rule", "script", "modules"),
    [
        ("claims", "claims_page.py", []),
        ("validation_page", "page.py", ["driven_dicke.figures.validation_page"]),
        ("plan", "page.py", ["driven_dicke.figures.plan_page"]),
    ],
)
def test_a_page_declares_every_module_that_it_loads(declared, probe, rule, script, modules):
    assert relative(declared[rule]) == relative(imported_by(probe, SCRIPTS / script, *modules)) | {script}
