"""Critical point against N: Fig. 10."""


use rule study as critical_point with:
    """Critical point by Eq. (C2), with the paper's exponential fit and the exact limit."""
    input:
        code=code_of("critical_point.critical_point"),
    output:
        critical_point="<results>/critical_point/critical_point.parquet",
        fit="<results>/critical_point/fit.parquet",
        fit_curve="<results>/critical_point/fit_curve.parquet",
    pathvars:
        job="critical_point/critical_point",
    params:
        **study("critical_point.critical_point"),


DATA += rules.critical_point.output
