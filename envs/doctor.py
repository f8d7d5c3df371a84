"""What is installed, what is missing, and what the full build needs on this machine: `make doctor`.

Needs nothing but Python, and is written so that a Python that is too old still reads it and says so.
"""

import os
import platform
import re
import shutil
import subprocess
import sys
import time
from importlib.util import find_spec

PROJECT = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
OLDEST_PYTHON = (3, 11)
OLDEST_CONDA = (24, 7, 1)  # Snakemake's own demand
REFERENCE_SECONDS = 0.19  # what `seconds_of_a_sum` takes on the machine of docs/costs.md
DISK_MB = 1500  # environment, tables, figures
OPTIONAL = [
    ("conda", "for `snakemake --sdm conda`"),
    ("sbatch", "for a Slurm cluster"),
    ("git", "for a clone, and for the list of files in `make archive`"),
]


def locked(lock):
    """Version of every package in a lock file."""
    with open(lock) as file:
        return dict(re.findall(r"^([A-Za-z0-9_.-]+)==([^ ;\\]+)", file.read(), re.M))


def installed(folder):
    """Version of every package in a virtual environment, from the names of its records."""
    found = {}
    for base, folders, _ in os.walk(os.path.join(folder, "lib")):
        if os.path.basename(base) == "site-packages":
            for name in folders:
                match = re.match(r"(.+)-([^-]+)\.dist-info$", name)
                if match:
                    found[normal(match.group(1))] = match.group(2)
            folders[:] = []
    return found


def normal(name):
    """A package's name as pip compares it."""
    return re.sub(r"[-_.]+", "-", name).lower()


def differences(lock, folder):
    """Packages of the lock that the environment lacks or has in another version; markers for other systems aside."""
    have = installed(folder)
    with open(lock) as file:
        for_others = set(re.findall(r"^([A-Za-z0-9_.-]+)==\S+ ;", file.read(), re.M))
    wanted = {normal(name): version for name, version in locked(lock).items() if name not in for_others}
    return sorted("{} {}".format(name, version) for name, version in wanted.items() if have.get(name) != version)


def memory_mb():
    """Memory that a new process may use: what is available, within the limit of a container."""
    found = [float("inf")]
    try:
        with open("/proc/meminfo") as file:
            found.append(int(re.search(r"MemAvailable: +(\d+)", file.read()).group(1)) / 1024)
        with open("/sys/fs/cgroup/memory.max") as file:
            found.append(int(file.read()) / 2**20)
    except (OSError, AttributeError, ValueError):  # another system, or no limit
        pass
    return min(found)


def writable(folder):
    """Whether a folder, or the nearest one above it that exists, can be written to."""
    while not os.path.exists(folder) and os.path.dirname(folder) != folder:
        folder = os.path.dirname(folder)
    return os.path.isdir(folder) and os.access(folder, os.W_OK)


def cores():
    """Processors that this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def costs():
    """(job seconds on one core, peak megabytes of a job) of the full build and of the extensions: docs/costs.md."""
    with open(os.path.join(PROJECT, "docs/costs.md"), encoding="utf-8") as file:
        rows = re.findall(r"^\| `(\w+)` \|.*\| ([\d.]+) s \| (\d+) MB \|$", file.read(), re.M)
    return {name: (float(seconds), int(megabytes)) for name, seconds, megabytes in rows}


def seconds_of_a_sum():
    """A small piece of arithmetic, timed: a hint of how fast this machine is."""
    start = time.perf_counter()
    total = 0.0
    for number in range(5000000):
        total += number * 0.5
    return time.perf_counter() - start


def conda_version():
    """What conda says of its own version."""
    process = subprocess.Popen(["conda", "--version"], stdout=subprocess.PIPE, universal_newlines=True)
    return process.communicate()[0].strip() or "conda of unknown version"


def examine(environment):
    """Print the findings; return what is missing."""
    missing = []

    def line(good, what, text):
        print("{:>8}  {:<14}{}".format({True: "ok", False: "MISSING", None: "-"}[good], what, text))
        if good is False:
            missing.append("{}: {}".format(what, text))

    python = "{}.{}.{} on {} {}".format(*sys.version_info[:3], platform.system(), platform.machine())
    line(sys.version_info >= OLDEST_PYTHON, "Python", python + ", needed: {}.{} or newer".format(*OLDEST_PYTHON))
    line(shutil.which("make") is not None, "make", shutil.which("make") or "runs the commands of the README")
    lock = os.path.join(PROJECT, "envs", "run.lock")
    if os.path.isdir(environment):
        absent = differences(lock, environment)
        text = "not as locked: {}; `make figures` installs them".format(", ".join(absent))
        line(not absent, "environment", text if absent else "all {} locked packages".format(len(locked(lock))))
    else:
        line(None, "environment", "none yet; `make figures` makes it (about 700 MB, from the network)")
    if find_spec("ensurepip") is None:
        line(False, "venv", "this Python cannot make an environment; Debian and Ubuntu keep that in python3-venv")
    for program, purpose in OPTIONAL:
        found = shutil.which(program)
        line(True if found else None, program, found or "not found; only needed " + purpose)
    if shutil.which("conda"):
        text = conda_version()
        enough = tuple(int(part) for part in re.findall(r"\d+", text)[:3]) >= OLDEST_CONDA
        line(True if enough else None, "conda", "{}; Snakemake asks for {}.{}.{} or newer".format(text, *OLDEST_CONDA))
    cache = os.environ.get("XDG_CACHE_HOME") or os.path.join(os.path.expanduser("~"), ".cache")
    text = "set XDG_CACHE_HOME to a folder that can be written to, as `make` does: Snakemake needs {}".format(cache)
    line(writable(cache), "cache", cache if writable(cache) else text)
    free = shutil.disk_usage(PROJECT).free / 1e6
    line(free >= DISK_MB, "disk", "{:.0f} MB free here, needed: {} MB".format(free, DISK_MB))
    memory, number = memory_mb(), cores()
    needs = costs()
    peak = max((megabytes for _, megabytes in needs.values()), default=500)
    fitting = max(1, int(min(memory // peak, number)))
    line(memory >= peak, "memory", "{:.0f} MB free, needed: {} MB by the largest job".format(memory, peak))
    line(True, "processors", "{}; use `--cores {}`".format(number, fitting))
    slowness = seconds_of_a_sum() / REFERENCE_SECONDS
    for target in ("all", "extensions"):
        if target in needs:
            minutes = needs[target][0] * slowness / fitting / 60
            text = "`snakemake --cores {} {}` takes about {:.0f} min here".format(fitting, target, minutes + 0.5)
            print(" " * 10 + text)
    return missing


if __name__ == "__main__":
    found_missing = examine(sys.argv[1] if len(sys.argv) > 1 else os.path.join(PROJECT, ".venv"))
    if found_missing:
        sys.exit("\n".join(["", "the build cannot run here:"] + ["  " + text for text in found_missing]))
    print("\nnothing is missing")
