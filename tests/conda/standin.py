"""A stand-in for the `conda` calls that Snakemake makes: a real solver and installer (rattler) over one local channel.

`python standin.py ROOT CHANNEL ARGUMENT...` answers as conda does whose base environment is ROOT; every channel that an
environment may name is CHANNEL. It is not conda: whatever the tests do not need is refused.
"""

import argparse
import asyncio
import json
import os
import re
import sys
from pathlib import Path

import rattler
import yaml
from rattler.exceptions import InvalidMatchSpecError, SolverError

CHANNELS = {"conda-forge", "bioconda"}  # both are the local channel here
VERSION = "24.7.1"  # the oldest conda that Snakemake accepts


def url(channel: Path) -> str:
    """Address of the local channel."""
    return channel.resolve().as_uri()


def specifications(file: Path) -> list[rattler.MatchSpec]:
    """What an environment file asks for, read strictly."""
    environment = yaml.safe_load(file.read_text())
    unknown = set(environment["channels"]) - CHANNELS - {"nodefaults"}
    if unknown:
        raise ValueError(f"unknown channels: {', '.join(sorted(unknown))}")
    return [rattler.MatchSpec(text, strict=True) for text in environment["dependencies"]]


def gateway(root: Path) -> rattler.Gateway:
    """Reads the channel, and remembers it below the root."""
    return rattler.Gateway(cache_dir=root / "repodata")


async def solved(root: Path, channel: Path, file: Path) -> list[rattler.RepoDataRecord]:
    """The packages of an environment file."""
    return await rattler.solve(
        sources=[url(channel)],
        specs=specifications(file),
        gateway=gateway(root),
        virtual_packages=rattler.VirtualPackage.detect(),
    )


async def pinned(root: Path, channel: Path, file: Path) -> list[rattler.RepoDataRecord]:
    """The packages of a pin file: exactly these files with exactly these checksums."""
    lines = [line for line in file.read_text().splitlines() if line and not line.startswith("#")]
    if not lines or lines.pop(0) != "@EXPLICIT":
        raise ValueError("a pin file starts with @EXPLICIT")
    names = [line.rsplit("/", 1)[1].rsplit("-", 2)[0] for line in lines]
    platforms = [str(rattler.Platform.current()), "noarch"]
    known = await gateway(root).query([url(channel)], platforms, names, recursive=False)
    records = {f"{record.url}#{record.md5.hex()}": record for records in known for record in records}
    missing = [line for line in lines if line not in records]
    if missing:
        raise ValueError(f"not in the channel, or with another checksum: {missing[0]}")
    return [records[line] for line in lines]


async def create(root: Path, channel: Path, file: Path, prefix: Path) -> None:
    """`conda env create --file X.yaml` and `conda create --file X.pin.txt`."""
    choose = pinned if file.suffix == ".txt" else solved
    records = await choose(root, channel, file)
    await rattler.install(records, target_prefix=prefix, cache_dir=channel.with_name("packages"), show_progress=False)


def listed(prefix: Path) -> str:
    """`conda list --explicit --md5`."""
    records = (json.loads(path.read_text()) for path in sorted((prefix / "conda-meta").glob("*.json")))
    return "\n".join(["@EXPLICIT", *(f"{record['url']}#{record['md5']}" for record in records)])


def answer(root: Path, channel: Path, words: list[str]) -> str:
    """What conda prints."""
    call = " ".join(word for word in words if not word.startswith("-"))
    if words == ["--version"]:
        return f"conda {VERSION}"
    if words == ["info", "--json"]:
        return json.dumps({"conda_prefix": str(root), "platform": str(rattler.Platform.current())})
    if words == ["config", "--get", "channel_priority", "--json"]:
        return json.dumps({"get": {"channel_priority": "strict"}})
    if words[0] == "clean":
        return ""  # the unpacked packages are kept for the next environment, and there is nothing else
    parser = argparse.ArgumentParser(prog="conda")
    parser.add_argument("--prefix", type=Path, required=True)
    if re.match(r"(env )?create\b", call):
        for flag in ("--quiet", "--no-default-packages", "--yes"):
            parser.add_argument(flag, action="store_true")
        parser.add_argument("--file", type=Path, required=True)
        options = parser.parse_args(words[2:] if words[0] == "env" else words[1:])
        asyncio.run(create(root, channel, options.file, options.prefix))
        return ""
    if words[0] == "list":
        for flag in ("--explicit", "--md5"):
            parser.add_argument(flag, action="store_true", required=True)
        return listed(parser.parse_args(words[1:]).prefix)
    raise ValueError(f"this stand-in for conda does not know `conda {call}`")


if __name__ == "__main__":
    try:
        print(answer(Path(sys.argv[1]), Path(sys.argv[2]), sys.argv[3:]), flush=True)
        status = 0
    except (ValueError, OSError, SolverError, InvalidMatchSpecError) as error:
        print(f"error: {error}", file=sys.stderr, flush=True)
        status = 1
    os._exit(status)  # rattler's threads, still at work while Python ends, have been seen to crash it
