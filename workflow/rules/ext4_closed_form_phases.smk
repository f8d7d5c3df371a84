"""Beyond the paper: the two phases in closed form, Fig. ext4."""


use rule study as closed_form_phases with:
    """The two phases of the spectrum beside those cut out of the closed form, at the critical point of each N."""
    input:
        code=code_of("closed_form_phases.closed_form_phases"),
    output:
        comparison="<results>/closed_form_phases/comparison.parquet",
        observables="<results>/closed_form_phases/observables.parquet",
    pathvars:
        job="closed_form_phases/comparison",
    resources:
        # Measured: 0.4 GB at 100 atoms, 0.7 GB at 128.
        mem_mb=decomposition_mb(max(config["closed_form_phases"]["n_atoms"])),
        runtime=10,
    params:
        **study("closed_form_phases.closed_form_phases"),


use rule study as closed_form_phases_squeezing with:
    """xi^2 of rho_+ in closed form up to the edge of the bistable region, and its least value at each N."""
    input:
        code=code_of("closed_form_phases.closed_form_phases_squeezing"),
    output:
        squeezing="<results>/closed_form_phases/squeezing.parquet",
        limits="<results>/closed_form_phases/limits.parquet",
        best="<results>/closed_form_phases/best.parquet",
        best_law="<results>/closed_form_phases/best_law.parquet",
    pathvars:
        job="closed_form_phases/squeezing",
    resources:
        mem_mb=700,
        runtime=10,
    params:
        **study("closed_form_phases.closed_form_phases_squeezing"),


EXTENSION_DATA += rules.closed_form_phases.output
EXTENSION_DATA += rules.closed_form_phases_squeezing.output
DRAWINGS["ext4"] = drawing(
    "the two phases in closed form",
    "abcde",
    comparison="<results>/closed_form_phases/comparison.parquet",
    observables="<results>/closed_form_phases/observables.parquet",
    squeezing="<results>/closed_form_phases/squeezing.parquet",
    limits="<results>/closed_form_phases/limits.parquet",
    best="<results>/closed_form_phases/best.parquet",
    best_law="<results>/closed_form_phases/best_law.parquet",
)
