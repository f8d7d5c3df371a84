"""Critical point against N: Fig. 10."""


rule critical_point:
    """Critical point by Eq. (C2), with the paper's exponential fit and the exact limit."""
    input:
        code=code("critical_point"),
    output:
        critical_point="<results>/critical_point/critical_point.parquet",
        fit="<results>/critical_point/fit.parquet",
        fit_curve="<results>/critical_point/fit_curve.parquet",
    log:
        "<logs>/critical_point/critical_point.log",
    benchmark:
        "<benchmarks>/critical_point/critical_point.tsv"
    conda:
        "../../envs/physics.yaml"
    threads: 1
    resources:
        mem_mb=500,
        runtime=5,
    params:
        parameters=parameters(rates=config["rates"], **config["critical_point"]),
        inputs=named_inputs,
        outputs=named_outputs,
    message:
        "Critical point against N"
    shell:
        STUDY


DATA += rules.critical_point.output
