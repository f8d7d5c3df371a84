"""Every target that a user may name, and why a dry run would run what."""

import importlib

import pytest

from project_copy import PROJECT, Copy, manifest_files

FIGURES = {
    f"fig{int(path.stem[3:])}": path.stem
    for path in sorted((PROJECT / "workflow/scripts/driven_dicke/figures").glob("fig[0-9][0-9].py"))
}
FORMATS = ("pdf", "svg", "png")


def promised(stem):
    """Every file of a figure: its panels and the whole."""
    panels = importlib.import_module(f"driven_dicke.figures.{stem}").FIGURE.panels
    names = [f"{stem}/{stem}{panel}" for panel in panels] + [stem]
    return [f"runs/quick/figures/{name}.{ext}" for name in names for ext in FORMATS]


def test_every_promised_panel_has_exactly_one_rule(duplicate):
    """Snakemake refuses a file that no rule makes, and one that two rules make."""
    files = [file for stem in FIGURES.values() for file in promised(stem)]
    assert len(FIGURES) == 14
    assert len(files) >= 3 * (14 + 33)
    for file in files:
        assert (duplicate.folder / file).is_file()
        (duplicate.folder / file).unlink()
    assert duplicate.planned(*files) == dict.fromkeys(FIGURES, 1)


def test_a_single_panel_is_built(duplicate):
    panel = duplicate.folder / "runs/quick/figures/fig10/fig10.svg"
    content = panel.read_bytes()
    panel.unlink()
    duplicate.snakemake("runs/quick/figures/fig10/fig10.svg")
    assert panel.read_bytes() == content


@pytest.mark.parametrize(
    ("target", "study", "expected"),
    [
        ("fig2", "squeezing", {"squeezing": 2, "fig2": 1}),
        ("data", "critical_point", {"critical_point": 1}),
        ("claims", "claims_table", {"claims_table": 1, "claims": 1}),
    ],
)
def test_one_study_is_forced(duplicate, target, study, expected):
    """Exactly its jobs and what hangs on them run; `data` has more than the paper's studies behind it."""
    planned = duplicate.planned(target, "--forcerun", study)
    assert planned.items() >= expected.items()
    assert not {"steady_state", "mean_field", "phases", "trajectory", "fig1", "fig3"} & planned.keys()


def test_a_deleted_table_brings_back_one_study_and_its_figure(duplicate):
    """A figure that is up to date does not miss the table behind it; `data` does."""
    (duplicate.folder / "runs/quick/results/liouvillian_gap/law.parquet").unlink()
    assert duplicate.planned("fig2", "fig3") == {}
    output = duplicate.snakemake("--dry-run", "data", "fig3")
    assert duplicate.rules(output) == {"liouvillian_gap": 1, "claims_table": 1, "fig3": 1}
    assert "Reason: Missing output files: runs/quick/results/liouvillian_gap/law.parquet" in output
    assert "Reason: Input files updated by another job: runs/quick/results/liouvillian_gap/" in output


def test_a_dry_run_names_the_parameter_or_the_code_that_changed(duplicate):
    config = duplicate.folder / "config/quick.yaml"
    config.write_text(config.read_text().replace("points: 81", "points: 91"))
    module = "workflow/scripts/driven_dicke/figures/fig10.py"
    (duplicate.folder / module).write_text((duplicate.folder / module).read_text() + "\n# a remark\n")
    output = duplicate.snakemake("--dry-run", "fig9", "fig10")
    assert "Reason: Params have changed since last execution" in output
    assert f"Reason: Updated input files: {module}" in output


def test_targets_for_everything_of_a_kind(built):
    """Each exists; without `extensions` nothing of a finished build is left to do."""
    assert built.planned("data", "claims", "all") == {}
    assert {f"ext{number}" for number in range(1, 8)} <= built.planned("extensions").keys()


def test_quick_is_a_target(duplicate):
    """Under the default configuration; what it hands over to finds everything built."""
    output = Copy(duplicate.folder, configurations=()).snakemake("quick")
    assert "Job 0: The quick configuration" in output
    assert "Nothing to be done (all requested files are present and up to date)." in output
    assert not (duplicate.folder / "results").exists()


def test_the_extensions_are_built_and_leave_the_rest_alone(duplicate):
    before = manifest_files(duplicate.folder)
    duplicate.snakemake("extensions")
    figures = duplicate.folder / "runs/quick/figures"
    for number in range(1, 8):
        for ending in ("pdf", "svg", "png"):
            assert (figures / f"ext{number}.{ending}").stat().st_size > 1000
        assert len(list((figures / f"ext{number}").glob("*.png"))) >= 4
    assert duplicate.planned("extensions") == {}
    assert duplicate.planned() == {}
    assert manifest_files(duplicate.folder) == before
