"""The one writer and reader of tables: round trip, refusals, damage, and equal bytes."""

import os
import re
import resource
import signal
import subprocess
import sys

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from driven_dicke.pipeline import tables
from driven_dicke.pipeline.contract import Column, Contract

CONTRACT = Contract(
    "example",
    "a table for tests",
    (
        Column.real("drive", "drive", "Omega_c", minimum=0),
        Column.integer("n_atoms", "number of atoms", minimum=1, maximum=100),
        Column.text("branch", "branch"),
        Column.flag("stable", "stability"),
        Column.real("xi2", "squeezing", optional=True),
    ),
)
COLUMNS = {
    "drive": [0.1, 0.2],
    "n_atoms": [18, 64],
    "branch": ["lower", "upper"],
    "stable": [True, False],
    "xi2": [0.7, np.nan],
}
PARAMETERS = {"rates": {"gamma_c": 10.0, "gamma_s": 1.0}}


@pytest.fixture
def path(tmp_path):
    tables.write(tmp_path / "t.parquet", CONTRACT, COLUMNS, PARAMETERS)
    return tmp_path / "t.parquet"


@given(
    st.lists(
        st.tuples(
            st.floats(0, 1e300),
            st.integers(1, 100),
            st.text(st.characters(codec="utf-8"), max_size=5),
            st.booleans(),
            st.floats(allow_infinity=False),
        ),
        min_size=1,
        max_size=20,
    )
)
@settings(deadline=None, derandomize=True, max_examples=50)
def test_what_is_written_is_read(tmp_path_factory, rows):
    path = tmp_path_factory.mktemp("tables") / "t.parquet"
    columns = dict(zip(CONTRACT.column_names, zip(*rows, strict=True), strict=True))
    tables.write(path, CONTRACT, columns, PARAMETERS)
    table = tables.read(path, CONTRACT)
    assert table.parameters == PARAMETERS
    for name, values in columns.items():
        expected = np.array(values, dtype=object if name == "branch" else None)
        np.testing.assert_array_equal(table.data[name].to_numpy(dtype=expected.dtype), expected)


def test_equal_tables_have_equal_bytes(path, tmp_path):
    tables.write(tmp_path / "again.parquet", CONTRACT, COLUMNS, PARAMETERS)
    assert path.read_bytes() == (tmp_path / "again.parquet").read_bytes()


def test_provenance_and_units_are_in_the_file(path):
    schema = pq.read_schema(path)
    assert schema.field("drive").metadata[b"unit"] == b"Omega_c"
    assert set(schema.metadata) >= {b"parameters", b"versions", b"source_sha256", b"contract"}
    assert len(schema.metadata[b"source_sha256"]) == 64


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"drive": [0.1, np.nan]}, "drive has a value that is not finite"),
        ({"drive": [0.1, np.inf]}, "drive has a value that is not finite"),
        ({"drive": [0.1, -0.2]}, "drive falls below 0"),
        ({"n_atoms": [18, 101]}, "n_atoms exceeds 100"),
        ({"n_atoms": [18.5, 64]}, "n_atoms is not of kind integer"),
        ({"drive": ["a", "b"]}, "drive is not of kind real"),
        ({"drive": [0.1]}, "differ in length"),
        ({"surprise": [1, 2]}, "unknown \\['surprise'\\]"),
    ],
)
def test_a_table_that_breaks_its_contract_is_not_written(tmp_path, change, message):
    with pytest.raises(tables.TableError, match=message):
        tables.write(tmp_path / "t.parquet", CONTRACT, COLUMNS | change, PARAMETERS)
    assert list(tmp_path.iterdir()) == []


def test_a_lacking_column_is_named(tmp_path):
    with pytest.raises(tables.TableError, match=r"lacks \['drive'\]"):
        tables.write(tmp_path / "t.parquet", CONTRACT, {k: v for k, v in COLUMNS.items() if k != "drive"}, {})


def test_a_missing_file_is_named(tmp_path):
    with pytest.raises(tables.TableError, match=r"none.parquet: no such table"):
        tables.read(tmp_path / "none.parquet", CONTRACT)


@pytest.mark.parametrize("kept", [0, 3, 100, -1])
def test_a_truncated_file_is_refused(path, kept):
    path.write_bytes(path.read_bytes()[:kept])
    with pytest.raises(tables.TableError, match=r"t.parquet: not a readable Parquet file .* delete it"):
        tables.read(path, CONTRACT)


def test_a_flipped_bit_anywhere_is_seen_or_harmless(path):
    """Every byte of the file; in the footer a flip may hit what nothing reads: data and parameters are intact then."""
    original, good = path.read_bytes(), tables.read(path, CONTRACT)
    refused = 0
    for position in range(len(original)):
        damaged = bytearray(original)
        damaged[position] ^= 4
        path.write_bytes(damaged)
        try:
            table = tables.read(path, CONTRACT)
        except tables.TableError:
            refused += 1
            continue
        assert table.parameters == good.parameters, position
        assert table.data.equals(good.data), position
    assert refused > len(original) / 4


def rewritten(path, change):
    table = change(pq.read_table(path))
    pq.write_table(table, path)


def test_a_missing_column_is_named(path):
    rewritten(path, lambda table: table.drop_columns(["xi2"]))
    with pytest.raises(tables.TableError, match="column xi2 is missing"):
        tables.read(path, CONTRACT)


def test_a_wrong_unit_is_named(path):
    field = pa.field("drive", pa.float64(), metadata={"unit": "gamma_s"})
    rewritten(path, lambda table: table.cast(table.schema.set(0, field)))
    with pytest.raises(tables.TableError, match="drive is in units of gamma_s, expected Omega_c"):
        tables.read(path, CONTRACT)


def test_a_wrong_type_is_named(path):
    rewritten(path, lambda table: table.set_column(0, "drive", pa.array(["a", "b"])))
    with pytest.raises(tables.TableError, match="drive has type string, expected double"):
        tables.read(path, CONTRACT)


def test_a_failed_write_leaves_the_old_table(path, tmp_path):
    """A file-size limit stands in for a full disk: the new table is larger than it."""
    before = path.read_bytes()
    script = tmp_path / "write.py"
    script.write_text(
        "import sys, numpy as np\n"
        "from driven_dicke.pipeline import files, tables\n"
        "from driven_dicke.pipeline.contract import Column, Contract\n"
        "from pathlib import Path\n"
        "contract = Contract('big', 'noise', (Column('drive', 'real', 'Omega_c', 'drive'),))\n"
        "values = np.random.default_rng(1).random(100_000)\n"
        "try:\n"
        "    tables.write(Path(sys.argv[1]), contract, {'drive': values}, {})\n"
        "except files.FileError as error:\n"
        "    sys.exit(f'refused: {error}')\n"
    )

    def limit():
        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
        resource.setrlimit(resource.RLIMIT_FSIZE, (50_000, 50_000))

    result = subprocess.run(
        [sys.executable, str(script), str(path)],
        preexec_fn=limit,
        capture_output=True,
        text=True,
        env=os.environ | {"PYTHONPATH": os.pathsep.join(sys.path)},
    )
    assert "refused" in result.stderr
    assert "cannot be written: File too large" in result.stderr
    assert path.read_bytes() == before
    assert not list(tmp_path.glob(".*partial"))


SMALL = Contract("small", "one text", (Column.text("name", "a name"),))


def forge(path, change, extra=None):
    """The file at `path` with changed metadata and columns and a checksum that fits them."""
    table = pq.read_table(path)
    for name, values in (extra or {}).items():
        table = table.append_column(name, values)
    metadata = change(dict(table.schema.metadata))
    metadata.pop(b"sha256", None)
    table = table.replace_schema_metadata(metadata)
    if not extra:  # columns are looked at before the checksum
        table = table.replace_schema_metadata({**metadata, b"sha256": tables._checksum(table).encode()})
    pq.write_table(table, path)


@pytest.mark.parametrize(
    ("change", "extra", "message"),
    [
        (lambda data: data | {b"contract": b"other"}, None, "holds the table other, expected"),
        (lambda data: {k: v for k, v in data.items() if k != b"contract"}, None, "no table of this project"),
        (lambda data: {k: v for k, v in data.items() if k != b"parameters"}, None, "no JSON object"),
        (lambda data: data | {b"parameters": b"[1]"}, None, "no JSON object"),
        (lambda data: data | {b"parameters": b"{"}, None, "not a readable Parquet file"),
        (lambda data: data | {b"parameters": b"[" * 100_000}, None, "not a readable Parquet file"),
        (lambda data: data, {"more": pa.array([1.0])}, "unknown columns more"),
        (lambda data: data, {"lists": pa.array([[1.0]])}, "unknown columns lists"),
    ],
)
def test_forged_tables_get_one_line(tmp_path, change, extra, message):
    path = tmp_path / "table.parquet"
    tables.write(path, SMALL, {"name": ["a"]}, {})
    forge(path, change, extra)
    with pytest.raises(tables.TableError, match=message):
        tables.read(path, SMALL)


def test_an_empty_text_is_refused(tmp_path):
    path = tmp_path / "table.parquet"
    schema = pa.schema([tables._field(SMALL.columns[0]).with_nullable(True)], metadata={"contract": "small"})
    pq.write_table(pa.Table.from_arrays([pa.array([None], pa.string())], schema=schema), path)
    with pytest.raises(tables.TableError, match="column name has an empty value"):
        tables.read(path, SMALL)


def test_what_is_no_file_is_named(tmp_path):
    folder, pipe = tmp_path / "folder.parquet", tmp_path / "pipe.parquet"
    folder.mkdir()
    os.mkfifo(pipe)
    for path in (folder, pipe):
        with pytest.raises(tables.TableError, match="a folder or device in place of a table"):
            tables.read(path, SMALL)


def test_a_bomb_is_refused_by_its_footer(tmp_path, monkeypatch):
    path = tmp_path / "table.parquet"
    tables.write(path, SMALL, {"name": ["a"] * 1000}, {})
    monkeypatch.setattr(tables, "LARGEST_ROWS", 999)
    monkeypatch.setattr(pq, "read_table", None)  # not a byte of data is read
    with pytest.raises(tables.TableError, match=r"1000 rows and .* too large"):
        tables.read(path, SMALL)


def test_a_table_belongs_to_its_name_and_parameters(tmp_path):
    path = tmp_path / "magnetization_N18.parquet"
    tables.write(path, SMALL, {"name": ["a"]}, {"n_atoms": 32, "drive": {"start": 0.1, "stop": 1.0}})
    with pytest.raises(tables.TableError, match="computed for n_atoms = 32, expected 18 by its name"):
        tables.read(path, SMALL)
    path = path.rename(tmp_path / "N32.parquet")
    table = tables.read(path, SMALL)
    assert tables.read(path, SMALL, table.parameters).parameters == table.parameters
    for expected, said in (
        (
            {"n_atoms": 32, "drive": {"start": 0.1, "stop": 2.0}},
            'drive = {"start":0.1,"stop":1.0}, expected {"start":0.1',
        ),
        ({"n_atoms": 32}, 'drive = {"start":0.1,"stop":1.0}, expected null of the configuration'),
        (table.parameters | {"seed": 1}, "seed = null, expected 1"),
    ):
        with pytest.raises(tables.TableError, match=re.escape(f"N32.parquet: computed for {said}")):
            tables.read(path, SMALL, expected)


@pytest.mark.parametrize(
    ("one", "other", "metadata"),
    [
        ({"x": ["ab", "c"]}, {"x": ["a", "bc"]}, ({}, {})),
        ({"xa": ["b"]}, {"x": ["ab"]}, ({}, {})),
        ({"x": ["a"], "bc": ["d"]}, {"x": ["ab"], "c": ["d"]}, ({}, {})),
        ({"x": ["a"]}, {"x": ["a"]}, ({"a": "bc"}, {"ab": "c"})),
        ({"x": ["a"]}, {"x": ["a"]}, ({"a": "b", "c": "d"}, {"a": "bc", "": "d"})),
    ],
)
def test_a_checksum_sees_where_a_text_ends(one, other, metadata):
    first, second = (pa.table(columns, metadata=m) for columns, m in zip((one, other), metadata, strict=True))
    assert tables._checksum(first) != tables._checksum(second)
