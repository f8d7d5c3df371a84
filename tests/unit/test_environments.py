"""The conda environments, the locks and the package name the same versions of the same libraries."""

import ast
import re
import subprocess
import sys
from pathlib import Path

import pytest
import yaml

PROJECT = Path(__file__).parents[2]
ENVS = PROJECT / "envs"
CONDA_NAMES = {"matplotlib-base": "matplotlib"}
PACKAGE = PROJECT / "workflow/scripts/driven_dicke"


def locked(name):
    """Version of every package in a lock."""
    return dict(re.findall(r"^([A-Za-z0-9_.-]+)==([^ ;\\]+)", (ENVS / name).read_text(), re.M))


def conda(name):
    """Version of every package in a conda environment."""
    return dict(dependency.split("=") for dependency in yaml.safe_load((ENVS / name).read_text())["dependencies"])


@pytest.mark.parametrize("name", ["physics.yaml", "plotting.yaml"])
def test_conda_versions_equal_the_lock(name):
    versions = conda(name)
    assert versions.pop("python") == "3.11"
    assert len(versions) >= 4
    lock = locked("run.lock")
    assert versions == {package: lock[CONDA_NAMES.get(package, package)] for package in versions}


def test_the_test_lock_holds_the_run_lock():
    assert locked("run.lock").items() <= locked("test.lock").items()


@pytest.mark.parametrize("name", ["run.lock", "test.lock"])
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
    drawing = [p for p in PACKAGE.rglob("*.py") if p.parent.name in ("figures", "contracts")]
    drawing += [PACKAGE / f"{name}.py" for name in ("tables", "provenance", "contract", "command_line", "checks")]
    assert imported(physics) - {"mumps", "pypardiso"} <= conda("physics.yaml").keys()
    assert imported(drawing) <= {CONDA_NAMES.get(name, name) for name in conda("plotting.yaml")}


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
