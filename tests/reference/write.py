"""Write the reference tables from a finished build of the full configuration, after a change that is meant.

    python tests/reference/write.py results              # the paper's tables
    python tests/reference/write.py results extensions   # those of Figs. ext1 ... ext7

Which tables, how many rows and with what tolerance stands in tolerances.yaml. Look at `git diff --stat` afterwards:
only tables that the change concerns may differ.
"""

import argparse
import sys
from pathlib import Path

import pandas as pd
import yaml

HERE = Path(__file__).parent
sys.path.insert(0, str(HERE.parents[1] / "workflow/scripts"))
from driven_dicke.pipeline import verification as reference  # noqa: E402


def main() -> None:
    """Reduce every table that tolerances.yaml names."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("results", type=Path, help="folder of the tables")
    parser.add_argument("folder", nargs="?", default="", help="folder of the references, beside this file")
    arguments = parser.parse_args()
    results, folder = arguments.results, HERE / arguments.folder
    specification = yaml.safe_load((folder / "tolerances.yaml").read_text())
    for name, entry in specification["tables"].items():
        data = pd.read_parquet(results / f"{name}.parquet")
        path = folder / f"{name}.parquet"
        path.parent.mkdir(parents=True, exist_ok=True)
        reference.reduce(data, entry.get("rows", specification["rows"])).to_parquet(path, index=False)


if __name__ == "__main__":
    main()
