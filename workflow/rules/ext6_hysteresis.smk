"""Beyond the paper: sweeps of the drive up and down. Fig. ext6."""

HYSTERESIS = config["hysteresis"]
SWEEPS = {entry["n_atoms"]: entry["rates"] for entry in HYSTERESIS["sweeps"]}
ENSEMBLES = {entry["n_atoms"]: entry for entry in HYSTERESIS["ensembles"]}


use rule study as hysteresis_sweep with:
    """Sweeps of the drive up and down by the master equation, one N at several rates."""
    input:
        code=code_of("hysteresis.hysteresis_sweep"),
    output:
        sweep="<results>/hysteresis/sweep_N{n_atoms}.parquet",
    log:
        "<logs>/hysteresis/sweep_N{n_atoms}.log",
    benchmark:
        "<benchmarks>/hysteresis/sweep_N{n_atoms}.tsv"
    resources:
        runtime=15,
    params:
        **study("hysteresis.hysteresis_sweep"),
    message:
        "Sweeps of the drive, master equation, N = {wildcards.n_atoms}"


use rule study as hysteresis_ensemble with:
    """The same sweeps by spin-resolved trajectories, one N at several rates."""
    input:
        code=code_of("hysteresis.hysteresis_ensemble"),
    output:
        ensemble="<results>/hysteresis/ensemble_N{n_atoms}.parquet",
        ensemble_areas="<results>/hysteresis/ensemble_areas_N{n_atoms}.parquet",
    log:
        "<logs>/hysteresis/ensemble_N{n_atoms}.log",
    benchmark:
        "<benchmarks>/hysteresis/ensemble_N{n_atoms}.tsv"
    resources:
        runtime=15,
    params:
        **study("hysteresis.hysteresis_ensemble"),
    message:
        "Sweeps of the drive, trajectories, N = {wildcards.n_atoms}"


use rule study as hysteresis_chain with:
    """The same sweeps as a walk in j, where the master equation is out of reach and where it is not."""
    input:
        code=code_of("hysteresis.hysteresis_chain"),
    output:
        chain="<results>/hysteresis/chain.parquet",
    log:
        "<logs>/hysteresis/chain.log",
    benchmark:
        "<benchmarks>/hysteresis/chain.tsv"
    params:
        **study("hysteresis.hysteresis_chain"),
    message:
        "Sweeps of the drive, adiabatic chain"


use rule study as hysteresis_mean_field with:
    """The same sweeps in the mean field, and its infinitely slow loop for every N."""
    input:
        code=code_of("hysteresis.hysteresis_mean_field"),
    output:
        mean_field="<results>/hysteresis/mean_field.parquet",
        static="<results>/hysteresis/static.parquet",
    log:
        "<logs>/hysteresis/mean_field.log",
    benchmark:
        "<benchmarks>/hysteresis/mean_field.tsv"
    params:
        **study("hysteresis.hysteresis_mean_field"),
    message:
        "Sweeps of the drive, mean field"


use rule study as hysteresis with:
    """Loop areas and switches of all sweeps; the ensemble against the master equation."""
    input:
        code=code_of("hysteresis.hysteresis"),
        chain="<results>/hysteresis/chain.parquet",
        mean_field="<results>/hysteresis/mean_field.parquet",
        static="<results>/hysteresis/static.parquet",
        sweep=expand("<results>/hysteresis/sweep_N{n_atoms}.parquet", n_atoms=SWEEPS),
        ensemble=expand("<results>/hysteresis/ensemble_N{n_atoms}.parquet", n_atoms=ENSEMBLES),
        ensemble_areas=expand("<results>/hysteresis/ensemble_areas_N{n_atoms}.parquet", n_atoms=ENSEMBLES),
    output:
        loops="<results>/hysteresis/loops.parquet",
        validation="<results>/hysteresis/validation.parquet",
    log:
        "<logs>/hysteresis/hysteresis.log",
    benchmark:
        "<benchmarks>/hysteresis/hysteresis.tsv"
    params:
        **study("hysteresis.hysteresis"),
    message:
        "Loop areas and switches"


EXTENSION_DATA += expand(rules.hysteresis_sweep.output, n_atoms=SWEEPS)
EXTENSION_DATA += expand(rules.hysteresis_ensemble.output, n_atoms=ENSEMBLES)
EXTENSION_DATA += rules.hysteresis_chain.output
EXTENSION_DATA += rules.hysteresis_mean_field.output
EXTENSION_DATA += rules.hysteresis.output
DRAWINGS["ext6"] = dict(
    title="hysteresis",
    panels="abcd",
    tables=dict(
        sweep=expand("<results>/hysteresis/sweep_N{n_atoms}.parquet", n_atoms=SWEEPS),
        ensemble=expand("<results>/hysteresis/ensemble_N{n_atoms}.parquet", n_atoms=ENSEMBLES),
        mean_field="<results>/hysteresis/mean_field.parquet",
        static="<results>/hysteresis/static.parquet",
        loops="<results>/hysteresis/loops.parquet",
        branches=expand("<results>/mean_field/branches_N{n_atoms}.parquet", n_atoms=HYSTERESIS["sweeps"][0]["n_atoms"]),
    ),
)
