"""`snakemake archive`: one file that holds everything and proves it."""

import json
import subprocess
import zipfile

import driven_dicke

ARCHIVE = "runs/quick/results/driven-dicke.zip"


def test_the_archive_holds_and_proves_everything(duplicate, tmp_path):
    duplicate.snakemake("archive")
    first = (duplicate.folder / ARCHIVE).read_bytes()
    with zipfile.ZipFile(duplicate.folder / ARCHIVE) as archive:
        archive.extractall(tmp_path)
    unpacked = tmp_path / f"driven-dicke-{driven_dicke.__version__}"
    result = subprocess.run(["sha256sum", "--check", "--quiet", "SHA256SUMS"], cwd=unpacked, capture_output=True)
    assert result.returncode == 0, result.stdout
    listed = set(json.loads((unpacked / "runs/quick/results/manifest.json").read_text())["files"])
    held = {path.relative_to(unpacked).as_posix() for path in unpacked.rglob("*") if path.is_file()}
    assert listed <= held
    assert {"Snakefile", "config/config.yaml", "envs/run.lock", "workflow/Snakefile"} <= held
    assert not any("__pycache__" in name or ".snakemake" in name or name.startswith("runs/quick/logs") for name in held)

    (duplicate.folder / ARCHIVE).unlink()
    assert duplicate.planned("archive") == {"archive": 1}
    duplicate.snakemake("archive")
    assert (duplicate.folder / ARCHIVE).read_bytes() == first
