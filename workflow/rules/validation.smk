"""Independent ways to the same steady state."""


use rule study as validation with:
    """Closed form against a sparse solve, QuTiP's full master equation and PIQS."""
    input:
        code=code_of("validation.validation"),
    output:
        validation="<results>/validation/validation.parquet",
    pathvars:
        job="validation/validation",
    resources:
        mem_mb=1500,
    params:
        **study("validation.validation"),


DATA += rules.validation.output
