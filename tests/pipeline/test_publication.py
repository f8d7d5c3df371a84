"""What a published archive holds, and that its checksums prove it."""

import re
import subprocess
import zipfile
from pathlib import Path

import pytest
import yaml

import driven_dicke
from driven_dicke.pipeline.publication import CHECKSUMS, project_files, write_archive

PROJECT = Path(__file__).parents[2]


@pytest.fixture
def project(tmp_path):
    """A small project without git."""
    files = ["Snakefile", "workflow/scripts/x.py", ".ci/run", ".gitignore", "workflow/scripts/__pycache__/x.pyc"]
    files += ["results/x.parquet", ".snakemake/log", ".venv/bin/python", "runs/quick/results/x.parquet", "x.zip"]
    for name in files:
        path = tmp_path / "project" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(name)
    (tmp_path / "project/.ci/run").chmod(0o755)
    return tmp_path / "project"


def test_without_git_sources_are_told_from_what_was_made(project):
    assert [path.as_posix() for path in project_files(project)] == [
        ".ci/run",
        ".gitignore",
        "Snakefile",
        "workflow/scripts/x.py",
    ]


def test_with_git_the_tracked_files_are_taken(project):
    git = ["git", "-C", str(project)]
    subprocess.run([*git, "init", "--quiet"], check=True)
    subprocess.run([*git, "add", "--force", "Snakefile", ".gitignore"], check=True)
    (project / ".gitignore").unlink()
    assert project_files(project) == [Path("Snakefile")]


def test_an_archive_has_the_same_bytes_twice_and_proves_its_files(project, tmp_path):
    files = [(project / path, path) for path in project_files(project)]
    for name in ("a.zip", "b.zip"):
        write_archive(tmp_path / name, "driven-dicke-1", files if name == "a.zip" else reversed(files))
        (project / "Snakefile").touch()
    assert (tmp_path / "a.zip").read_bytes() == (tmp_path / "b.zip").read_bytes()
    subprocess.run(["python3", "-m", "zipfile", "-e", "a.zip", "unpacked"], cwd=tmp_path, check=True)
    unpacked = tmp_path / "unpacked/driven-dicke-1"
    check = ["sha256sum", "--check", "--strict", CHECKSUMS]
    result = subprocess.run(check, cwd=unpacked, capture_output=True, text=True)
    assert result.returncode == 0
    assert len(result.stdout.splitlines()) == len(files) == 4
    (unpacked / "Snakefile").write_text("changed")
    assert subprocess.run(check, cwd=unpacked, capture_output=True).returncode == 1


def test_what_may_be_run_stays_so(project, tmp_path):
    write_archive(tmp_path / "a.zip", "x", [(project / path, path) for path in project_files(project)])
    with zipfile.ZipFile(tmp_path / "a.zip") as archive:
        modes = {entry.filename: entry.external_attr >> 16 for entry in archive.infolist()}
    assert modes["x/.ci/run"] == 0o755
    assert modes["x/Snakefile"] == 0o644


def test_the_citation_names_the_paper_and_this_version():
    citation = yaml.safe_load((PROJECT / "CITATION.cff").read_text())
    assert citation["version"] == driven_dicke.__version__
    assert citation["license"] == "BSD-3-Clause"
    paper = citation["references"][0]
    assert [author["family-names"] for author in paper["authors"]] == ["Leppenen", "Shahmoon"]
    assert re.search(rf"^## {re.escape(driven_dicke.__version__)}$", (PROJECT / "CHANGELOG.md").read_text(), re.M)
