"""Time and memory of the slowest decaying mode against N: this library's solver, one size per process.

python benchmarks/spectrum.py 18 32 64 100 128
"""

import os
import resource
import subprocess
import sys
import time
from pathlib import Path

os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
os.environ.setdefault("OMP_NUM_THREADS", "1")
sys.path.insert(0, str(Path(__file__).parents[1] / "workflow/scripts"))

from driven_dicke import spectrum
from driven_dicke.model import Model


def measure(n_atoms: int) -> None:
    """Print one row for `n_atoms` at 0.61 Omega_c, gamma_c = 10 gamma_s."""
    model = Model(n_atoms, 10.0)
    start = time.perf_counter()
    modes = spectrum.slow_modes(model, model.rabi_frequency(0.61))
    seconds = time.perf_counter() - start
    megabytes = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    row = (n_atoms, modes.coordinates.size, f"{modes.gap:.6g}", f"{seconds:.2f} s", f"{megabytes:.0f} MB")
    print("| " + " | ".join(map(str, row)) + f" | {modes.residuals[1]:.0e} |", flush=True)


def main() -> None:
    """One process per size, so that the peak memory is that size's own."""
    sizes = [int(text) for text in sys.argv[1:]] or [18, 32, 64, 100]
    if len(sizes) == 1 and os.environ.get("DRIVEN_DICKE_ONE_SIZE"):
        measure(sizes[0])
        return
    print("| N | unknowns | gap / gamma_s | time | peak memory | residual |\n|---|---|---|---|---|---|", flush=True)
    for n_atoms in sizes:
        subprocess.run([sys.executable, __file__, str(n_atoms)], env=os.environ | {"DRIVEN_DICKE_ONE_SIZE": "1"})


if __name__ == "__main__":
    main()
