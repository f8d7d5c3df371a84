"""Beyond the paper, Fig. ext1: the true critical point, up to a million atoms."""

CRITICAL_POINT_LIMIT = config["critical_point_limit"]


use rule study as critical_point_limit with:
    """Drives of equal weights, the laws by which they approach their limit, and p_k at one N."""
    input:
        code=code_of("critical_point_limit.critical_point_limit"),
        mid_branch="<results>/critical_point/critical_point.parquet",
        exponential_fit="<results>/critical_point/fit.parquet",
    output:
        equal_weights="<results>/critical_point_limit/equal_weights.parquet",
        criteria="<results>/critical_point_limit/criteria.parquet",
        laws="<results>/critical_point_limit/laws.parquet",
        law_curves="<results>/critical_point_limit/law_curves.parquet",
        residuals="<results>/critical_point_limit/residuals.parquet",
        distribution="<results>/critical_point_limit/distribution.parquet",
    pathvars:
        job="critical_point_limit/critical_point_limit",
    resources:
        mem_mb=700,
    params:
        **study("critical_point_limit.critical_point_limit"),


use rule study as critical_point_limit_decomposition with:
    """Drive at which both phases of the spectral decomposition have the same weight."""
    input:
        code=code_of("critical_point_limit.critical_point_limit_decomposition"),
    output:
        decomposition="<results>/critical_point_limit/decomposition.parquet",
    pathvars:
        job="critical_point_limit/decomposition",
    resources:
        mem_mb=decomposition_mb(max(CRITICAL_POINT_LIMIT["decomposition"]["n_atoms"])),
        runtime=15,
    params:
        **study("critical_point_limit.critical_point_limit_decomposition"),


EXTENSION_DATA += rules.critical_point_limit.output
EXTENSION_DATA += rules.critical_point_limit_decomposition.output
DRAWINGS["ext1"] = drawing(
    "the true critical point",
    "abcdef",
    equal_weights="<results>/critical_point_limit/equal_weights.parquet",
    criteria="<results>/critical_point_limit/criteria.parquet",
    decomposition="<results>/critical_point_limit/decomposition.parquet",
    laws="<results>/critical_point_limit/laws.parquet",
    law_curves="<results>/critical_point_limit/law_curves.parquet",
    residuals="<results>/critical_point_limit/residuals.parquet",
    distribution="<results>/critical_point_limit/distribution.parquet",
)
