"""What a published archive holds: the project's own files, what the workflow made, and a checksum of each."""

import hashlib
import shutil
import subprocess
import zipfile
from collections.abc import Iterable
from pathlib import Path

CHECKSUMS = "SHA256SUMS"
EPOCH = (1980, 1, 1, 0, 0, 0)  # the first date that a zip file knows: no time of building in the archive
GENERATED = {"results", "figures", "logs", "runs", "build"}


def project_files(root: Path) -> list[Path]:
    """Files of the project in `root` as git tracks them; without git, all but hidden, cached and generated ones.

    Returns:
        Paths relative to `root`, sorted.
    """
    if shutil.which("git"):
        listing = subprocess.run(["git", "-C", str(root), "ls-files", "-z"], capture_output=True, text=True)
        names = [name for name in listing.stdout.split("\0") if name and (root / name).is_file()]
        if names:
            return sorted(Path(name) for name in names)
    paths = (path.relative_to(root) for path in root.rglob("*") if path.is_file())
    return sorted(path for path in paths if _is_source(path))


def _is_source(path: Path) -> bool:
    hidden = any(part.startswith(".") for part in path.parent.parts if part != ".ci")
    cached = "__pycache__" in path.parts or path.suffix in (".pyc", ".zip") or path.name == CHECKSUMS
    return not (hidden or cached or path.parts[0] in GENERATED)


def write_archive(archive: Path, folder: str, files: Iterable[tuple[Path, Path]]) -> None:
    """Zip `files`, pairs (file, name in the archive), into `archive` below `folder`, with their SHA-256 in SHA256SUMS.

    Equal files give equal bytes. After unpacking, `sha256sum --check SHA256SUMS` proves every file.
    """
    checksums = []
    with zipfile.ZipFile(archive, "w", zipfile.ZIP_DEFLATED) as target:
        for path, name in sorted(files, key=lambda pair: pair[1].as_posix()):
            content = path.read_bytes()
            checksums.append(f"{hashlib.sha256(content).hexdigest()}  {name.as_posix()}\n")
            _add(target, f"{folder}/{name.as_posix()}", content, path.stat().st_mode)
        _add(target, f"{folder}/{CHECKSUMS}", "".join(checksums).encode(), 0o644)


def _add(target: zipfile.ZipFile, name: str, content: bytes, mode: int) -> None:
    entry = zipfile.ZipInfo(name, EPOCH)
    entry.compress_type = zipfile.ZIP_DEFLATED
    entry.create_system = 3  # Unix, whatever builds it, so that the mode counts
    entry.external_attr = (0o755 if mode & 0o100 else 0o644) << 16
    target.writestr(entry, content)
