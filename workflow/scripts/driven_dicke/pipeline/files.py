"""Files written all or nothing."""

import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path


class FileError(Exception):
    """A file cannot be written; the message names it."""


@contextmanager
def replacing(path: Path) -> Iterator[Path]:
    """A partial file beside `path`, to be written; it takes the place of `path` once all of it is on the disk.

    Whatever happens leaves the old file or the new one. Only a kill leaves a partial file, which the next run replaces.

    Raises:
        FileError: the disk is full, the folder is read-only, ...
    """
    partial = path.with_name(f".{path.name}.partial")
    try:
        yield partial
        with open(partial, "rb") as file:
            os.fsync(file.fileno())
        os.replace(partial, path)
    except BaseException as error:
        with suppress(OSError):
            partial.unlink()
        if isinstance(error, OSError):
            raise FileError(f"{path}: cannot be written: {error.strerror or error}") from error
        raise


def write_text(path: Path, text: str) -> None:
    """Write `text` to `path`, see `replacing`."""
    with replacing(path) as partial:
        partial.write_text(text, encoding="utf-8")
