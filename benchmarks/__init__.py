"""This library and what a user would take instead, side by side on the same problem: `python -m benchmarks`.

Every measurement runs in a process of its own with one thread. What was measured is kept in `record.json`; tables and
plot are made from it alone.
"""

import os
import sys
from pathlib import Path

PROJECT = Path(__file__).parents[1]

for _variable in ("OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS", "MKL_NUM_THREADS"):
    os.environ[_variable] = "1"  # before NumPy is imported
sys.path.insert(0, str(PROJECT / "workflow/scripts"))
