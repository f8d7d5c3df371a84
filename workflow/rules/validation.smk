"""Independent ways to the same steady state."""


use rule study as validation with:
    """Closed form against a sparse solve, QuTiP's full master equation and PIQS."""
    input:
        code=code_of("validation.validation"),
    output:
        validation="<results>/validation/validation.parquet",
    log:
        "<logs>/validation/validation.log",
    benchmark:
        "<benchmarks>/validation/validation.tsv"
    resources:
        mem_mb=1500,
    params:
        **study("validation.validation"),
    message:
        "Validation: four ways to the steady state"


DATA += rules.validation.output
