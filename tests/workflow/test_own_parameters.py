"""A user's own parameters: a run beside another one, whose labels, drives, claims and captions follow them."""

import json
import re
import shutil
import xml.etree.ElementTree as ElementTree

import pandas as pd
import pytest

from project_copy import Copy, made_once, manifest_files

MINE = """
run_name: mine
rates: {gamma_c: 28.0, gamma_s: 2.0}
mean_field: {gamma_ratios: [11.5]}
steady_state: {n_atoms: [15, 21], drive: {points: 25}}
critical_point: {n_atoms_fitted: [17, 18, 19, 21], n_atoms_large: [300]}
validation: {drives: [0.5], sparse_solve: {n_atoms: [3, 7]}}
liouvillian_gap: {n_atoms: [6, 9, 13], drive: 0.66, law: {first: 6, last: 13}}
phases: {n_atoms: [17, 19], drive: {points: 30}, selected_drive: 0.75, weights_n_atoms: [17, 18, 19]}
dynamics: {n_atoms: 14, drive: 0.75}
trajectories:
  n_atoms: 14
  switching: {drive: [[0.0, 0.75]], times: {stop: 20.0}, seed: 5}
  transient: {drive: [[0.0, 0.75]], seed: 5}
  singlets: {drive: [[0.0, 0.75]]}
  quench: {drive: [[0.0, 2.5], [2.0, 0.75]]}
  dwell_times: {drive: 0.75}
claims: {evidence: {fidelity: {n_atoms: 25}}}
"""
RATIO, SINGLE = 14.0, 1.0  # gamma_c, gamma_s in units of gamma_s


@pytest.fixture(scope="module")
def both(built, tmp_path_factory):
    """The quick run, and beside it a run with other parameters; what the quick run was before."""

    def make(folder):
        shutil.copytree(built.folder, folder)
        (folder / "config/mine.yaml").write_text(MINE)
        Copy(folder, ("quick", "mine")).snakemake()

    folder = made_once(tmp_path_factory.getbasetemp(), "own", make)
    return Copy(folder, ("quick", "mine")), manifest_files(built.folder)


def table(mine, name):
    return pd.read_parquet(mine.folder / f"runs/mine/results/{name}.parquet")


def drawn_from(mine, picture):
    """Parameters of the tables behind a picture, as the picture itself records them."""
    svg = ElementTree.parse(mine.folder / f"runs/mine/figures/{picture}.svg")
    return json.loads(json.loads(svg.find(".//{http://purl.org/dc/elements/1.1/}description").text)["parameters"])


def test_neither_run_touches_the_other(both):
    mine, before = both
    quick = Copy(mine.folder)
    assert manifest_files(mine.folder) == before
    assert quick.planned() == {}
    assert mine.planned() == {}
    assert {path.name for path in (mine.folder / "runs").iterdir()} == {"quick", "mine"}
    assert not (mine.folder / "results").exists()
    files = manifest_files(mine.folder, "mine")
    assert all(path.startswith("runs/mine/") for path in files)
    of_run = [{re.sub(r"N\d+", "N", path.split("/", 2)[2]) for path in paths} for paths in (files, before)]
    assert of_run[0] == of_run[1]
    common = {path.split("/", 2)[2]: digest for path, digest in before.items()}
    equal = {path.split("/", 2)[2] for path, digest in files.items() if common.get(path.split("/", 2)[2]) == digest}
    assert equal == {"results/claims/equations.parquet"}


def test_numbers_of_atoms_follow(both):
    mine, _ = both
    assert [group["n_atoms"] for group in drawn_from(mine, "fig02")["steady_state"]] == [15, 21]
    assert [group["n_atoms"] for group in drawn_from(mine, "fig12")["phases"]] == [17, 19]
    assert drawn_from(mine, "fig06")["trajectory"][0]["n_atoms"] == 14
    assert sorted(table(mine, "critical_point/critical_point")["n_atoms"]) == [17, 18, 19, 21, 300]
    assert sorted(table(mine, "liouvillian_gap/gap")["n_atoms"]) == [6, 9, 13]
    mixed = table(mine, "steady_state/totally_mixed").set_index("n_atoms")
    assert mixed["s_squared"][21] == 0.75 * 21


def test_drives_are_in_units_of_the_own_critical_rabi_frequency(both):
    """The intensity of collective radiation at weak drive is (2 Omega / gamma_c)^2 = ((N - 1) drive / 2)^2."""
    mine, _ = both
    weakest = table(mine, "steady_state/N21").iloc[0]
    assert weakest["intensity"] == pytest.approx((20 * weakest["drive"] / 2) ** 2, rel=0.02)
    edges = table(mine, "mean_field/edges")
    assert 11.5 in set(edges["gamma_ratio"])
    assert drawn_from(mine, "fig02")["branches"][1]["rates"] == {"gamma_c": 28.0, "gamma_s": 2.0}


def test_only_the_ratio_of_the_rates_matters(both):
    """Branches of 21 atoms at Gamma / gamma = 20 * 14 / 15."""
    mine, _ = both
    assert set(table(mine, "mean_field/branches_N21")["gamma_ratio"].round(9)) == {
        round(20 * RATIO / (RATIO + SINGLE), 9)
    }


def test_claims_follow(both):
    mine, _ = both
    claims = table(mine, "claims/claims").set_index("id")
    assert len(claims) == 38
    for number, size in (("4", 21), ("7", 15), ("13", 17), ("18a", 25)):
        assert f"N = {size}" in claims["computed"][number], number
    assert "N = 24" not in " ".join(claims["computed"])
    page = (mine.folder / "runs/mine/results/claims/claims.html").read_text()
    assert "N = 21" in page


def test_captions_follow(both):
    mine, _ = both
    mine.snakemake("--report", "mine.html")
    page = (mine.folder / "mine.html").read_text()
    start = page.index("{", page.index('<script id="results">'))
    results, _ = json.JSONDecoder().raw_decode(page[start:])
    captions = {path: re.sub(r"<[^>]+>|\s", "", entry["caption"]) for path, entry in results.items()}
    expected = {
        "fig01": "11.5",
        "fig02": "15,21",
        "fig03": "6,9,13",
        "fig06": "N=14",
        "fig08": "2.5",
        "fig10": "N=17to21",
        "fig12": "17,18,19",
    }
    for figure, text in expected.items():
        assert text in captions[f"runs/mine/figures/{figure}.svg"], figure
    assert all(path.startswith("runs/mine/") for path in results)
