"""A deviation from the references is found and named."""

import shutil
import subprocess
import sys

import numpy as np
import pandas as pd
import pytest
import yaml

from driven_dicke.pipeline import study
from driven_dicke.pipeline import verification as reference
from driven_dicke.studies.common import grid
from driven_dicke.studies.critical_point import compute as critical_point
from driven_dicke.studies.mean_field import compute as mean_field
from driven_dicke.studies.sharpening import compute as sharpening
from driven_dicke.studies.steady_state import compute as steady_state
from project_copy import PROJECT

REFERENCES = PROJECT / "tests/reference"
SPECIFICATION = yaml.safe_load((REFERENCES / "tolerances.yaml").read_text())


@pytest.fixture
def build(tmp_path):
    """Tables that equal the references, in another order of rows where rows have names."""
    for name, entry in SPECIFICATION["tables"].items():
        data = pd.read_parquet(REFERENCES / f"{name}.parquet")
        if "row" in entry["keys"]:  # rows known by their number need the rows between
            data = data.set_index("row").reindex(range(data["row"].max() + 1)).bfill()
            data = data.astype(pd.read_parquet(REFERENCES / f"{name}.parquet").drop(columns="row").dtypes)
        else:
            data = data.drop(columns="row").iloc[::-1]
        path = tmp_path / f"{name}.parquet"
        path.parent.mkdir(exist_ok=True)
        data.to_parquet(path, index=False)
    return tmp_path


def run(build):
    command = [sys.executable, str(PROJECT / "workflow/scripts/verify.py"), "--results", str(build)]
    command += ["--tolerances", str(REFERENCES / "tolerances.yaml"), "--output", str(build / "verification.txt")]
    result = subprocess.run(command, capture_output=True, text=True)
    return result.returncode, result.stderr


def test_equal_tables_pass_and_every_figure_is_named(build):
    code, output = run(build)
    assert code == 0, output
    lines = (build / "verification.txt").read_text().splitlines()
    assert len(lines) == 1 + len(SPECIFICATION["tables"])
    figures = {int(text) for entry in SPECIFICATION["tables"].values() for text in _numbers(entry["figure"])}
    assert figures == set(range(1, 15))


def _numbers(figure):
    return [] if figure == "claims" else str(figure).split(",")


@pytest.mark.parametrize(
    ("name", "column", "change"),
    [
        ("steady_state/N64", "xi2", lambda d: d * (1 + 1e-6)),
        ("critical_point/critical_point", "fitted", lambda d: ~d),
        ("phases/weights", "a_plus", lambda d: d + 1e-5),
        ("trajectories/switching_jumps", "channel", lambda d: d.str.upper()),
        ("mean_field/edges", "upper_edge", lambda d: d.where(d.index > 0)),
    ],
)
def test_a_deviation_is_named(build, name, column, change):
    path = build / f"{name}.parquet"
    data = pd.read_parquet(path).reset_index(drop=True)
    data[column] = change(data[column])
    data.to_parquet(path, index=False)
    code, output = run(build)
    assert code == 1
    assert f"1 of {len(SPECIFICATION['tables'])} tables deviate: {name} ({column}: " in output
    assert not (build / "verification.txt").exists()


def test_a_missing_row_and_a_missing_column_deviate(build):
    path = build / "steady_state/N18.parquet"
    data = pd.read_parquet(path)
    data.iloc[1:].to_parquet(path, index=False)
    assert "steady_state/N18 (drive: inf)" in run(build)[1]
    data.drop(columns="g2").to_parquet(path, index=False)
    assert "steady_state/N18 (g2: inf)" in run(build)[1]


def test_a_missing_table_is_one_line(build):
    (build / "steady_state/N18.parquet").unlink()
    code, output = run(build)
    assert code == 1
    assert output.strip().endswith("steady_state/N18.parquet: no such table")


def test_the_last_bit_of_a_key_does_not_matter():
    old = pd.DataFrame({"drive": [0.1, 0.2], "value": [1.0, 2.0]})
    new = old.assign(drive=np.nextafter(old["drive"], 1))
    assert reference.compare(old, new, ["drive"], {"default": 1e-9}) == [("value", 0.0, 1e-9)]


def test_a_reduced_table_keeps_its_ends():
    reduced = reference.reduce(pd.DataFrame({"x": np.arange(100.0)}), 5)
    assert reduced["row"].tolist() == [0, 25, 50, 74, 99]
    assert reference.reduce(pd.DataFrame({"x": [1.0]}), 5)["row"].tolist() == [0]


def test_really_computed_tables_are_the_references(tmp_path):
    """Studies of the paper's configuration that cost little, as `verify` compares them; a falsified one is found."""
    config = yaml.safe_load((PROJECT / "config/config.yaml").read_text())
    rates, drive = {"rates": config["rates"]}, {"drive": config["steady_state"]["drive"]}
    computed = {f"mean_field/{name}": table for name, table in mean_field.compute(config["mean_field"]).items()}
    found = critical_point.compute(rates | config["critical_point"])
    computed["critical_point/critical_point"] = found["critical_point"]
    computed["steady_state/N18"] = steady_state.compute(rates | drive | {"n_atoms": 18})["steady_state"]
    compared = 0
    for name, columns in computed.items():
        if name not in SPECIFICATION["tables"]:
            continue
        entry, old = SPECIFICATION["tables"][name], pd.read_parquet(REFERENCES / f"{name}.parquet")
        tolerances = {"default": SPECIFICATION["default"]} | entry.get("tolerances", {})
        for column, deviation, tolerance in reference.compare(old, pd.DataFrame(columns), entry["keys"], tolerances):
            assert deviation <= tolerance, (name, column)
            compared += 1
    assert compared > 20
    falsified = pd.DataFrame(computed["steady_state/N18"]).assign(g2=lambda data: data["g2"] * (1 + 1e-5))
    old = pd.read_parquet(REFERENCES / "steady_state/N18.parquet")
    worst = {column: deviation for column, deviation, _ in reference.compare(old, falsified, ["drive"], {"default": 1})}
    assert worst["g2"] > SPECIFICATION["default"]


EXTENSIONS = REFERENCES / "extensions"


def compared(results):
    """Deviations of tables from the references of the extensions, by name."""
    specification = yaml.safe_load((EXTENSIONS / "tolerances.yaml").read_text())
    return {found.table: found for found in reference.verify(results, EXTENSIONS, specification)}


def test_every_extension_has_references():
    """They equal themselves, and are small."""
    found = compared(EXTENSIONS)
    assert {deviation.figure for deviation in found.values()} == {f"ext{number}" for number in range(1, 8)}
    assert all(deviation.within for deviation in found.values())
    assert sum(path.stat().st_size for path in EXTENSIONS.rglob("*.parquet")) < 400_000
    assert {str(path.relative_to(EXTENSIONS))[:-8] for path in EXTENSIONS.rglob("*.parquet")} == found.keys()


def test_really_computed_extensions_are_the_references(tmp_path):
    """Two that cost little; a falsified one is found."""
    config = yaml.safe_load((PROJECT / "config/config.yaml").read_text())
    made = {"sharpening/limit": sharpening.limit_branches(grid(config["sharpening"]["drive"]))}
    parameters = study.find("gap_scaling.gap_scaling").parameters(config, {"n_atoms": "16"})
    made["gap_scaling/N16"] = study.function_of("gap_scaling.gap_scaling")(parameters)["gap"]
    shutil.copytree(EXTENSIONS, tmp_path, dirs_exist_ok=True)
    for name, columns in made.items():
        pd.DataFrame(columns).to_parquet(tmp_path / f"{name}.parquet", index=False)
    assert all(compared(tmp_path)[name].within for name in made)
    falsified = pd.DataFrame(made["gap_scaling/N16"]).assign(gap_flow=lambda data: data["gap_flow"] * (1 + 1e-6))
    falsified.to_parquet(tmp_path / "gap_scaling/N16.parquet", index=False)
    assert compared(tmp_path)["gap_scaling/N16"].column == "gap_flow"
    assert not compared(tmp_path)["gap_scaling/N16"].within
