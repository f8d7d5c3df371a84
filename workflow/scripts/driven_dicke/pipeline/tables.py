"""The one writer and the one reader of tables: Parquet with units and provenance, atomic and deterministic."""

import hashlib
import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq

from driven_dicke.pipeline import provenance
from driven_dicke.pipeline.contract import Column, Contract
from driven_dicke.pipeline.files import replacing

CHECKSUM = "sha256"  # Parquet's own checksums protect the data, but not the number of rows and the parameters
LARGEST_SIZE, LARGEST_ROWS = 2**30, 2**26  # of any table, uncompressed: 1 GB
ARROW_TYPES = {"real": pa.float64(), "integer": pa.int64(), "text": pa.string(), "flag": pa.bool_()}


class TableError(Exception):
    """A table is missing, damaged, or breaks its contract."""


@dataclass(frozen=True)
class Table:
    """A table as read: its data, the parameters it was computed from, and where it lies."""

    data: pd.DataFrame
    parameters: dict[str, Any]
    path: Path | None = None


def write(path: Path, contract: Contract, columns: Mapping[str, Any], parameters: Mapping[str, Any]) -> None:
    """Check `columns` against `contract` and write them to `path`, all or nothing.

    Args:
        path: the Parquet file; its folder must exist.
        contract: what the table promises.
        columns: one sequence (n_rows,) per column of the contract.
        parameters: what the table was computed from; goes into the file.

    Raises:
        TableError: a column is missing, unknown, of another length, not finite or out of range.
        FileError: the file cannot be written.
    """
    unknown, missing = set(columns) - set(contract.column_names), set(contract.column_names) - set(columns)
    if unknown or missing:
        raise TableError(f"{path}: table {contract.name} lacks {sorted(missing)} and has unknown {sorted(unknown)}")
    arrays = [_checked_array(path, column, columns[column.name]) for column in contract.columns]
    if len({len(array) for array in arrays}) != 1:
        lengths = {column.name: len(array) for column, array in zip(contract.columns, arrays, strict=True)}
        raise TableError(f"{path}: columns differ in length: {lengths}")
    metadata = {"contract": contract.name, "meaning": contract.meaning, **provenance.record(parameters)}
    schema = pa.schema([_field(column) for column in contract.columns], metadata=metadata)
    table = pa.Table.from_arrays(arrays, schema=schema)
    table = table.replace_schema_metadata({**metadata, CHECKSUM: _checksum(table)})
    with replacing(path) as partial, open(partial, "wb") as file:
        pq.write_table(table, file, compression="zstd", write_page_checksum=True, store_schema=True)


def read(path: Path, contract: Contract, expected: Mapping[str, Any] | None = None) -> Table:
    """Read the table at `path` and check that it keeps `contract` and was computed from the parameters `expected`.

    Raises:
        TableError: the file is missing, damaged (checksums are verified), too large, or breaks the contract; or it was
            computed from other parameters, or for another number of atoms than its name says.
    """
    if path.exists() and not path.is_file():
        raise TableError(f"{path}: a folder or device in place of a table; remove it and run Snakemake again")
    if not path.is_file():
        raise TableError(f"{path}: no such table; run Snakemake to make it")
    try:
        _check_footer(path, contract)
        table = pq.read_table(path, page_checksum_verification=True)
        for column in contract.columns:
            _check_field(path, column, table.schema)
            if table[column.name].null_count:
                raise TableError(f"{path}: column {column.name} has an empty value; delete the file")
            _checked_array(path, column, table[column.name].to_numpy())
        metadata = dict(table.schema.metadata or {})
        if metadata.get(CHECKSUM.encode()) != _checksum(table).encode():
            raise TableError(f"{path}: its content misses its checksum; delete the file and run Snakemake again")
        parameters = json.loads(metadata.get(b"parameters", b"null"))
    except (pa.ArrowException, OSError, ValueError, RecursionError) as error:
        raise TableError(
            f"{path}: not a readable Parquet file ({_first_line(error)}); delete it and run Snakemake again"
        ) from error
    if not isinstance(parameters, dict):
        raise TableError(f"{path}: its parameters are no JSON object; delete the file and run Snakemake again")
    named, computed = re.search(r"(?:^|_)N(\d+)$", path.stem), parameters.get("n_atoms")
    if named and isinstance(computed, int) and computed != int(named[1]):
        raise TableError(f"{path}: computed for n_atoms = {computed}, expected {named[1]} by its name; delete the file")
    if expected is not None:
        _require_parameters(path, parameters, expected)
    return Table(table.select(contract.column_names).to_pandas(), parameters, path)


def _require_parameters(path: Path, found: Mapping[str, Any], expected: Mapping[str, Any]) -> None:
    for name in sorted({*found, *expected}):
        own, wanted = (provenance.canonical(which.get(name)) for which in (found, expected))
        if own != wanted:
            raise TableError(
                f"{path}: computed for {name} = {own}, expected {wanted} of the configuration; "
                "delete the file and run Snakemake again"
            )


def _check_footer(path: Path, contract: Contract) -> None:
    """What the end of the file says before any data is read: size, contract and columns."""
    footer = pq.read_metadata(path)
    size = sum(footer.row_group(number).total_byte_size for number in range(footer.num_row_groups))
    if size > LARGEST_SIZE or footer.num_rows > LARGEST_ROWS:
        raise TableError(f"{path}: {footer.num_rows} rows and {size} bytes are too large for a table; delete the file")
    schema = footer.schema.to_arrow_schema()
    name = (schema.metadata or {}).get(b"contract", b"").decode(errors="replace")
    if name != contract.name:
        what = f"holds the table {name}" if name else "no table of this project"
        raise TableError(f"{path}: {what}, expected {contract.name}; delete the file and run Snakemake again")
    if unknown := sorted(set(schema.names) - set(contract.column_names)):
        raise TableError(f"{path}: has unknown columns {', '.join(unknown)}; delete the file and run Snakemake again")


def _checksum(table: pa.Table) -> str:
    """SHA-256 over the names and values of all columns, and over all metadata but the checksum itself."""
    digest = hashlib.sha256()
    metadata = dict(table.schema.metadata or {})
    metadata.pop(CHECKSUM.encode(), None)
    for key, value in sorted(metadata.items()):
        digest.update(key + b"\0" + value + b"\0")
    for name in table.column_names:
        values = table[name].to_numpy()
        text = values.dtype == object
        digest.update(name.encode() + b"\0" + ("\0".join(values).encode() if text else values.tobytes()) + b"\0")
    return digest.hexdigest()


def _field(column: Column) -> pa.Field:
    metadata = {"unit": column.unit, "meaning": column.meaning}
    return pa.field(column.name, ARROW_TYPES[column.kind], nullable=column.optional, metadata=metadata)


def _check_field(path: Path, column: Column, schema: pa.Schema) -> None:
    if column.name not in schema.names:
        raise TableError(f"{path}: column {column.name} is missing; delete the file and run Snakemake again")
    field = schema.field(column.name)
    unit = (field.metadata or {}).get(b"unit", b"none").decode(errors="replace")
    if field.type != ARROW_TYPES[column.kind]:
        raise TableError(f"{path}: column {column.name} has type {field.type}, expected {ARROW_TYPES[column.kind]}")
    if unit != column.unit:
        raise TableError(f"{path}: column {column.name} is in units of {unit}, expected {column.unit}")


def _checked_array(path: Path, column: Column, values: Any) -> pa.Array:
    try:
        raw = list(values) if column.kind == "text" else np.asarray(values)
        array = pa.array(raw, type=ARROW_TYPES[column.kind])
    except (pa.ArrowException, ValueError, TypeError) as error:
        raise TableError(f"{path}: column {column.name} is not of kind {column.kind}: {_first_line(error)}") from error
    if column.kind in ("real", "integer"):
        numbers = np.asarray(values, dtype=float)
        present = ~np.isnan(numbers)
        if not column.optional and not np.isfinite(numbers).all():
            raise TableError(f"{path}: column {column.name} has a value that is not finite")
        if column.minimum is not None and (numbers[present] < column.minimum).any():
            raise TableError(f"{path}: column {column.name} falls below {column.minimum:g}: {numbers[present].min()}")
        if column.maximum is not None and (numbers[present] > column.maximum).any():
            raise TableError(f"{path}: column {column.name} exceeds {column.maximum:g}: {numbers[present].max()}")
    return array


def _first_line(error: Exception) -> str:
    return str(error).strip().splitlines()[0] if str(error).strip() else type(error).__name__
