"""What is said at the end of a run that failed, and where a script cannot start."""

import subprocess
import sys

import pytest

from driven_dicke.pipeline import failures

BLOCK = """Error in rule {name}:
    message: None
    output: runs/{name}.parquet
    log: {log} (check log file(s) for error details)
"""


def logs(tmp_path, texts, more=""):
    """Snakemake's log, naming a failed job with a log of its own for each of `texts`."""
    blocks = []
    for number, text in enumerate(texts):
        log = tmp_path / f"a folder/{number}.log"
        log.parent.mkdir(exist_ok=True)
        if text is not None:
            log.write_text(text)
        blocks.append(BLOCK.format(name=f"rule{number}", log=log))
    (tmp_path / "snakemake.log").write_text("\n".join([*blocks, more]))
    return [tmp_path / "snakemake.log"]


def test_each_cause_comes_once(tmp_path):
    damaged = "figure: error: N16.parquet: not a readable Parquet file; delete it\n"
    texts = ["figure: reading\n" + damaged, damaged, "gap: N = 8\ngap: error: no decay to fit\n"]
    assert failures.causes(logs(tmp_path, texts)) == [
        "error: N16.parquet: not a readable Parquet file; delete it",
        "error: no decay to fit",
    ]


@pytest.mark.parametrize("text", [None, "", "gap: N = 8: error bars wanted\n"])
def test_a_job_without_a_last_word_is_named(tmp_path, text):
    (line,) = failures.causes(logs(tmp_path, [text]))
    assert line == f"error: {tmp_path}/a folder/0.log does not say why its job ended: killed, or out of memory?"


def test_an_unexpected_error_is_named_by_its_last_line(tmp_path):
    """Its traceback stands in the job's log."""
    trace = "Traceback (most recent call last):\n  File ...\nZeroDivisionError: division by zero\n"
    (line,) = failures.causes(logs(tmp_path, [f"gap: unexpected error, please report it\n{trace}"]))
    log = f"{tmp_path}/a folder/0.log"
    assert line == f"error: unexpected, please report it with {log}: ZeroDivisionError: division by zero"


def test_an_interruption_is_one_line(tmp_path):
    assert failures.causes(logs(tmp_path, ["gap: N = 8\ngap: interrupted\n", ""])) == [failures.RESUME]
    more = "Terminating processes on user request, this might take some time."
    assert failures.causes(logs(tmp_path, ["gap: N = 8\n"], more)) == [failures.RESUME]


def test_folders_that_can_be_written_to(tmp_path):
    assert failures.unwritable_folder([tmp_path, tmp_path / "not/there/yet"]) == ""
    (tmp_path / "file").touch()
    (tmp_path / "folder").mkdir()
    assert (
        failures.unwritable_folder([tmp_path / "file/below"])
        == f"error: {tmp_path}/file must be a folder, but is a file"
    )


def test_the_libraries_of_the_jobs_are_there():
    assert failures.missing_libraries("python") == ""


def run(code, *arguments):
    """A script that imports the command line and then does `code`."""
    text = f"import sys; sys.path[:0] = {sys.path!r}\nfrom driven_dicke.pipeline import command_line\n{code}"
    return subprocess.run([sys.executable, "-c", text, *arguments], capture_output=True, text=True)


def test_an_early_ctrl_c_is_one_line(tmp_path):
    result = run("raise KeyboardInterrupt", "--log", str(tmp_path / "x.log"))
    assert result.returncode != 0
    assert result.stderr == "-c: interrupted\n"
    assert (tmp_path / "x.log").read_text() == result.stderr


def test_a_mistake_of_ours_keeps_its_traceback():
    assert "Traceback" in run("import driven_dicke.no_such_module").stderr
    assert "Traceback" in run("1 / 0").stderr


def test_a_full_temporary_folder_is_one_line(monkeypatch):
    assert failures.full_temporary_folder() == ""

    def full(*arguments, **keywords):
        raise OSError(28, "No space left on device")

    monkeypatch.setenv("TMPDIR", "/scratch")
    monkeypatch.setattr(failures.tempfile, "TemporaryFile", full)
    assert failures.full_temporary_folder() == (
        "error: /scratch cannot take temporary files (No space left on device); set TMPDIR to a folder with room"
    )
