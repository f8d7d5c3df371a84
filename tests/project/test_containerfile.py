"""The container's recipe is the one that its script writes, and copies all that the workflow needs."""

import re
import shutil
import subprocess
import sys
from pathlib import Path

PROJECT = Path(__file__).parents[2]


def copied():
    """What the recipe copies into the project's folder of the image."""
    return re.findall(r"^COPY (\S+) /driven-dicke/\1$", (PROJECT / "Containerfile").read_text(), re.M)


def test_the_script_writes_the_same_files(tmp_path):
    for part in ("envs/containerfile.py", "environment.yml", "workflow/scripts/driven_dicke/__init__.py"):
        (tmp_path / part).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy2(PROJECT / part, tmp_path / part)
    subprocess.run([sys.executable, str(tmp_path / "envs/containerfile.py")], check=True)
    for name in ("Containerfile", ".dockerignore"):
        assert (tmp_path / name).read_bytes() == (PROJECT / name).read_bytes(), f"run `make containerfile`: {name}"


def test_what_is_copied_is_enough(tmp_path):
    """The image's own command, as a dry run of everything; `--directory` stands for the image's working directory."""
    for part in copied():
        (tmp_path / "driven-dicke" / part).parent.mkdir(parents=True, exist_ok=True)
        copy = shutil.copytree if (PROJECT / part).is_dir() else shutil.copy2
        copy(PROJECT / part, tmp_path / "driven-dicke" / part)
    recipe = (PROJECT / "Containerfile").read_text()
    entry = re.findall(r'"([^"]+)"', re.search(r"^ENTRYPOINT (.+)$", recipe, re.M).group(1))
    assert entry[0] == "snakemake"
    words = [word.replace("/driven-dicke", str(tmp_path / "driven-dicke")) for word in entry[1:]]
    command = [sys.executable, "-m", "snakemake", "all", "extensions", "verify", "--cores", "1", "--dry-run", *words]
    result = subprocess.run([*command, "--directory", str(tmp_path)], capture_output=True, text=True)
    assert result.returncode == 0, result.stdout + result.stderr
    assert "fig14" in result.stdout


def test_the_base_image_has_a_version():
    image = re.search(r"^FROM (\S+)$", (PROJECT / "Containerfile").read_text(), re.M).group(1)
    assert re.fullmatch(r"python:3\.\d+-slim-bookworm", image)
