"""The pages follow the record of measurements, and nothing else."""

import json
import sys

import numpy as np
import pytest
from made_up import SHIPPED, rows, synthetic
from scipy.stats import linregress

from benchmarks import (
    __main__,
    figure,
    growth,
    machine,
    markers,
    pages,
    tables,
)
from benchmarks import record as records
from benchmarks.topics import SOLVERS, find


def test_the_tables_hold_the_numbers_of_the_record():
    data = synthetic()
    for topic in SOLVERS:
        lines = rows(tables.PAGE[topic](data))[2:]
        kept = [one for one in tables.measurements(data, topic) if find(topic, one["solver"]) not in SHIPPED]
        kept = [one for one in kept if not one["solver"].endswith("_averages")]
        assert len(lines) == len(kept) > 10
        for line, one in zip(lines, kept, strict=True):
            assert int(line[1].replace(" ", "")) == one["n_atoms"]
            assert line[2] == str(one["unknowns"])
            solve = [value / one["amount"] for value in one["solve"]]
            assert line[4] == f"{tables.duration(solve[1])} ({tables.duration(solve[0])} … {tables.duration(solve[2])})"
            assert line[6] == f"{one['peak_megabytes'] - one['megabytes_before']:.0f} MB"
    lines = rows(tables.shipped(data))[2:]
    assert [line for line in lines if "ValueError" in line[-1]] == [
        ["`direct`", "4", "–", "⟨S_z⟩ = -1.25", "-1.5", "**raises** `ValueError: Matrix is singular`"]
    ]
    assert rows(tables.pipeline_table(data))[2:] == [
        ["`all`", "1", "4 min 21 s", "70", "250 s", "436 MB", "–"],
        ["`all`", "2", "2 min 37 s", "70", "250 s", "436 MB", "the same bytes"],
    ]


def test_the_short_table_takes_the_largest_size_that_both_solved():
    data = synthetic()
    line = next(row for row in rows(tables.summary(data)) if row[0] == "gap and slow mode")
    seconds = 2e-3 * 80**2.5
    assert line[2] == "80"
    assert line[3] == line[4] == f"{tables.duration(seconds)}, 70 MB"
    assert line[5] == "1"
    for one in data["measurements"]:
        if (one["topic"], one["solver"]) == ("spectrum", "piqs_blocks"):
            if one["n_atoms"] == 80:
                one["outcome"], one["error"] = "stopped", "no answer within 180 s"
            one["solve"], one["set_up"] = [1.0, 7.0, 30.0], [0.0] * 3
    line = next(row for row in rows(tables.summary(data)) if row[0] == "gap and slow mode")
    assert (line[2], line[4].split(",")[0]) == ("64", "7.00 s")
    assert float(line[5]) == pytest.approx(7.0 / (2e-3 * 64**2.5), rel=0.05)


def test_fits_recover_planted_growth():
    sizes = [8, 16, 32, 64]
    law = growth.fit("power", sizes, [3e-4 * n**2.75 for n in sizes])
    assert (law.parameter, law.error, law.first, law.last) == (pytest.approx(2.75), pytest.approx(0, abs=1e-9), 8, 64)
    base = growth.fit("exponential", [4, 5, 6, 8], [1e-3 * 3.5**n for n in (4, 5, 6, 8)])
    assert base.parameter == pytest.approx(3.5)
    # One time 10 % too long: the exponent moves, and the error says by how much it may have.
    off = growth.fit("power", sizes, [3e-4 * n**2.75 * (1.1 if n == 64 else 1.0) for n in sizes])
    assert 0 < abs(off.parameter - 2.75) < 2 * off.error < 0.1
    bases = growth.fit("exponential", [4, 5, 6, 8], [1.0, 3.0, 11.0, 90.0])
    line = linregress([4, 5, 6, 8], np.log([1.0, 3.0, 11.0, 90.0]))
    assert (bases.parameter, bases.error) == pytest.approx((np.exp(line.slope), np.exp(line.slope) * line.stderr))
    assert growth.fit("power", [8, 16], [1.0, 2.0]) is None
    with pytest.raises(ValueError, match="'power' or 'exponential'"):
        growth.fit("linear", sizes, sizes)


def test_growth_of_the_record_is_fitted_in_its_range():
    fits = tables.growths(synthetic())
    for (topic, name), law in fits.items():
        solver = find(topic, name)
        assert law.parameter == pytest.approx(2.5 if law.law == "power" else 3.0)
        assert (law.first, law.last) == (solver.fit_from, solver.sizes[-1])
    assert {name for _, name in fits} >= {"sparse", "piqs_blocks", "full", "davidson", "atom_resolved", "mcsolve"}


def test_pages_are_made_from_the_record_alone(project):
    data = synthetic()
    first = {path: path.read_bytes() for path in pages.renew(data, project)}
    assert {path.name for path in first} == {"benchmarks.md", "README.md", "benchmarks.png", "benchmarks.svg"}
    page = (project / "docs/benchmarks.md").read_text()
    for make in tables.PAGE.values():
        assert make(data) in page
    assert (project / "README.md").read_text() == "\n".join(
        ["before", markers.marks("benchmarks")[0], tables.summary(data), markers.marks("benchmarks")[1], "after", ""]
    )
    assert {path: path.read_bytes() for path in pages.renew(data, project)} == first


def test_a_wrong_result_is_crossed_out_in_the_plot(tmp_path):
    data = synthetic()
    figure.draw(data, [tmp_path / "right.svg"])
    for one in data["measurements"]:
        if one["solver"] == "piqs_blocks":
            one["deviation"] = 0.5
    figure.draw(data, [tmp_path / "wrong.svg"])
    assert (tmp_path / "right.svg").read_bytes() != (tmp_path / "wrong.svg").read_bytes()


def test_an_empty_record_makes_empty_tables(project):
    pages.renew({"environment": machine.environment(), "measurements": []}, project)
    assert len(rows(markers_between((project / "docs/benchmarks.md").read_text(), "growth"))) == 2


def markers_between(text, name):
    begin, end = markers.marks(name)
    return text.split(begin)[1].split(end)[0]


@pytest.mark.parametrize("text", ["no marks", "<!-- a: end --> <!-- a: begin -->", "<!-- a: begin --> " * 2])
def test_a_page_without_marks_is_refused(text):
    with pytest.raises(ValueError, match="each once"):
        markers.replace(text, "a", "content")


def test_the_record_replaces_and_keeps(tmp_path):
    path, environment = tmp_path / "new/record.json", {"processor": "this one", "numpy": "2"}
    record = records.Record(path, environment)
    one = {"topic": "steady_state", "solver": "full", "n_atoms": 4, "solve": [1 / 3, float("nan")]}
    record.add(one)
    record.add(one | {"n_atoms": 5})
    record.add(one | {"solve": [2.0]})
    again = records.Record(path, environment)
    again.add(one | {"n_atoms": 6, "solve": [1 / 3, float("nan")]})
    found = {m["n_atoms"]: m["solve"] for m in json.loads(path.read_text())["measurements"]}
    assert found == {4: [2.0], 5: [0.333333, None], 6: [0.333333, None]}
    with pytest.raises(records.OtherMachineError, match="numpy: 2 -> 3"):
        records.Record(path, environment | {"numpy": "3"})
    assert records.Record(path, environment | {"numpy": "3"}, fresh=True).data["measurements"] == []


def test_stopping_keeps_what_was_measured(project, monkeypatch, capsys):
    data = synthetic()

    def measure_solver(solver, options):
        yield from (one for one in data["measurements"] if one["solver"] == solver.name)
        if solver.name == "sparse":
            raise KeyboardInterrupt

    monkeypatch.setattr(__main__, "measure_solver", measure_solver)
    monkeypatch.setattr(figure, "draw", lambda record, paths: None)
    monkeypatch.setattr(sys, "argv", ["benchmarks", "--into", str(project)])
    assert __main__.main() == 130
    kept = json.loads((project / "benchmarks/record.json").read_text())["measurements"]
    assert {one["solver"] for one in kept} == {"closed_form_moments", "closed_form", "sparse"}
    assert "sparse solve" in (project / "docs/benchmarks.md").read_text()
    assert "what was measured is kept" in capsys.readouterr().err
