"""Independent ways to the same steady state."""


rule validation:
    """Closed form against a sparse solve, QuTiP's full master equation and PIQS."""
    input:
        code=code("validation"),
    output:
        validation="<results>/validation/validation.parquet",
    log:
        "<logs>/validation/validation.log",
    benchmark:
        "<benchmarks>/validation/validation.tsv"
    conda:
        "../../envs/physics.yaml"
    threads: 1
    resources:
        mem_mb=1500,
        runtime=5,
    params:
        parameters=parameters(rates=config["rates"], **config["validation"]),
        inputs=named_inputs,
        outputs=named_outputs,
    message:
        "Validation: four ways to the steady state"
    shell:
        STUDY


DATA += rules.validation.output
