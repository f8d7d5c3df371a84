"""Beyond the paper: what the steady state and its phases are worth to a measurement, Fig. ext12."""


use rule study as metrology with:
    """Fisher information, squeezing, entanglement of pairs and entropy."""
    input:
        code=code_of("metrology.metrology"),
    output:
        steady="<results>/metrology/steady.parquet",
        phases="<results>/metrology/phases.parquet",
        sizes="<results>/metrology/sizes.parquet",
        pairs="<results>/metrology/pairs.parquet",
        limit="<results>/metrology/limit.parquet",
        pair_law="<results>/metrology/pair_law.parquet",
    pathvars:
        job="metrology/metrology",
    resources:
        mem_mb=decomposition_mb(config["metrology"]["phases"]["n_atoms"]),
        runtime=10,
    params:
        **study("metrology.metrology"),


EXTENSION_DATA += rules.metrology.output
DRAWINGS["ext12"] = drawing(
    "what the states are worth",
    "abcde",
    steady="<results>/metrology/steady.parquet",
    phases="<results>/metrology/phases.parquet",
    sizes="<results>/metrology/sizes.parquet",
    pairs="<results>/metrology/pairs.parquet",
    limit="<results>/metrology/limit.parquet",
    pair_law="<results>/metrology/pair_law.parquet",
)
