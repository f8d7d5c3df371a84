"""Same bytes at any number of cores, in any directory; and exactly what changed is rebuilt."""

import os

import pytest

from driven_dicke.pipeline import tables
from driven_dicke.studies import squeezing
from project_copy import manifest_files


def test_a_second_run_does_nothing(duplicate):
    assert "Nothing to be done" in duplicate.snakemake()


def test_one_core_in_another_directory_gives_the_same_bytes(built, tmp_path):
    other = tmp_path / "elsewhere"
    built.snakemake(cores=1, directory=other)
    assert manifest_files(other) == manifest_files(built.folder)
    assert len(manifest_files(other)) > 20
    assert "Nothing to be done" in built.snakemake(directory=other)


def test_the_project_may_move(duplicate):
    assert duplicate.planned() == {}


def test_touching_files_reruns_nothing(duplicate):
    for path in (duplicate.folder / "workflow/scripts").rglob("*.py"):
        path.touch()
    assert duplicate.planned() == {}


def test_an_edit_with_an_old_time_is_seen(duplicate):
    """As an unpacked archive or `cp -p` leaves it: newer in content, older in time."""
    append(duplicate, "driven_dicke/studies/squeezing/compute.py")
    os.utime(duplicate.folder / "workflow/scripts/driven_dicke/studies/squeezing/compute.py", (1e9, 1e9))
    assert duplicate.planned("data") == {"squeezing": 2, "claims_table": 1}


def test_a_table_of_other_rates_is_not_drawn(duplicate):
    """A whole table of gamma_c = 12, newer than the one that it replaces."""
    name = "runs/quick/results/squeezing/N16.parquet"
    path = duplicate.folder / name
    old = tables.read(path, squeezing.SQUEEZING)
    other = old.parameters | {"rates": {"gamma_c": 12.0, "gamma_s": 1.0}}
    tables.write(path, squeezing.SQUEEZING, {column: old.data[column] for column in old.data}, other)
    said = duplicate.snakemake("fig5", ok=False)
    assert f'{name}: computed for rates = {{"gamma_c":12.0,"gamma_s":1.0}}, expected' in said


def test_editing_a_figure_module_reruns_its_figure_only(duplicate):
    append(duplicate, "driven_dicke/figures/fig02.py")
    assert duplicate.planned() == {"fig2": 1, "manifest": 1}


def test_editing_a_study_reruns_it_and_what_follows(duplicate):
    append(duplicate, "driven_dicke/studies/squeezing/compute.py")
    assert duplicate.planned("data") == {"squeezing": 2, "claims_table": 1}


def test_editing_a_physics_module_reruns_exactly_what_imports_it(duplicate):
    """stationary.py certifies the steady state and solves it for the validation; the mean field knows nothing of it."""
    append(duplicate, "driven_dicke/generator/stationary.py")
    planned = duplicate.planned("data")
    assert planned["steady_state"] == 2
    assert planned["validation"] == 1
    assert not {"mean_field", "mean_field_branches", "squeezing", "critical_point", "phases"} & planned.keys()


def test_deleting_a_table_brings_back_one_study(duplicate):
    (duplicate.folder / "runs/quick/results/squeezing/N16.parquet").unlink()
    assert duplicate.planned("data") == {"squeezing": 1, "claims_table": 1}  # the claims read every table


def test_changing_a_parameter_reruns_what_depends_on_it(duplicate):
    config = duplicate.folder / "config/quick.yaml"
    config.write_text(config.read_text().replace("points: 81", "points: 91"))
    claims = {"claims_table": 1, "claims": 1}  # read every table
    assert duplicate.planned() == {"mean_field": 1, "fig1": 1, "fig9": 1, "manifest": 1, **claims}
    config.write_text(config.read_text().replace("points: 91", "points: 81") + "\nrates: {gamma_c: 11.0}\n")
    planned = duplicate.planned("data")
    assert "mean_field" not in planned
    assert {"steady_state", "critical_point", "validation", "squeezing", "mean_field_branches"} <= planned.keys()


def test_reordering_the_configuration_reruns_nothing(duplicate):
    config = duplicate.folder / "config/quick.yaml"
    config.write_text(
        config.read_text().replace("{start: 0.01, stop: 1.2, points: 120}", "{points: 120, stop: 1.20, start: 0.010}")
    )
    assert duplicate.planned() == {}


@pytest.mark.parametrize("target", [*(f"fig{n}" for n in range(1, 15)), "figures/fig02/fig02a.pdf"])
def test_one_figure_is_a_target(duplicate, target):
    rule = "fig2" if "/" in target else target
    path = f"runs/quick/{target}" if "/" in target else target
    assert duplicate.planned(path, "--forcerun", rule) == {rule: 1}


def append(copy, module):
    path = copy.folder / "workflow/scripts" / module
    path.write_text(path.read_text() + "\n# a remark\n")
