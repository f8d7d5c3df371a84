"""Beyond the paper: sweeps of the drive up and down. Fig. ext6."""

from driven_dicke.studies.hysteresis import ensembles, sweeps

SWEEPS, ENSEMBLES = sweeps(config), ensembles(config)


use rule study as hysteresis_sweep with:
    """Sweeps of the drive up and down by the master equation, one N at several rates."""
    input:
        code=code_of("hysteresis.hysteresis_sweep"),
    output:
        sweep="<results>/hysteresis/sweep_N{n_atoms}.parquet",
    pathvars:
        job="hysteresis/sweep_N{n_atoms}",
    resources:
        runtime=15,
    params:
        **study("hysteresis.hysteresis_sweep"),


use rule study as hysteresis_ensemble with:
    """The same sweeps by spin-resolved trajectories, one N at several rates."""
    input:
        code=code_of("hysteresis.hysteresis_ensemble"),
    output:
        ensemble="<results>/hysteresis/ensemble_N{n_atoms}.parquet",
        ensemble_areas="<results>/hysteresis/ensemble_areas_N{n_atoms}.parquet",
    pathvars:
        job="hysteresis/ensemble_N{n_atoms}",
    resources:
        runtime=15,
    params:
        **study("hysteresis.hysteresis_ensemble"),


use rule study as hysteresis_chain with:
    """The same sweeps as a walk in j, where the master equation is out of reach and where it is not."""
    input:
        code=code_of("hysteresis.hysteresis_chain"),
    output:
        chain="<results>/hysteresis/chain.parquet",
    pathvars:
        job="hysteresis/chain",
    params:
        **study("hysteresis.hysteresis_chain"),


use rule study as hysteresis_mean_field with:
    """The same sweeps in the mean field, and its infinitely slow loop for every N."""
    input:
        code=code_of("hysteresis.hysteresis_mean_field"),
    output:
        mean_field="<results>/hysteresis/mean_field.parquet",
        static="<results>/hysteresis/static.parquet",
    pathvars:
        job="hysteresis/mean_field",
    params:
        **study("hysteresis.hysteresis_mean_field"),


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
    pathvars:
        job="hysteresis/hysteresis",
    params:
        **study("hysteresis.hysteresis"),


EXTENSION_DATA += expand(rules.hysteresis_sweep.output, n_atoms=SWEEPS)
EXTENSION_DATA += expand(rules.hysteresis_ensemble.output, n_atoms=ENSEMBLES)
EXTENSION_DATA += rules.hysteresis_chain.output
EXTENSION_DATA += rules.hysteresis_mean_field.output
EXTENSION_DATA += rules.hysteresis.output
DRAWINGS["ext6"] = drawing(
    "hysteresis",
    "abcd",
    sweep=expand("<results>/hysteresis/sweep_N{n_atoms}.parquet", n_atoms=SWEEPS),
    ensemble=expand("<results>/hysteresis/ensemble_N{n_atoms}.parquet", n_atoms=ENSEMBLES),
    mean_field="<results>/hysteresis/mean_field.parquet",
    static="<results>/hysteresis/static.parquet",
    loops="<results>/hysteresis/loops.parquet",
    branches=expand("<results>/mean_field/branches_N{n_atoms}.parquet", n_atoms=next(iter(SWEEPS))),
)
