"""One rule per figure: its panels as files of their own, and the assembled figure."""


rule fig1:
    """Fig. 1: the model (a) and its mean field (b)."""
    input:
        code=code("figure", "figures/fig01"),
        branches="<results>/mean_field/branches.parquet",
        dicke="<results>/mean_field/dicke.parquet",
    output:
        panels("fig01", "a", "b"),
        assembled("fig01"),
    log:
        "<logs>/figures/fig01.log",
    benchmark:
        "<benchmarks>/figures/fig01.tsv"
    conda:
        "../../envs/plotting.yaml"
    threads: 1
    resources:
        mem_mb=500,
        runtime=2,
    params:
        figure="fig01",
        inputs=named_inputs,
    message:
        "Fig. 1"
    shell:
        FIGURE


rule fig2:
    """Fig. 2: the first-order transition in the exact steady state."""
    input:
        code=code("figure", "figures/fig02"),
        steady_state=expand("<results>/steady_state/N{n_atoms}.parquet", n_atoms=STEADY_STATE_N),
        magnetization=expand(
            "<results>/steady_state/magnetization_N{n_atoms}.parquet",
            n_atoms=STEADY_STATE_N,
        ),
        mean_field_magnetization=expand(
            "<results>/steady_state/mean_field_magnetization_N{n_atoms}.parquet",
            n_atoms=STEADY_STATE_N,
        ),
        totally_mixed="<results>/steady_state/totally_mixed.parquet",
        branches=expand("<results>/mean_field/branches_N{n_atoms}.parquet", n_atoms=STEADY_STATE_N),
        squeezing=expand("<results>/squeezing/N{n_atoms}.parquet", n_atoms=STEADY_STATE_N),
    output:
        panels("fig02", "a", "b", "c", "d", "e", "f"),
        assembled("fig02"),
    log:
        "<logs>/figures/fig02.log",
    benchmark:
        "<benchmarks>/figures/fig02.tsv"
    conda:
        "../../envs/plotting.yaml"
    threads: 1
    resources:
        mem_mb=500,
        runtime=2,
    params:
        figure="fig02",
        inputs=named_inputs,
    message:
        "Fig. 2"
    shell:
        FIGURE


rule fig9:
    """Fig. 9: mean-field relaxation (a), branches (b) and stability (c)."""
    input:
        code=code("figure", "figures/fig09"),
        branches="<results>/mean_field/branches.parquet",
        relaxation="<results>/mean_field/relaxation.parquet",
    output:
        panels("fig09", "a", "b", "c"),
        assembled("fig09"),
    log:
        "<logs>/figures/fig09.log",
    benchmark:
        "<benchmarks>/figures/fig09.tsv"
    conda:
        "../../envs/plotting.yaml"
    threads: 1
    resources:
        mem_mb=500,
        runtime=2,
    params:
        figure="fig09",
        inputs=named_inputs,
    message:
        "Fig. 9"
    shell:
        FIGURE


rule fig10:
    """Fig. 10: the critical point against N."""
    input:
        code=code("figure", "figures/fig10"),
        critical_point="<results>/critical_point/critical_point.parquet",
        fit="<results>/critical_point/fit.parquet",
        fit_curve="<results>/critical_point/fit_curve.parquet",
    output:
        panels("fig10", ""),
        assembled("fig10"),
    log:
        "<logs>/figures/fig10.log",
    benchmark:
        "<benchmarks>/figures/fig10.tsv"
    conda:
        "../../envs/plotting.yaml"
    threads: 1
    resources:
        mem_mb=500,
        runtime=2,
    params:
        figure="fig10",
        inputs=named_inputs,
    message:
        "Fig. 10"
    shell:
        FIGURE


FIGURES += rules.fig1.output
FIGURES += rules.fig2.output
FIGURES += rules.fig9.output
FIGURES += rules.fig10.output
