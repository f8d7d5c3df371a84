"""Create the locked Python environment: `python3 envs/create.py .venv envs/run.lock`.

Written so that a Python that is too old still reads it and says so.
"""

import os
import subprocess
import sys


def fail(message):
    """End with one line."""
    sys.stderr.write("error: " + message + "\n")
    sys.exit(1)


def create(folder, lock):
    """Make a virtual environment in `folder` with exactly what `lock` lists, checked against its hashes."""
    python = os.path.join(folder, "bin", "python")
    if not os.path.exists(python):
        print("creating {} with Python {}.{}.{}".format(folder, *sys.version_info[:3]))
        try:
            import venv

            venv.EnvBuilder(with_pip=True, clear=True).create(folder)
        except (ImportError, subprocess.CalledProcessError, OSError) as error:
            fail("cannot create {}: {}; Debian and Ubuntu keep this in the package python3-venv".format(folder, error))
    print("installing {} (up to 700 MB, a minute or so)".format(lock))
    sys.stdout.flush()
    command = [python, "-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--no-input"]
    command += ["--require-hashes", "--requirement", lock]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, universal_newlines=True)
    output = process.communicate()[0]
    if process.returncode == 0:
        return
    if "HASHES" in output or "hash" in output.lower():
        fail("a downloaded package does not have the hash that {} asks for; nothing was installed from it".format(lock))
    signs = ("NewConnectionError", "Temporary failure", "(from versions: none)", "timed out")
    if any(sign in output for sign in signs):
        fail("pip cannot reach a package index: connect to the network, or point pip at a mirror or a folder of wheels")
    fail("pip could not install {}:\n{}".format(lock, output.strip()))


if __name__ == "__main__":
    if sys.version_info < (3, 11):
        fail(
            "driven-dicke needs Python 3.11 or newer, but this is {}.{}; try `make PYTHON=python3.11`".format(
                *sys.version_info[:2]
            )
        )
    if len(sys.argv) != 3:
        fail("usage: python3 envs/create.py FOLDER LOCK")
    create(sys.argv[1], sys.argv[2])
