"""Twenty kills of a build at random moments lose nothing: resumed, it ends in the same bytes."""

import hashlib
import os
import random
import signal
import subprocess

from project_copy import copy_project, environment, manifest_files

TARGETS = ("fig1", "fig2", "fig9", "fig10")  # many short jobs: tables, figures, and all that lies between
KILLS = 20
EARLIEST, LATEST = 0.5, 5.0  # seconds after the start of Snakemake
SEED = 6


def test_twenty_kills_at_random_moments(built, tmp_path):
    moments = random.Random(SEED)
    kills, builds = 0, 1
    copy = copy_project(tmp_path / "1", built.folder)
    while kills < KILLS:
        process = subprocess.Popen(
            copy.command("--rerun-incomplete", *TARGETS),
            cwd=copy.folder,
            env=environment(),
            start_new_session=True,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        try:
            assert process.wait(moments.uniform(EARLIEST, LATEST)) == 0
        except subprocess.TimeoutExpired:
            os.killpg(process.pid, signal.SIGKILL)
            process.wait()
            kills += 1
            unlock(copy, as_told=kills == 1)
        else:  # finished before the next kill: compare, and begin another build
            check(copy, built)
            builds += 1
            copy = copy_project(tmp_path / str(builds), built.folder)
    copy.snakemake("--rerun-incomplete", *TARGETS)
    check(copy, built)


def unlock(copy, as_told):
    """What `snakemake --unlock` does, which the first kill is followed by: the locks go."""
    if as_told:
        copy.snakemake("--unlock")
        assert not list(copy.folder.glob(".snakemake/locks/*"))
    for lock in copy.folder.glob(".snakemake/locks/*"):
        lock.unlink()


def check(copy, built):
    made = [path for name in ("results", "figures") for path in (copy.folder / "runs/quick" / name).rglob("*.*")]
    expected = manifest_files(built.folder)
    assert len(made) > 60
    for path in made:
        digest = hashlib.sha256(path.read_bytes()).hexdigest()
        assert digest == expected[path.relative_to(copy.folder).as_posix()], path
    assert copy.planned(*TARGETS) == {}
