"""Beyond the paper, Fig. ext1: the true critical point, up to a million atoms."""

CRITICAL_POINT_LIMIT = config["critical_point_limit"]


rule critical_point_limit:
    """Drives of equal weights, the laws by which they approach their limit, and p_k at one N."""
    input:
        code=code("critical_point_limit"),
        mid_branch="<results>/critical_point/critical_point.parquet",
        exponential_fit="<results>/critical_point/fit.parquet",
    output:
        equal_weights="<results>/critical_point_limit/equal_weights.parquet",
        criteria="<results>/critical_point_limit/criteria.parquet",
        laws="<results>/critical_point_limit/laws.parquet",
        law_curves="<results>/critical_point_limit/law_curves.parquet",
        residuals="<results>/critical_point_limit/residuals.parquet",
        distribution="<results>/critical_point_limit/distribution.parquet",
    log:
        "<logs>/critical_point_limit/critical_point_limit.log",
    benchmark:
        "<benchmarks>/critical_point_limit/critical_point_limit.tsv"
    conda:
        "../../envs/physics.yaml"
    threads: 1
    resources:
        mem_mb=700,
        runtime=5,
    params:
        parameters=parameters(
            rates=config["rates"],
            **{name: value for name, value in CRITICAL_POINT_LIMIT.items() if name != "decomposition"},
        ),
        inputs=named_inputs,
        outputs=named_outputs,
    message:
        "Critical point by equal weights"
    shell:
        STUDY


rule critical_point_limit_decomposition:
    """Drive at which both phases of the spectral decomposition have the same weight."""
    input:
        code=code("critical_point_limit_decomposition"),
    output:
        decomposition="<results>/critical_point_limit/decomposition.parquet",
    log:
        "<logs>/critical_point_limit/decomposition.log",
    benchmark:
        "<benchmarks>/critical_point_limit/decomposition.tsv"
    conda:
        "../../envs/physics.yaml"
    threads: 1
    resources:
        mem_mb=decomposition_mb(max(CRITICAL_POINT_LIMIT["decomposition"]["n_atoms"])),
        runtime=15,
    params:
        parameters=parameters(rates=config["rates"], **CRITICAL_POINT_LIMIT["decomposition"]),
        inputs=named_inputs,
        outputs=named_outputs,
    message:
        "Critical point by the decomposition"
    shell:
        STUDY


rule ext1:
    """Fig. ext1: the true critical point."""
    input:
        code=code("figure", "figures/ext1"),
        equal_weights="<results>/critical_point_limit/equal_weights.parquet",
        criteria="<results>/critical_point_limit/criteria.parquet",
        decomposition="<results>/critical_point_limit/decomposition.parquet",
        laws="<results>/critical_point_limit/laws.parquet",
        law_curves="<results>/critical_point_limit/law_curves.parquet",
        residuals="<results>/critical_point_limit/residuals.parquet",
        distribution="<results>/critical_point_limit/distribution.parquet",
    output:
        panels("ext1", "a", "b", "c", "d", "e", "f"),
        assembled("ext1"),
    log:
        "<logs>/figures/ext1.log",
    benchmark:
        "<benchmarks>/figures/ext1.tsv"
    conda:
        "../../envs/plotting.yaml"
    threads: 1
    resources:
        mem_mb=500,
        runtime=2,
    params:
        figure="ext1",
        inputs=named_inputs,
    message:
        "Fig. ext1"
    shell:
        FIGURE


EXTENSION_DATA += rules.critical_point_limit.output
EXTENSION_DATA += rules.critical_point_limit_decomposition.output
EXTENSION_FIGURES += rules.ext1.output
