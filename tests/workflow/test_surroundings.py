"""One job in odd surroundings: the same bytes; and under signals: a whole file or none, and one line that says why."""

import os
import resource
import signal
import subprocess
import sys

import pytest

from project_copy import PROJECT, environment

SCRIPTS = PROJECT / "workflow/scripts"
OPEN_FILES, ADDRESS_SPACE = 64, 900 * 2**20


def totally_mixed(folder, output, **options):
    """The bytes of a small table that the script of all studies makes in `folder`."""
    command = [sys.executable, SCRIPTS / "study.py", "steady_state.totally_mixed", "--parameters", '{"n_atoms": [4]}']
    command += ["--outputs", f"totally_mixed={output}"]
    result = subprocess.run(command, cwd=folder, capture_output=True, text=True, **options)
    assert result.returncode == 0, result.stderr
    return (folder / output).read_bytes()


def narrow():
    """Few open files, little memory, and nothing for other users."""
    os.umask(0o077)
    resource.setrlimit(resource.RLIMIT_NOFILE, (OPEN_FILES, OPEN_FILES))
    resource.setrlimit(resource.RLIMIT_AS, (ADDRESS_SPACE, ADDRESS_SPACE))


def test_odd_surroundings_change_no_byte(tmp_path):
    """All at once: locale, time zone, hash seed, no home, no temporary folder, other people's code and settings."""
    expected = totally_mixed(tmp_path, "table.parquet", env=environment())
    odd = tmp_path / ("é ü " * 20) / "y"
    (odd / "elsewhere").mkdir(parents=True)
    (odd / "results").symlink_to(odd / "elsewhere")
    (odd / "matplotlibrc").write_text("backend: none such\nfont.size: 99\n")
    (odd / "driven_dicke").mkdir()
    (odd / "driven_dicke/__init__.py").write_text("raise ImportError('this is another driven_dicke')\n")
    variables = {key: value for key, value in environment().items() if key != "HOME"} | {
        "LC_ALL": "C",
        "TZ": "Pacific/Kiritimati",
        "PYTHONHASHSEED": "7",
        "PYTHONPATH": str(odd),
        "MPLBACKEND": "QtAgg",
        "TMPDIR": str(odd / "missing"),
        "OMP_NUM_THREADS": "1",
        "OPENBLAS_NUM_THREADS": "1",
    }
    assert totally_mixed(odd, "results/table.parquet", env=variables, preexec_fn=narrow) == expected


JOB = """
import os, signal, sys
from pathlib import Path
from driven_dicke.pipeline import command_line, files

def work():
    with files.replacing(Path("table")) as partial:
        partial.write_text("all of it")
        os.kill(os.getpid(), getattr(signal, sys.argv[1]))

command_line.log_to(Path("job.log"), "job")
command_line.run_reporting_errors(work)
"""


def job(folder, name):
    """A job that gets a signal when its file is half written."""
    return subprocess.Popen(
        [sys.executable, "-c", JOB, name],
        cwd=folder,
        env=environment() | {"PYTHONPATH": str(SCRIPTS)},
        stderr=subprocess.PIPE,
        text=True,
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.default_int_handler),
    )


@pytest.mark.parametrize("name", ["SIGINT", "SIGTERM"])
def test_an_ended_job_says_so_and_leaves_no_half_file(tmp_path, name):
    process = job(tmp_path, name)
    _, said = process.communicate()
    assert (process.returncode, said) == (130, "job: interrupted\n")
    assert [path.name for path in tmp_path.iterdir()] == ["job.log"]
    assert (tmp_path / "job.log").read_text() == said


def test_a_stopped_job_goes_on(tmp_path):
    process = job(tmp_path, "SIGSTOP")
    _, status = os.waitpid(process.pid, os.WUNTRACED)
    assert os.WIFSTOPPED(status)
    assert not (tmp_path / "table").exists()
    process.send_signal(signal.SIGCONT)
    assert process.wait() == 0
    assert (tmp_path / "table").read_text() == "all of it"
