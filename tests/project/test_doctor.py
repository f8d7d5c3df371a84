"""The doctor names what is missing, and needs nothing but Python to do so."""

import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

PROJECT = Path(__file__).parents[2]
DOCTOR = PROJECT / "envs/doctor.py"


def examine(*arguments, python=sys.executable, path=None):
    """Exit code and output; -S and -I keep site-packages out."""
    command = [python, "-I", "-S", str(DOCTOR), *map(str, arguments)]
    result = subprocess.run(command, env={"PATH": path or "/usr/bin:/bin"}, capture_output=True, text=True)
    return result.returncode, result.stdout + result.stderr


@pytest.fixture
def environment(tmp_path):
    """A virtual environment that holds the locked packages by their records alone."""
    site = tmp_path / "env/lib/python3.11/site-packages"
    for name, version in re.findall(r"^([\w.-]+)==([^ ;\\]+)", (PROJECT / "envs/run.lock").read_text(), re.M):
        (site / f"{name.replace('-', '_')}-{version}.dist-info").mkdir(parents=True)
    return tmp_path / "env"


def test_a_complete_environment_is_fine(environment):
    code, output = examine(environment)
    assert code == 0
    assert "nothing is missing" in output
    assert re.search(r"`snakemake --cores \d+ all` takes about \d+ min here", output)


def test_a_missing_and_a_wrong_package_are_named(environment):
    site = environment / "lib/python3.11/site-packages"
    shutil.rmtree(next(site.glob("scipy-*")))
    wrong = next(site.glob("numpy-*"))
    wrong.rename(wrong.with_name("numpy-1.0.0.dist-info"))
    code, output = examine(environment)
    assert code == 1
    lines = [line for line in output.splitlines() if "environment: not as locked" in line]
    assert len(lines) == 1
    assert re.search(r"numpy 2\.\d+\.\d+, scipy 1\.\d+\.\d+; `make figures` installs them", lines[0])


def test_no_environment_yet_is_no_fault(tmp_path):
    code, output = examine(tmp_path / "none")
    assert code == 0
    assert "none yet; `make figures` makes it" in output


def test_a_missing_make_is_named(environment, tmp_path):
    code, output = examine(environment, path=str(tmp_path))
    assert code == 1
    assert "  make: runs the commands of the README" in output
    assert "only needed for a Slurm cluster" in output


def test_a_conda_that_is_too_old_is_told(environment, tmp_path):
    conda = tmp_path / "conda"
    conda.write_text("#!/bin/sh\necho conda 23.1.0\n")
    conda.chmod(0o755)
    output = examine(environment, path=f"{tmp_path}:/usr/bin:/bin")[1]
    assert "-  conda         conda 23.1.0; Snakemake asks for 24.7.1 or newer" in output
