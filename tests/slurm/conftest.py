"""A Slurm of one node on the loopback interface, started for the tests and stopped after them.

Needs root: Slurm's programs read /etc/slurm/slurm.conf and nothing else (Snakemake's plugin drops SLURM_CONF), so a
folder of the test is mounted there, in a mount namespace of its own.
"""

import ctypes
import os
import shutil
import subprocess
import time
from pathlib import Path

import pytest

CLONE_NEWNS = 0x00020000
ETC = Path("/etc/slurm")
PROGRAMS = ("munged", "slurmctld", "slurmd", "sbatch", "scontrol")
CONFIGURATION = """
ClusterName=test
SlurmctldHost=localhost(127.0.0.1)
SlurmUser=root
SlurmdUser=root
AuthType=auth/munge
AuthInfo=socket={folder}/munge.socket
CredType=cred/munge
StateSaveLocation={folder}/state
SlurmdSpoolDir={folder}/spool
SlurmctldPidFile={folder}/slurmctld.pid
SlurmdPidFile={folder}/slurmd.pid
ProctrackType=proctrack/linuxproc
TaskPlugin=task/none
JobAcctGatherType=jobacct_gather/none
AccountingStorageType=accounting_storage/none
SelectType=select/cons_tres
SelectTypeParameters=CR_Core_Memory
ReturnToService=2
MinJobAge=1800
NodeName=localhost NodeAddr=127.0.0.1 CPUs={cpus} RealMemory={memory} State=UNKNOWN
PartitionName=short Nodes=ALL MaxTime=30 State=UP
PartitionName=main Nodes=ALL Default=YES MaxTime=INFINITE State=UP
"""


def private_mounts() -> None:
    """What this process and its children mount from now on is not seen by the rest of the machine."""
    missing = [program for program in PROGRAMS if shutil.which(program) is None]
    assert not missing, f"Slurm is not installed ({', '.join(missing)}): slurmctld slurmd slurm-client munge are needed"
    assert os.geteuid() == 0, "the test Slurm needs root"
    assert ctypes.CDLL(None, use_errno=True).unshare(CLONE_NEWNS) == 0, os.strerror(ctypes.get_errno())
    subprocess.run(["mount", "--make-rprivate", "/"], check=True)


def idle(deadline: float) -> bool:
    """Whether the node waits for jobs before `deadline`."""
    while time.monotonic() < deadline:
        state = subprocess.run(["sinfo", "-h", "-o", "%t"], capture_output=True, text=True).stdout.split()
        if state and set(state) == {"idle"}:
            return True
        time.sleep(0.2)
    return False


@pytest.fixture(scope="session")
def slurm(tmp_path_factory):
    """A running Slurm; its folder, which holds the daemons' logs."""
    private_mounts()
    folder = tmp_path_factory.mktemp("slurm")
    for name in ("etc", "state", "spool"):
        (folder / name).mkdir()
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") // 2**20 * 3 // 4
    settings = CONFIGURATION.format(folder=folder, cpus=os.cpu_count(), memory=memory)
    (folder / "etc/slurm.conf").write_text(settings)
    (folder / "munge.key").write_bytes(os.urandom(1024))
    (folder / "munge.key").chmod(0o400)
    subprocess.run(["mount", "--bind", folder / "etc", ETC], check=True)
    munge = {"key-file": "key", "socket": "socket", "pid-file": "pid", "log-file": "log", "seed-file": "seed"}
    commands = [
        ["munged", "--force", "--foreground", *(f"--{option}={folder}/munge.{end}" for option, end in munge.items())],
        ["slurmctld", "-D"],
        ["slurmd", "-D", "-N", "localhost"],
    ]
    daemons = []
    try:
        for command in commands:
            with (folder / f"{command[0]}.out").open("w") as log:
                daemons.append(subprocess.Popen(command, stdout=log, stderr=subprocess.STDOUT))
            time.sleep(0.5)
        assert idle(time.monotonic() + 30), (folder / "slurmctld.out").read_text()[-2000:]
        yield folder
    finally:
        for daemon in reversed(daemons):
            daemon.terminate()
            daemon.wait(timeout=20)
        subprocess.run(["umount", ETC], check=True)
