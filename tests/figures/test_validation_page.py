"""The page of validation holds what the tables hold, and a failure is seen."""

import re

import pytest

from driven_dicke.figures import validation_page
from driven_dicke.pipeline import tables


def row(contract, **given):
    """One row of a table: given values, and a harmless one for every other column."""
    harmless = {"real": 1e-12, "integer": 2, "text": "sparse solve", "flag": True}
    filled = {column.name: harmless[column.kind] for column in contract.columns} | given
    return {column.name: [filled[column.name]] for column in contract.columns} | (
        {"note": [""]} if "note" in contract.column_names else {}
    )


@pytest.fixture
def inputs(tmp_path):
    """One table for each name, of 7 atoms."""

    def table(name, **given):
        contract, path = validation_page.CONTRACTS[name], tmp_path / f"{name}.parquet"
        tables.write(path, contract, row(contract, **given), {"n_atoms": 7, "rates": {"gamma_c": 6.0, "gamma_s": 2.0}})
        return [tables.read(path, contract)]

    return {
        "validation": table("validation", n_atoms=7, largest_deviation=3.21e-10, tolerance=1e-9),
        "proven_digits": table(
            "proven_digits", figure="10", quantity="g2", n_atoms=7, values=5, largest_deviation=2.5e-15
        ),
        "constants": table("constants", quantity="limit", digits="0.5690387675", largest_deviation=1.5e-16),
        "steady_state": table("steady_state", residual=4.3e-13, smallest_eigenvalue=-5.4e-17),
        "gap_validation": table("gap_validation", n_atoms=7, relative_deviation=2.1e-11),
        "gap": table("gap", n_atoms=7, gap_eigenvalue=0.123456, gap_fit=0.123457, gap_fit_error=1e-5),
        "critical_point": table("critical_point", n_atoms=7, drive=0.71234),
        "fit": table("fit", limit=0.61, limit_error=0.02, exact_limit=0.57),
    }


def lines(page):
    """Cells of every row of every table, joined."""
    rows = re.findall(r"<tr>(.*?)</tr>", page, re.S)
    return [
        " | ".join(re.sub("<[^>]+>", "", cell) for cell in re.findall(r"<t[dh]>(.*?)</t[dh]>", text)) for text in rows
    ]


def replaced(inputs, name, **columns):
    (table,) = inputs[name]
    return inputs | {name: [tables.Table(table.data.assign(**columns), table.parameters)]}


def test_numbers_are_those_of_the_tables(inputs):
    page = validation_page.html(inputs)
    assert "gamma_c = 3 gamma_s" in page
    found = lines(page)
    assert "sparse solve | 7 | 3.2e-10 | 1e-09 | 1e-12 | yes" in found
    assert "7 | 1 | 4.3e-13 | 1.0e-12 | -5.4e-17" in found
    assert "Fig. 10 | g2 | 7 … 7 | 5 | 2.5e-15 | 1e-12 | yes" in found
    assert "limit w of Omega_PT / Omega_c | 0.5690387675 | 1.5e-16 | yes" in found
    assert "7 | 0.123456 | 0.123457 | 1e-05 | yes" in found
    assert "distance in standard errors | 2.0" in found
    assert "7 | 0.7123 | yes | " in found


@pytest.mark.parametrize(
    ("name", "columns", "expected"),
    [
        ("validation", {"within": False}, "sparse solve | 7 | 3.2e-10 | 1e-09 | 1e-12 | no"),
        ("proven_digits", {"within": False}, "Fig. 10 | g2 | 7 … 7 | 5 | 2.5e-15 | 1e-12 | no"),
        ("gap_validation", {"within": False}, "sparse solve | 7 | 2.1e-11 | 1e-12 | 1e-12 | no"),
        ("gap", {"gap_fit": 0.2}, "7 | 0.123456 | 0.2 | 1e-05 | no"),
    ],
)
def test_a_failure_is_seen(inputs, name, columns, expected):
    page = validation_page.html(replaced(inputs, name, **columns))
    assert expected in lines(page)
    assert 'class="v bad"' in page
    assert 'class="v bad"' not in validation_page.html(inputs)


def test_what_a_table_says_of_itself_is_no_markup(inputs):
    (table,) = inputs["steady_state"]
    forged = tables.Table(table.data, table.parameters | {"n_atoms": "<script>"})
    page = validation_page.html(inputs | {"steady_state": [forged]})
    assert "&lt;script&gt;" in page
    assert "<script>" not in page


def test_every_column_of_a_folded_table_is_explained(inputs):
    page = validation_page.html(inputs)
    for name in ("validation", "proven_digits", "gap_validation", "gap", "critical_point"):
        for column in validation_page.CONTRACTS[name].columns:
            assert f"<dt>{column.name}</dt>" in page
