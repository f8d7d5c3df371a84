"""The workflow as a module of another one, with no more of a configuration than what differs."""

import subprocess
import sys

from project_copy import PROJECT, environment


def planned(folder, target):
    command = [sys.executable, "-m", "snakemake", "--cores", "1", "--dry-run", "--printshellcmds", target]
    result = subprocess.run(command, cwd=folder, env=environment(), capture_output=True, text=True)
    return result.stdout + result.stderr


def test_a_partial_configuration_means_the_rest_as_in_the_paper(tmp_path):
    (tmp_path / "Snakefile").write_text(
        f"""configfile: "mine.yaml"
module driven_dicke:
    snakefile: "{PROJECT}/workflow/Snakefile"
    config: config
use rule * from driven_dicke as dd_*
"""
    )
    (tmp_path / "mine.yaml").write_text("rates: {gamma_c: 20.0}\n")
    output = planned(tmp_path, "dd_fig10")
    assert "dd_critical_point" in output
    assert '"gamma_c":20.0,"gamma_s":1.0' in output
    (tmp_path / "mine.yaml").write_text("rates: {gama_c: 20.0}\n")
    assert "unknown key rates.gama_c = 20.0; did you mean 'gamma_c'?" in planned(tmp_path, "dd_fig10")
