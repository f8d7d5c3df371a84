"""A private copy of the project, and Snakemake run in it as a user would."""

import fcntl
import json
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

PROJECT = Path(__file__).parents[1]
PARTS = ("Snakefile", "config", "envs", "workflow")


@dataclass(frozen=True)
class Copy:
    """A copy of the project in a folder of its own, and the configurations, one over the other, that it is run with."""

    folder: Path
    configurations: tuple[str, ...] = ("quick",)

    def command(self, *arguments: str, cores: int = 2) -> list[str]:
        """Snakemake on these configurations."""
        files = [str(self.folder / f"config/{name}.yaml") for name in self.configurations]
        # --configfile and --quiet take many values: they must not come before a target.
        return [
            *(sys.executable, "-m", "snakemake", "--cores", str(cores), *(["--configfile", *files] if files else [])),
            *("--quiet", "host", "--snakefile", str(self.folder / "Snakefile"), *arguments),
        ]

    def snakemake(self, *arguments: str, cores: int = 2, directory: Path | None = None, ok: bool = True) -> str:
        """Run Snakemake, expect success (or failure), return what it printed."""
        command = self.command(*arguments, cores=cores)
        return self.run(command + ([] if directory is None else ["--directory", str(directory)]), ok=ok)

    def run(self, command: list[str], ok: bool = True) -> str:
        """Run a command here, expect success (or failure), return what it printed."""
        result = subprocess.run(command, cwd=self.folder, env=environment(), capture_output=True, text=True)
        output = result.stdout + result.stderr
        assert (result.returncode == 0) == ok, output
        return output

    def planned(self, *arguments: str) -> dict[str, int]:
        """Rules that a dry run would execute, and how often."""
        return self.rules(self.snakemake("--dry-run", *arguments))

    @staticmethod
    def rules(output: str) -> dict[str, int]:
        """The same from what the dry run printed."""
        if "Nothing to be done" in output:
            return {}
        rows = re.findall(r"^(\w+) +(\d+)$", output.split("Job stats:")[-1], re.M)
        return {name: int(count) for name, count in rows if name not in ("default", "all", "data", "total")}


def made_once(base: Path, name: str, make: Callable[[Path], None]) -> Path:
    """A folder that every process of a test run shares: the first to ask makes it, the others wait for it.

    `base` is pytest's base folder of this process; under xdist that of the run is one above.
    """
    root = base.parent if "PYTEST_XDIST_WORKER" in os.environ else base
    folder, finished = root / name, root / f"{name}.finished"
    with open(root / f"{name}.lock", "w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not finished.exists():
            shutil.rmtree(folder, ignore_errors=True)
            make(folder)
            finished.touch()
    return folder


def environment() -> dict[str, str]:
    """This process's environment without what a test run adds."""
    return {key: value for key, value in os.environ.items() if not key.startswith(("PYTEST", "COV", "PYTHONPATH"))}


def manifest_files(folder: Path, run: str = "quick") -> dict[str, str]:
    """Checksums of all tables and figures of a run."""
    return json.loads((folder / f"runs/{run}/results/manifest.json").read_text())["files"]


def copy_project(folder: Path, project: Path = PROJECT) -> Copy:
    """Copy what the workflow consists of, and nothing that it has made."""
    for part in PARTS:
        source = project / part
        if source.is_dir():
            shutil.copytree(source, folder / part, ignore=shutil.ignore_patterns("__pycache__"))
        else:
            folder.mkdir(parents=True, exist_ok=True)
            shutil.copy2(source, folder / part)
    return Copy(folder)
