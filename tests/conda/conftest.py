"""A local conda channel, a stand-in for conda over it, and a shell in which only Snakemake and that conda are found."""

import hashlib
import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

import pytest

from project_copy import PROJECT, copy_project

HERE = Path(__file__).parent
CACHE = Path(os.environ.get("DRIVEN_DICKE_CONDA", PROJECT / "build/conda")).resolve()
TOOLS = CACHE / "tools/bin/python"
ONLY_SNAKEMAKE = """
channels: [conda-forge, bioconda, nodefaults]
dependencies: [python=3.11, snakemake-minimal]
"""
# Found first by a Python that heeds PYTHONPATH: a job that runs outside its environment cannot go unnoticed.
POISON = "raise ImportError('this is not the numpy of the environment')\n"


@dataclass(frozen=True)
class Conda:
    """The stand-in, installed in a folder of its own."""

    root: Path
    channel: Path

    def install(self) -> "Conda":
        """Write the two programs that Snakemake calls."""
        (self.root / "bin").mkdir(parents=True)
        words = (TOOLS, HERE / "standin.py", self.root, self.channel)
        quoted = " ".join(f"'{word}'" for word in words)
        (self.root / "bin/conda").write_text(f'#!/bin/sh\nunset PYTHONPATH\nexec {quoted} "$@"\n')
        (self.root / "bin/conda").chmod(0o755)
        (self.root / "bin/activate").write_text('export CONDA_PREFIX="$1"\nexport PATH="$1/bin:$PATH"\n')
        return self

    def __call__(self, *words: str | Path) -> str:
        """Run it, expect success, return what it printed."""
        result = subprocess.run([self.root / "bin/conda", *words], capture_output=True, text=True)
        assert result.returncode == 0, result.stderr
        return result.stdout

    def create(self, file: Path, prefix: Path) -> Path:
        """An environment from a file."""
        self("env", "create", "--file", file, "--prefix", prefix)
        return prefix


@dataclass(frozen=True)
class Shell:
    """What a user types, with some environment active and some conda installed."""

    active: Path
    conda: Conda
    home: Path

    def run(self, folder: Path, *words: str, ok: bool = True) -> str:
        """Run a command in a folder, expect success (or failure), return what it printed."""
        variables = {
            "PATH": f"{self.active}/bin:{self.conda.root}/bin:/usr/bin:/bin",
            "HOME": str(self.home),
            "PYTHONPATH": str(self.home / "poison"),
        }
        result = subprocess.run(words, cwd=folder, env=variables, capture_output=True, text=True)
        assert (result.returncode == 0) == ok, result.stdout + result.stderr
        return result.stdout + result.stderr

    def snakemake(self, folder: Path, *words: str, ok: bool = True) -> str:
        """Snakemake on the quick configuration, software from conda."""
        options = ("--sdm", "conda", "--cores", "2", "--configfile", "config/quick.yaml")
        return self.run(folder, "snakemake", *words, *options, ok=ok)


@pytest.fixture(scope="session")
def channel():
    """The local channel: kept until a lock, the Python or the code that makes it changes."""
    assert TOOLS.is_file(), "the tools for the local channel are not installed: run `make test-conda`"
    lock = PROJECT / "envs/test.lock"
    sources = [lock, PROJECT / "envs/channel.lock", HERE / "channel.py"]
    key = hashlib.sha256(b"".join(path.read_bytes() for path in sources) + sys.version.encode()).hexdigest()[:16]
    if not (CACHE / key).is_dir():
        subprocess.run([TOOLS, HERE / "channel.py", lock, CACHE / key], check=True)
    return CACHE / key / "channel"


@pytest.fixture(scope="session")
def conda(channel, tmp_path_factory):
    """The stand-in over the local channel."""
    return Conda(tmp_path_factory.mktemp("conda") / "base", channel).install()


@pytest.fixture(scope="session")
def conda_offline(tmp_path_factory):
    """The stand-in without its channel: it cannot install anything."""
    folder = tmp_path_factory.mktemp("offline")
    return Conda(folder / "base", folder / "no-such-channel").install()


@pytest.fixture(scope="session")
def shell(conda, tmp_path_factory):
    """A shell in which only Snakemake and conda are installed."""
    folder = tmp_path_factory.mktemp("user")
    (folder / "snakemake.yaml").write_text(ONLY_SNAKEMAKE)
    (folder / "poison").mkdir()
    (folder / "poison/numpy.py").write_text(POISON)
    return Shell(conda.create(folder / "snakemake.yaml", folder / "snakemake"), conda, folder)


@pytest.fixture(scope="session")
def source(tmp_path_factory):
    """The project as it is when the tests start, and nothing that it has made."""
    return copy_project(tmp_path_factory.mktemp("source") / "project").folder


@pytest.fixture
def project(source, tmp_path):
    """A fresh copy in which nothing was built."""
    return copy_project(tmp_path / "project", source).folder


@pytest.fixture(scope="session")
def pip_built(source, tmp_path_factory):
    """The quick configuration, built with the Python that runs the tests."""
    copy = copy_project(tmp_path_factory.mktemp("pip") / "project", source)
    copy.snakemake()
    return copy.folder


@pytest.fixture(scope="session")
def conda_built(source, shell, conda_offline, tmp_path_factory):
    """The quick configuration, built in conda environments: first they are made, then conda loses its channel."""
    folder = copy_project(tmp_path_factory.mktemp("in_conda") / "project", source).folder
    shell.snakemake(folder, "--conda-create-envs-only")
    Shell(shell.active, conda_offline, shell.home).snakemake(folder)
    return folder
