"""Every study, figure and page at rates and sizes far from the paper's: all of it is made, in Snakemake's order.

The commands are those of a dry run. They run one after the other in processes that have imported the libraries already,
and draw SVG alone: a build costs a fraction of Snakemake's own.
"""

import json
import re
import shlex
import subprocess
import sys
import xml.etree.ElementTree as ElementTree

import pytest
import yaml

from driven_dicke.pipeline import tables
from driven_dicke.studies import claims, critical_point, liouvillian_gap
from project_copy import PROJECT, Copy, copy_project, environment

SCRIPTS = PROJECT / "workflow/scripts"
RUN_ALL = f"""
import json, os, runpy, sys
import matplotlib.pyplot, pandas, pyarrow.parquet, qutip, scipy.linalg, scipy.optimize, scipy.sparse.linalg, sympy
sys.path.insert(0, {str(SCRIPTS)!r})
for line in sys.stdin:
    command = json.loads(line)
    child = os.fork()
    if not child:
        sys.argv = command
        runpy.run_path(command[0], run_name="__main__")
        os._exit(0)
    if os.waitpid(child, 0)[1]:
        sys.exit("failed: " + " ".join(command[:2]))
"""
FEW = {
    "trajectories": {
        "switching": {"times": {"stop": 2.0, "points": 21}},
        "transient": {"times": {"stop": 2.0, "points": 11}},
        "singlets": {"times": {"stop": 1.0, "points": 11}},
        "quench": {"drive": [[0.0, 3.0], [0.5, 0.73]], "times": {"stop": 1.0, "points": 11}},
        "zoom": {"points": 11},
        "dwell_times": {"trajectories": 2, "times": {"start": 0.0, "stop": 2.0, "points": 21}},
    },
    "steady_state": {"drive": {"points": 5}},
    "phases": {"drive": {"start": 0.01, "stop": 1.2, "points": 120}, "bistable_points": 3},
}
SMALL = {
    "steady_state": {"n_atoms": [7], "drive": {"points": 2}},
    "mean_field": {"gamma_ratios": [3.0], "drive": {"points": 2}, "relaxation": {"points": 2}},
    "critical_point": {"n_atoms_fitted": [12, 2, 3, 11], "n_atoms_large": [1]},
    "validation": {
        "sparse_solve": {"n_atoms": [5]},
        "full_master_equation": {"n_atoms": [2]},
        "piqs": {"n_atoms": [3]},
    },
    "liouvillian_gap": {"n_atoms": [5, 2, 3], "law": {"first": 2, "last": 5}, "relaxation": {"points": 2}},
    "phases": {"n_atoms": [3, 9], "weights_n_atoms": [11, 2, 5], "bistable_points": 2},
    "dynamics": {"n_atoms": 4, "times": {"points": 2}},
    "trajectories": {"n_atoms": 4},
    "claims": {"evidence": {"fidelity": {"n_atoms": 16}}},
}
CASES = {
    "hardly collective": {"rates": {"gamma_c": 0.1, "gamma_s": 1.0}},
    "almost collective": {
        "rates": {"gamma_c": 1e9, "gamma_s": 1e6},
        "dynamics": {"n_atoms": 8},
        "trajectories": {"n_atoms": 8},
    },
    "small sizes, one of a kind": SMALL,
    "small sizes, hardly collective": SMALL | {"rates": {"gamma_c": 0.5, "gamma_s": 1.0}},
}


def merged(one, other):
    """Two configurations, the second one over the first."""
    both = dict(one)
    for key, value in other.items():
        both[key] = merged(both[key], value) if isinstance(value, dict) and isinstance(both.get(key), dict) else value
    return both


def run(copy):
    """The commands of a dry run of everything, with SVG in place of all formats; what the processes printed."""
    planned = copy.snakemake("--dry-run", "--printshellcmds")
    commands = [shlex.split(line)[1:] for line in re.findall(r"^Shell command: (python .*)$", planned, re.M)]
    assert len(commands) > 40
    kept = [[word for word in command if not re.search(r"\.(pdf|png)$", word)] for command in commands]
    for path in {word.partition("=")[2] or word for command in kept for word in command}:
        if path.startswith("runs/matrix/"):
            (copy.folder / path).parent.mkdir(parents=True, exist_ok=True)
    return subprocess.run(
        [sys.executable, "-c", RUN_ALL],
        input="\n".join(map(json.dumps, kept)),
        cwd=copy.folder,
        env=environment(),
        capture_output=True,
        text=True,
    )


@pytest.mark.parametrize("name", CASES)
def test_everything_is_made(tmp_path, name):
    copy = Copy(copy_project(tmp_path / "project").folder, ("quick", "matrix"))
    (copy.folder / "config/matrix.yaml").write_text(yaml.safe_dump({"run_name": "matrix"} | merged(FEW, CASES[name])))
    result = run(copy)
    assert result.returncode == 0, result.stderr[-3000:]
    assert "Warning" not in result.stderr, result.stderr[-6000:]
    made = copy.folder / "runs/matrix"
    found = tables.read(made / "results/claims/claims.parquet", claims.CLAIMS).data
    assert len(found) == 38
    assert found.loc[found["verdict"] == "undecided", "computed"].str.startswith("cannot be decided: ").all()
    gaps = tables.read(made / "results/liouvillian_gap/gap.parquet", liouvillian_gap.GAP).data
    assert gaps["n_atoms"].is_monotonic_increasing
    for number in range(1, 15):
        pictures = sorted((made / f"figures/fig{number:02}").glob("*.svg"))
        assert pictures
        for picture in pictures:  # a curve, a point, a bar or a line that says why there is none
            assert len(ElementTree.parse(picture).findall(".//{http://www.w3.org/2000/svg}path")) > 10, picture
    if name == "hardly collective":
        without_bistability(made, found.set_index("id"))


def without_bistability(made, verdicts):
    """Gamma = 1.4 gamma at 16 atoms, two phases need more than 8, and Eq. (C2) still more atoms: all of it says so."""
    points = tables.read(made / "results/critical_point/critical_point.parquet", critical_point.CRITICAL_POINT).data
    assert points.loc[points["n_atoms"] == 16, "note"].item().startswith("N = 16 at gamma_c = 0.1 gamma_s has no")
    assert points.loc[points["n_atoms"] == 1024, "drive"].item() < 0.7
    assert {"5", "6a", "6b"} <= set(verdicts[verdicts["verdict"] == "undecided"].index)
    assert "has no critical point by Eq. (C2)" in verdicts.loc["5", "computed"]
