"""Beyond the paper: what the detectors count, Fig. ext11."""


use rule study as counting with:
    """Large deviations, Fano factor and counts in a bin, of both ports."""
    input:
        code=code_of("counting.counting"),
        counts=rules.trajectory_counts.output.counts,
    output:
        generating="<results>/counting/generating.parquet",
        fano="<results>/counting/fano.parquet",
        bins="<results>/counting/bins.parquet",
    pathvars:
        job="counting/counting",
    resources:
        mem_mb=round(300 + 1200 * (config["counting"]["n_atoms"][-1] / 64) ** 4),
        runtime=20,
    params:
        **study("counting.counting"),


EXTENSION_DATA += rules.counting.output
DRAWINGS["ext11"] = drawing(
    "counting",
    "abcd",
    generating="<results>/counting/generating.parquet",
    fano="<results>/counting/fano.parquet",
    bins="<results>/counting/bins.parquet",
)
