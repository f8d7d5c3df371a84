"""What goes wrong on real machines: one clear message each, no traceback, and nothing lost.

The full disk and the read-only folder are real ones where the test may mount file systems, as root usually may. An
ordinary user gets a limit on the size of files and a folder without write permission instead.
"""

import os
import re
import resource
import shutil
import signal
import subprocess
import sys
import time
from contextlib import contextmanager

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from driven_dicke.pipeline import tables
from driven_dicke.studies import squeezing
from project_copy import PROJECT, copy_project, environment

PATIENCE = 300  # seconds before a run counts as hung
TABLE = "runs/quick/results/squeezing/N16.parquet"
GAP = "runs/quick/results/liouvillian_gap/gap.parquet"
SCRIPTS = sorted((PROJECT / "workflow/scripts").glob("*.py"))


@pytest.fixture
def fresh(tmp_path):
    """The project with nothing built."""
    return copy_project(tmp_path / "project")


def errors(output):
    """The lines that say what went wrong, as they stand at the end; no traceback anywhere."""
    assert "Traceback" not in output, output
    return re.findall(r"^(?:error|configuration): .*$", output, re.M)


def flip_a_bit(path):
    content = bytearray(path.read_bytes())
    content[len(content) // 2] ^= 4
    path.write_bytes(content)


def cut_in_half(path):
    content = path.read_bytes()
    path.write_bytes(content[: len(content) // 2])


def drop_a_column(path):
    pq.write_table(pq.read_table(path).drop_columns(["xi2"]), path)


def change_a_unit(path):
    table = pq.read_table(path)
    number = table.schema.get_field_index("drive")
    field = pa.field("drive", pa.float64(), nullable=False, metadata={"unit": "gamma_s"})
    pq.write_table(table.cast(table.schema.set(number, field)), path)


def change_a_number(path):
    """What no check of Parquet's own sees: a table that was rewritten with other parameters."""
    table = pq.read_table(path)
    metadata = table.schema.metadata
    pq.write_table(table.replace_schema_metadata(metadata | {b"parameters": b'{"n_atoms":17}'}), path)


DAMAGE = [
    (flip_a_bit, "not a readable Parquet file"),
    (cut_in_half, "not a readable Parquet file"),
    (drop_a_column, "column xi2 is missing"),
    (change_a_unit, "column drive is in units of gamma_s, expected Omega_c"),
    (change_a_number, "its content misses its checksum"),
]


@pytest.mark.parametrize(("damage", "message"), DAMAGE, ids=[damage.__name__ for damage, _ in DAMAGE])
def test_a_damaged_table_is_named_and_not_drawn(duplicate, damage, message):
    path = duplicate.folder / TABLE
    pictures = {file: file.read_bytes() for file in duplicate.folder.glob("runs/quick/figures/fig05/*")}
    assert pictures
    damage(path)
    (line,) = errors(duplicate.snakemake("fig5", ok=False))
    assert line.startswith(f"error: {TABLE}: ")
    assert message in line
    assert all(not file.exists() or file.read_bytes() == content for file, content in pictures.items())


def test_what_the_message_says_repairs_a_damaged_table(duplicate, built):
    flip_a_bit(duplicate.folder / TABLE)
    assert "; delete it and run Snakemake again" in duplicate.snakemake("fig5", ok=False)
    (duplicate.folder / TABLE).unlink()
    duplicate.snakemake("fig5")
    for path in (TABLE, "runs/quick/figures/fig05.pdf", "runs/quick/figures/fig05/fig05c.png"):
        assert (duplicate.folder / path).read_bytes() == (built.folder / path).read_bytes()


def may_mount(folder):
    """Whether this process may mount a file system."""
    folder.mkdir()
    mounted = subprocess.run(["mount", "-t", "tmpfs", "tmpfs", str(folder)], capture_output=True).returncode == 0
    if mounted:
        subprocess.run(["umount", str(folder)], check=True)
    return mounted


@contextmanager
def mounted(folder, options):
    """A small file system of its own at `folder`."""
    folder.mkdir(parents=True, exist_ok=True)
    subprocess.run(["mount", "-t", "tmpfs", "-o", options, "tmpfs", str(folder)], check=True)
    try:
        yield
    finally:
        subprocess.run(["umount", str(folder)], check=True)


def small_files_only():
    resource.setrlimit(resource.RLIMIT_FSIZE, (12_000, 12_000))


def test_a_full_disk(fresh, built, tmp_path):
    """The branches need more than 12 kB."""
    target = "runs/quick/results/mean_field/branches.parquet"
    if may_mount(tmp_path / "try"):
        with mounted(fresh.folder / "runs/quick/results", "size=12k"):
            output = fresh.snakemake(target, ok=False)
            assert not list(fresh.folder.rglob("*.parquet"))
            assert not list(fresh.folder.rglob("*.partial"))
        reason = "No space left on device"
    else:
        result = subprocess.run(
            fresh.command(target),
            cwd=fresh.folder,
            env=environment(),
            capture_output=True,
            text=True,
            preexec_fn=small_files_only,
        )
        assert result.returncode != 0
        output, reason = result.stdout + result.stderr, "File too large"
    assert errors(output) == [f"error: {target}: cannot be written: {reason}"]
    fresh.snakemake(target)
    assert (fresh.folder / target).read_bytes() == (built.folder / target).read_bytes()


def test_a_read_only_folder(fresh, built, tmp_path):
    folder = fresh.folder / "runs/quick/results"
    if may_mount(tmp_path / "try"):
        with mounted(folder, "ro"):
            output = fresh.snakemake(TABLE, ok=False)
    else:
        folder.mkdir(parents=True)
        folder.chmod(0o555)
        assert not os.access(folder, os.W_OK), "neither a mount nor a mode makes a folder read-only here"
        output = fresh.snakemake(TABLE, ok=False)
        folder.chmod(0o755)
    (line,) = errors(output)
    assert line == "error: the folder runs/quick/results cannot be written to: it, or its disk, is read-only"
    fresh.snakemake(TABLE)
    assert (fresh.folder / TABLE).read_bytes() == (built.folder / TABLE).read_bytes()


def test_a_file_where_a_folder_belongs(fresh):
    (fresh.folder / "runs/quick").mkdir(parents=True)
    (fresh.folder / "runs/quick/figures").touch()
    assert errors(fresh.snakemake(TABLE, ok=False)) == ["error: runs/quick/figures must be a folder, but is a file"]


def test_the_configuration_of_an_older_version(fresh):
    """A config.yaml from before a section, and with a key that is called otherwise now."""
    path = fresh.folder / "config/config.yaml"
    text = path.read_text()
    older = re.sub(r"\nextensions:\n(  .*\n)+", "\n", text).replace("selected_drive:", "chosen_drive:")
    assert older.count("\n") < text.count("\n")
    path.write_text(older)
    assert errors(fresh.snakemake("--dry-run", ok=False)) == [
        "configuration: missing key extensions; copy it from this version's config/config.yaml",
        "configuration: unknown key phases.chosen_drive = 0.73; did you mean 'selected_drive'?",
        "configuration: missing key phases.selected_drive; copy it from this version's config/config.yaml",
    ]


def started(copy, *arguments):
    """Snakemake in a session of its own, which Ctrl-C reaches even if this process ignores it."""
    return subprocess.Popen(
        copy.command(*arguments),
        cwd=copy.folder,
        env=environment(),
        start_new_session=True,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL),
    )


def wait_for(condition, process):
    deadline = time.monotonic() + PATIENCE
    while not condition():
        assert process.poll() is None, process.stdout.read()
        assert time.monotonic() < deadline
        time.sleep(0.02)


def test_two_runs_in_one_folder(fresh, built):
    """The second is turned away and told what to do; the first goes on."""
    first = started(fresh, TABLE)
    wait_for(lambda: list(fresh.folder.glob(".snakemake/locks/*")), first)
    os.killpg(first.pid, signal.SIGSTOP)
    output = fresh.snakemake(TABLE, ok=False)
    os.killpg(first.pid, signal.SIGCONT)
    assert errors(output) == []
    assert "Directory cannot be locked. Please make sure that no other Snakemake process" in output
    assert "It can be removed with the --unlock argument." in output
    printed, _ = first.communicate(timeout=PATIENCE)
    assert first.returncode == 0, printed
    assert (fresh.folder / TABLE).read_bytes() == (built.folder / TABLE).read_bytes()


def test_ctrl_c(fresh, built):
    """Everything ends at once, what is finished stays, and the same command goes on."""
    fresh.snakemake(TABLE)
    process = started(fresh, GAP)
    wait_for(lambda: any(log.stat().st_size for log in fresh.folder.glob("runs/quick/logs/liouvillian_gap/*")), process)
    os.killpg(process.pid, signal.SIGINT)
    output, _ = process.communicate(timeout=PATIENCE)
    assert process.returncode != 0
    assert errors(output) == []
    resume = "interrupted; what is finished is kept: go on with `make resume`, or this command and --rerun-incomplete"
    assert output.splitlines().count(resume) == 1
    with pytest.raises(ProcessLookupError):  # no orphan
        os.killpg(process.pid, 0)
    assert [path.name for path in fresh.folder.rglob("*.parquet")] == ["N16.parquet"]
    assert not list(fresh.folder.rglob("*.partial"))
    fresh.snakemake(GAP, "--rerun-incomplete")
    for path in (TABLE, GAP):
        assert (fresh.folder / path).read_bytes() == (built.folder / path).read_bytes()


def without(package, folder):
    """The environment of a Python that does not find `package`."""
    folder.mkdir()
    (folder / "sitecustomize.py").write_text(
        "from importlib.machinery import PathFinder\n"
        "find = PathFinder.find_spec\n"
        "PathFinder.find_spec = lambda name, path=None, target=None: (\n"
        f"    None if name.partition('.')[0] == {package!r} else find(name, path, target)\n"
        ")\n"
    )
    return environment() | {"PYTHONPATH": str(folder)}


def test_a_missing_library_stops_the_run_before_any_job(fresh, tmp_path):
    result = subprocess.run(
        fresh.command(TABLE),
        cwd=fresh.folder,
        env=without("pyarrow", tmp_path / "lacking"),
        capture_output=True,
        text=True,
    )
    assert result.returncode != 0
    (line,) = errors(result.stdout + result.stderr)
    assert line.startswith("error: the Python at ")
    assert line.endswith(
        " lacks pyarrow; run `make figures`, which installs the locked environment, activate that, or add --sdm conda"
    )
    assert not (fresh.folder / "runs").exists()
    fresh.snakemake(TABLE)  # no lock was left


def test_a_missing_library_is_named_by_every_script(tmp_path):
    """As under a conda environment that lacks it, or a script run by hand; the log has the line, too."""
    lacking = without("pandas", tmp_path / "lacking")
    assert len(SCRIPTS) == 7
    for script in SCRIPTS:
        log = tmp_path / f"{script.stem}.log"
        command = [sys.executable, str(script), "--log", str(log)]
        result = subprocess.run(command, env=lacking, capture_output=True, text=True)
        assert result.returncode == 1, script
        (line,) = result.stderr.splitlines()
        assert line.startswith(f"{script.stem}: error: the Python at {sys.executable} lacks pandas; run `make figures`")
        assert log.read_text() == result.stderr


def test_a_log_that_cannot_be_written_is_named(tmp_path):
    (tmp_path / "logs").touch()
    script, log = PROJECT / "workflow/scripts/study.py", tmp_path / "logs/mixed.log"
    command = [
        sys.executable,
        str(script),
        "steady_state.totally_mixed",
        "--parameters",
        '{"n_atoms": [4]}',
        "--log",
        str(log),
    ]
    command += ["--outputs", f"totally_mixed={tmp_path / 'mixed.parquet'}"]
    result = subprocess.run(command, env=environment(), capture_output=True, text=True)
    assert result.returncode == 1
    assert (
        result.stderr.startswith(f"totally_mixed: error: {log}: cannot be written: ") or "File exists" in result.stderr
    )
    assert len(result.stderr.splitlines()) == 1
    assert not (tmp_path / "mixed.parquet").exists()


def test_a_failed_job_is_named_when_its_log_says_nothing(duplicate):
    """As after a kill by the system: the script ends without a word."""
    module = duplicate.folder / "workflow/scripts/driven_dicke/studies/squeezing/compute.py"
    module.write_text("import os, signal\nos.kill(os.getpid(), signal.SIGKILL)\n")
    (duplicate.folder / TABLE).unlink()
    (duplicate.folder / "runs/quick/logs/squeezing/N16.log").unlink()
    (line,) = errors(duplicate.snakemake(TABLE, ok=False))
    assert line == (
        "error: runs/quick/logs/squeezing/N16.log does not say why its job ended: killed, or out of memory?"
    )


def test_a_table_of_another_program_is_refused(tmp_path):
    path = tmp_path / "t.parquet"
    shutil.copy(PROJECT / "tests/reference/squeezing/N18.parquet", path)
    with pytest.raises(tables.TableError, match=r"t\.parquet: no table of this project, expected squeezing"):
        tables.read(path, squeezing.SQUEEZING)
