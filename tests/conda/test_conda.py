"""The pipeline in conda environments, for real except for two things: the channel is local, and conda is a stand-in.

The channel holds the locked wheels. So this shows that the workflow, Snakemake and the environments fit together;
whether conda-forge solves the same specifications it cannot show.
"""

import re
import shutil
from pathlib import Path

from conftest import Shell

from project_copy import PROJECT, manifest_files

REMEDY = ("--rerun-triggers", "mtime", "params", "input", "code")
ENVIRONMENTS = ("physics", "plotting")
JOBS_OF_QUICK = 30  # at least


def planned(output: str) -> int:
    """Number of jobs that a dry run announces."""
    return int(re.search(r"^total +(\d+)$", output, re.M).group(1))


def prefixes(folder: Path) -> dict[str, Path]:
    """Where Snakemake has put each environment."""
    made = {path.read_text(): path.with_suffix("") for path in (folder / ".snakemake/conda").glob("*.yaml")}
    return {name: made[(folder / f"envs/{name}.yaml").read_text()] for name in ENVIRONMENTS}


def installed(prefix: Path) -> set[str]:
    """Packages of an environment, as name-version-build."""
    return {path.stem for path in (prefix / "conda-meta").glob("*.json")}


def test_only_snakemake_and_conda_are_installed(shell):
    for module in ("numpy", "scipy", "pandas", "pyarrow", "qutip", "matplotlib", "driven_dicke"):
        assert "ImportError" in shell.run(shell.home, "python", "-c", f"import {module}", ok=False).replace(
            "ModuleNotFoundError", "ImportError"
        )
    assert shell.run(shell.home, "snakemake", "--version").startswith("9.")


def test_the_same_bytes_as_with_pip(conda_built, pip_built):
    """Environments made online, everything then built offline; the library is found without being installed."""
    inside, outside = manifest_files(conda_built), manifest_files(pip_built)
    assert sum(path.endswith(".parquet") for path in inside) >= JOBS_OF_QUICK // 2
    assert inside == outside


def test_the_environments_hold_what_they_ask_for(conda_built):
    for name, prefix in prefixes(conda_built).items():
        asked = re.findall(r"^  - ([a-z-]+=[\d.]+)$", (conda_built / f"envs/{name}.yaml").read_text(), re.M)
        assert len(asked) >= 5
        for package in asked:
            assert any(found.startswith(package.replace("=", "-")) for found in installed(prefix)), package
    assert not any(name.startswith("matplotlib") for name in installed(prefixes(conda_built)["physics"]))
    assert not any(name.startswith("scipy") for name in installed(prefixes(conda_built)["plotting"]))


def test_a_second_run_does_nothing(conda_built, shell):
    assert "Nothing to be done" in shell.snakemake(conda_built)


def test_switching_to_conda_reruns_everything_and_the_remedy_nothing(pip_built, shell, tmp_path):
    shutil.copytree(pip_built, tmp_path / "project")
    output = shell.snakemake(tmp_path / "project", "--dry-run")
    assert "Software environment definition has changed" in output
    assert planned(output) >= JOBS_OF_QUICK
    assert "Nothing to be done" in shell.snakemake(tmp_path / "project", "--dry-run", *REMEDY)


def test_an_environment_that_cannot_be_solved_stops_before_any_job(project, shell):
    path = project / "envs/plotting.yaml"
    path.write_text(re.sub("numpy=.*", "numpy=1.0.7", path.read_text()))
    output = shell.snakemake(project, ok=False)
    assert "Could not create conda environment from" in output
    assert "envs/plotting.yaml" in output
    assert "No candidates were found for numpy 1.0.7" in output
    assert not (project / "runs").exists()


def test_a_channel_that_is_not_named_is_refused(project, shell):
    path = project / "envs/physics.yaml"
    path.write_text(path.read_text().replace("nodefaults", "defaults"))
    assert "unknown channels: defaults" in shell.snakemake(project, "--conda-create-envs-only", ok=False)


def test_without_conda_snakemake_says_so(project, shell, tmp_path):
    nowhere = Shell(shell.active, type(shell.conda)(tmp_path, tmp_path), shell.home)
    output = nowhere.snakemake(project, "--dry-run", ok=False)
    assert re.search("conda: (command )?not found|Is conda installed and accessible", output), output


def test_pins_made_from_an_environment_are_used(conda_built, conda, project, shell):
    """As docs/reproduce.md says: `conda list --explicit --md5`, beside the environment's file."""
    platform = conda("info", "--json").split('"platform": "')[1].split('"')[0]
    for name, prefix in prefixes(conda_built).items():
        pins = conda("list", "--explicit", "--md5", "--prefix", prefix)
        (project / f"envs/{name}.{platform}.pin.txt").write_text(pins)
    output = shell.snakemake(project, "--conda-create-envs-only")
    assert output.count("Using pinnings from") == len(ENVIRONMENTS)
    assert "Failed to install" not in output
    made = [installed(path) for path in (project / ".snakemake/conda").iterdir() if path.is_dir()]
    assert sorted(map(sorted, made)) == sorted(sorted(installed(prefix)) for prefix in prefixes(conda_built).values())


def test_a_wrong_pin_is_not_installed(conda_built, conda, project, shell):
    platform = conda("info", "--json").split('"platform": "')[1].split('"')[0]
    pins = conda("list", "--explicit", "--md5", "--prefix", prefixes(conda_built)["plotting"])
    wrong = re.sub(r"#.{8}", "#00000000", pins)
    (project / f"envs/plotting.{platform}.pin.txt").write_text(wrong)
    output = shell.snakemake(project, "--conda-create-envs-only")
    assert "Failed to install conda environment from pin file" in output
    assert "with another checksum" in output


def test_one_environment_for_everything(conda, pip_built, project, shell, tmp_path):
    """environment.yml alone, without --sdm: a figure with the same bytes, and Snakemake's report."""
    everything = conda.create(PROJECT / "environment.yml", tmp_path / "everything")
    active = Shell(everything, conda, tmp_path)  # its home holds no poison
    words = ("snakemake", "fig1", "--cores", "2", "--configfile", "config/quick.yaml")
    active.run(project, *words)
    drawn = sorted((project / "runs/quick/figures").rglob("*.*"))
    assert len(drawn) >= 6
    for path in drawn:
        assert path.read_bytes() == (pip_built / path.relative_to(project)).read_bytes(), path
    active.run(project, *words, "--report", "report.zip")
    assert (project / "report.zip").stat().st_size > 100_000


def test_the_tools_of_the_tests(conda, tmp_path):
    tools = conda.create(PROJECT / "envs/tests.yaml", tmp_path / "tests")
    active = Shell(tools, conda, tmp_path)
    active.run(tmp_path, "python", "-c", "import hypothesis, mypy, pytest, selenium, snakefmt, xdist")
    assert active.run(tmp_path, "ruff", "--version").startswith("ruff ")
