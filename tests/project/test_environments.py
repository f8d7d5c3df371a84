"""The conda environments, the locks and the package name the same versions of the same libraries."""

import ast
import re
import subprocess
import sys
from pathlib import Path

import pytest
import yaml

from driven_dicke.pipeline import imports

PROJECT = Path(__file__).parents[2]
ENVS = PROJECT / "envs"
PACKAGE = PROJECT / "workflow/scripts/driven_dicke"
FILES = {  # every conda environment, and the lock that it follows
    "envs/physics.yaml": "run.lock",
    "envs/plotting.yaml": "run.lock",
    "envs/tests.yaml": "test.lock",
    "environment.yml": "run.lock",
}
# Conda packages that may be asked for: some have another name than in the lock, some are not on conda-forge.
RENAMED = {"matplotlib-base": "matplotlib", "snakemake-minimal": "snakemake"}
FROM_BIOCONDA = {"snakemake-minimal", "snakefmt"}
FROM_CONDA_FORGE = {
    *("python", "numpy", "scipy", "pandas", "pyarrow", "qutip", "python-flint", "sympy", "pyyaml", "matplotlib-base"),
    *("pygments", "jsonschema", "pytest", "pytest-xdist", "hypothesis", "selenium"),
    *("ruff", "mypy", "pandas-stubs", "types-jsonschema", "types-pyyaml", "import-linter"),
}


def locked(name):
    """Version of every package in a lock."""
    return dict(re.findall(r"^([A-Za-z0-9_.-]+)==([^ ;\\]+)", (ENVS / name).read_text(), re.M))


def conda(name):
    """Version of every package in a conda environment; each is a name, one equals sign and a version, nothing else."""
    found = {}
    for dependency in yaml.safe_load((PROJECT / name).read_text())["dependencies"]:
        assert isinstance(dependency, str), f"{name}: a section for pip: {dependency}"
        assert re.fullmatch(r"[a-z][a-z0-9-]*=\d+(\.\d+)+", dependency), f"{name}: {dependency}"
        package, version = dependency.split("=")
        assert package not in found
        found[package] = version
    return found


def test_every_conda_environment_is_tested():
    assert {
        str(path.relative_to(PROJECT)) for path in [*ENVS.glob("*.y*ml"), *PROJECT.glob("env*.y*ml")]
    } == FILES.keys()


@pytest.mark.parametrize("name", FILES)
def test_conda_versions_equal_the_lock(name):
    versions = conda(name)
    assert versions.pop("python") == "3.11"
    assert len(versions) >= 4
    lock = locked(FILES[name])
    assert versions == {package: lock[RENAMED.get(package, package)] for package in versions}


@pytest.mark.parametrize("name", FILES)
def test_conda_packages_are_where_the_environment_looks(name):
    environment = yaml.safe_load((PROJECT / name).read_text())
    assert environment.keys() - {"name"} == {"channels", "dependencies"}
    packages = conda(name).keys()
    assert packages <= FROM_CONDA_FORGE | FROM_BIOCONDA
    bioconda = ["bioconda"] if packages & FROM_BIOCONDA else []
    assert environment["channels"] == ["conda-forge", *bioconda, "nodefaults"]


def test_the_environment_for_everything_holds_the_others():
    everything = conda("environment.yml")
    jobs = conda("envs/physics.yaml") | conda("envs/plotting.yaml")
    assert jobs.items() <= everything.items()
    assert everything.keys() - jobs.keys() == {"snakemake-minimal", "pygments", "jsonschema"}
    tools = set(re.findall(r"^([a-z][\w-]*)", (ENVS / "test.in").read_text(), re.M))
    assert conda("envs/tests.yaml").keys() == tools | {"python"}


def test_no_pins_are_kept():
    """They belong to one platform and one day: made by whoever needs them, see docs/reproduce.md."""
    assert not [*PROJECT.glob("*pin.txt"), *ENVS.glob("*pin.txt")]


def test_the_test_lock_holds_the_run_lock():
    assert locked("run.lock").items() <= locked("test.lock").items()


@pytest.mark.parametrize("name", sorted(path.name for path in ENVS.glob("*.lock")))
def test_a_lock_has_hashes_and_no_address(name):
    text = (ENVS / name).read_text()
    assert "://" not in text
    for block in re.split(r"\n(?=[A-Za-z])", text):
        if re.match(r"[A-Za-z]", block):
            assert "--hash=sha256:" in block, block.splitlines()[0]


def imported(files):
    """Top-level packages that some files import, ours and the standard library's left out."""
    names = set()
    for path in files:
        for node in ast.walk(ast.parse(path.read_text())):
            if isinstance(node, ast.Import):
                names |= {alias.name.split(".")[0] for alias in node.names}
            elif isinstance(node, ast.ImportFrom) and node.module:
                names.add(node.module.split(".")[0])
    return names - set(sys.stdlib_module_names) - {"driven_dicke"}


def test_conda_environments_hold_what_the_jobs_import():
    """configuration.py runs inside Snakemake, which brings jsonschema and yaml; figures have their own."""
    physics = [p for p in PACKAGE.rglob("*.py") if "figures" not in p.parts and p.name != "configuration.py"]
    drawing = imports.imported([*(PACKAGE / "figures").glob("*.py"), PACKAGE.parent / "figure.py"], PACKAGE.parent)
    modules = {"pyyaml": "yaml", "python-flint": "flint", **RENAMED}
    assert imported(physics) - {"mumps", "pypardiso"} <= {
        modules.get(name, name) for name in conda("envs/physics.yaml")
    }
    assert imported(drawing) <= {modules.get(name, name) for name in conda("envs/plotting.yaml")}


def test_too_old_a_python_is_told_in_one_line(tmp_path):
    """The version check, run under this Python with an older version pretended."""
    code = "import sys, runpy; sys.version_info = (3, 9, 1); sys.argv = ['create.py', 'x', 'y']; "
    code += f"runpy.run_path({str(ENVS / 'create.py')!r}, run_name='__main__')"
    result = subprocess.run([sys.executable, "-c", code], cwd=tmp_path, capture_output=True, text=True)
    assert result.returncode == 1
    assert result.stderr.splitlines() == [
        "error: driven-dicke needs Python 3.11 or newer, but this is 3.9; try `make PYTHON=python3.11`"
    ]
    assert list(tmp_path.iterdir()) == []


def test_no_network_is_told_in_one_line(tmp_path):
    """A package index that nobody serves."""
    environment = {"PATH": "/usr/bin:/bin", "PIP_INDEX_URL": "http://127.0.0.1:9/", "PIP_RETRIES": "0"}
    environment["PIP_CONFIG_FILE"] = "/dev/null"
    result = subprocess.run(
        [sys.executable, str(ENVS / "create.py"), str(tmp_path / "venv"), str(ENVS / "run.lock")],
        env=environment,
        capture_output=True,
        text=True,
    )
    assert result.returncode == 1
    assert result.stderr.startswith("error: pip cannot reach a package index")
    assert len(result.stderr.splitlines()) == 1
