"""The Slurm profile on a real Slurm: the same tables as at home, with the memory and time that the rules declare."""

import re
import subprocess
import sys

import pytest

from project_copy import PROJECT, copy_project, environment, manifest_files

RULE = re.compile(r"^rule (\w+):\n((?:    .*\n|\n)+)", re.M)
POLLING = ("--slurm-status-command", "squeue", "--slurm-init-seconds-before-status-checks", "1")
PATIENCE = 1200  # seconds until a run that hangs is ended


def run(copy, *arguments):
    """Snakemake with the project's profile; squeue, as one node keeps no accounts."""
    profile = copy.folder / "workflow/profiles/slurm"
    command = [sys.executable, "-m", "snakemake", *arguments, "--configfile", "config/quick.yaml"]
    command += ["--profile", str(profile), "--latency-wait", "5", "--seconds-between-status-checks", "1", *POLLING]
    return subprocess.run(command, cwd=copy.folder, env=environment(), capture_output=True, text=True, timeout=PATIENCE)


def declared():
    """Memory and minutes of every rule that states them as numbers."""
    found = {}
    for path in (PROJECT / "workflow/rules").glob("*.smk"):
        for name, body in RULE.findall(path.read_text()):
            limits = re.search(r"mem_mb=(\d+),\n +runtime=(\d+),", body)
            if limits:
                found[name] = (int(limits[1]), int(limits[2]))
    return found


def submitted():
    """Memory, minutes and partition of every job that Slurm remembers, by the name of its rule."""
    text = subprocess.run(["scontrol", "--oneliner", "show", "job"], capture_output=True, text=True, check=True).stdout
    jobs = []
    for line in text.splitlines():
        field = dict(re.findall(r"(\w+)=(\S+)", line))
        rule = re.match(r"(?:rule_)?(\w+?)(?:_wildcards.*)?$", field["Comment"])[1]
        hours, minutes, _ = map(int, field["TimeLimit"].split(":"))
        jobs.append((rule, int(field["MinMemoryNode"].rstrip("M")), 60 * hours + minutes, field["Partition"]))
    return jobs


@pytest.fixture(scope="module")
def local(tmp_path_factory):
    """Checksums of the tables of the same configuration, built without Slurm."""
    copy = copy_project(tmp_path_factory.mktemp("local") / "project")
    copy.snakemake()
    return {path: value for path, value in manifest_files(copy.folder).items() if path.endswith(".parquet")}


@pytest.fixture(scope="module")
def on_cluster(slurm, tmp_path_factory):
    """The same, every job a job of Slurm."""
    copy = copy_project(tmp_path_factory.mktemp("cluster") / "project")
    result = run(copy)
    assert result.returncode == 0, result.stdout + result.stderr
    return copy


def test_the_tables_are_the_local_ones(on_cluster, local):
    files = manifest_files(on_cluster.folder)
    assert len(local) > 20
    assert {path: value for path, value in files.items() if path.endswith(".parquet")} == local


def test_jobs_ask_for_what_their_rules_declare(on_cluster):
    expected = declared()
    jobs = [job for job in submitted() if job[0] in expected]
    assert len({rule for rule, *_ in jobs}) > 15
    for rule, memory, minutes, partition in jobs:
        assert (memory, minutes) == expected[rule], rule
        assert partition == "main"


def test_a_failing_job_is_noticed_and_its_message_shown(slurm, tmp_path):
    copy = copy_project(tmp_path / "project")
    quick = copy.folder / "config/quick.yaml"
    impossible = "piqs: {n_atoms: [2, 4], tolerance: 1.0e-300}"
    quick.write_text(quick.read_text().replace("piqs: {n_atoms: [2, 4]}", impossible))
    result = run(copy, "runs/quick/results/validation/validation.parquet")
    assert result.returncode != 0
    assert "1e-300" in result.stdout + result.stderr
