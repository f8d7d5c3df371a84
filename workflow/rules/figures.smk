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
        magnetization=expand(rules.magnetization.output.magnetization, n_atoms=STEADY_STATE_N[-1]),
        mean_field_magnetization=expand(rules.magnetization.output.mean_field_magnetization, n_atoms=STEADY_STATE_N[-1]),
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


rule fig3:
    """Fig. 3: the Liouvillian gap against the number of atoms."""
    input:
        code=code("figure", "figures/fig03"),
        gap="<results>/liouvillian_gap/gap.parquet",
        relaxation="<results>/liouvillian_gap/relaxation.parquet",
        law="<results>/liouvillian_gap/law.parquet",
    output:
        panels("fig03", ""),
        assembled("fig03"),
    log:
        "<logs>/figures/fig03.log",
    benchmark:
        "<benchmarks>/figures/fig03.tsv"
    conda:
        "../../envs/plotting.yaml"
    threads: 1
    resources:
        mem_mb=500,
        runtime=2,
    params:
        figure="fig03",
        inputs=named_inputs,
    message:
        "Fig. 3"
    shell:
        FIGURE


rule fig4:
    """Fig. 4: the steady state as a mixture of two phases."""
    input:
        code=code("figure", "figures/fig04"),
        phases=expand(rules.phases.output.phases, n_atoms=PHASES_N[0]),
        branches=expand("<results>/mean_field/branches_N{n_atoms}.parquet", n_atoms=PHASES_N[0]),
        magnetization=expand(rules.phases.output.magnetization, n_atoms=PHASES_N[0]),
        steady_state=expand("<results>/steady_state/N{n_atoms}.parquet", n_atoms=PHASES_N[0]),
        totally_mixed="<results>/steady_state/totally_mixed.parquet",
        dicke=expand(rules.phases.output.dicke, n_atoms=PHASES_N[0]),
    output:
        panels("fig04", "a", "b", "c", "d"),
        assembled("fig04"),
    log:
        "<logs>/figures/fig04.log",
    benchmark:
        "<benchmarks>/figures/fig04.tsv"
    conda:
        "../../envs/plotting.yaml"
    threads: 1
    resources:
        mem_mb=500,
        runtime=2,
    params:
        figure="fig04",
        inputs=named_inputs,
    message:
        "Fig. 4"
    shell:
        FIGURE


rule fig5:
    """Fig. 5: collective physics in the phase rho_+."""
    input:
        code=code("figure", "figures/fig05"),
        phases=expand(rules.phases.output.phases, n_atoms=PHASES_N[0]),
        steady_state=expand("<results>/steady_state/N{n_atoms}.parquet", n_atoms=PHASES_N[0]),
        squeezing=expand("<results>/squeezing/N{n_atoms}.parquet", n_atoms=PHASES_N[0]),
    output:
        panels("fig05", "a", "b", "c"),
        assembled("fig05"),
    log:
        "<logs>/figures/fig05.log",
    benchmark:
        "<benchmarks>/figures/fig05.tsv"
    conda:
        "../../envs/plotting.yaml"
    threads: 1
    resources:
        mem_mb=500,
        runtime=2,
    params:
        figure="fig05",
        inputs=named_inputs,
    message:
        "Fig. 5"
    shell:
        FIGURE


rule fig6:
    """Fig. 6: one trajectory switches between the two phases."""
    input:
        code=code("figure", "figures/fig06"),
        trajectory="<results>/trajectories/switching.parquet",
        phases=TRAJECTORY_PHASES,
        dwell_rates="<results>/trajectories/dwell_rates.parquet",
    output:
        panels("fig06", "a", "b", "c", "d", "e", "f"),
        assembled("fig06"),
    log:
        "<logs>/figures/fig06.log",
    benchmark:
        "<benchmarks>/figures/fig06.tsv"
    conda:
        "../../envs/plotting.yaml"
    threads: 1
    resources:
        mem_mb=500,
        runtime=2,
    params:
        figure="fig06",
        inputs=named_inputs,
    message:
        "Fig. 6"
    shell:
        FIGURE


rule fig7:
    """Fig. 7: the transient of the density matrix and of one trajectory."""
    input:
        code=code("figure", "figures/fig07"),
        transient=expand(rules.transient.output.transient, n_atoms=config["dynamics"]["n_atoms"]),
        trajectory="<results>/trajectories/transient.parquet",
        jumps="<results>/trajectories/transient_jumps.parquet",
    output:
        panels("fig07", "a", "b"),
        assembled("fig07"),
    log:
        "<logs>/figures/fig07.log",
    benchmark:
        "<benchmarks>/figures/fig07.tsv"
    conda:
        "../../envs/plotting.yaml"
    threads: 1
    resources:
        mem_mb=500,
        runtime=2,
    params:
        figure="fig07",
        inputs=named_inputs,
    message:
        "Fig. 7"
    shell:
        FIGURE


rule fig8:
    """Fig. 8: preparation of rho_- from singlets (a) and by a quench of the drive (b)."""
    input:
        code=code("figure", "figures/fig08"),
        trajectory=expand(
            "<results>/trajectories/{trajectory}.parquet",
            trajectory=["singlets", "quench"],
        ),
        phases=TRAJECTORY_PHASES,
    output:
        panels("fig08", "a", "b"),
        assembled("fig08"),
    log:
        "<logs>/figures/fig08.log",
    benchmark:
        "<benchmarks>/figures/fig08.tsv"
    conda:
        "../../envs/plotting.yaml"
    threads: 1
    resources:
        mem_mb=500,
        runtime=2,
    params:
        figure="fig08",
        inputs=named_inputs,
    message:
        "Fig. 8"
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


rule fig11:
    """Fig. 11: the two phases in the Dicke block basis."""
    input:
        code=code("figure", "figures/fig11"),
        matrices=expand(rules.phases.output.matrices, n_atoms=PHASES_N[0]),
    output:
        panels("fig11", "left", "right"),
        assembled("fig11"),
    log:
        "<logs>/figures/fig11.log",
    benchmark:
        "<benchmarks>/figures/fig11.tsv"
    conda:
        "../../envs/plotting.yaml"
    threads: 1
    resources:
        mem_mb=500,
        runtime=2,
    params:
        figure="fig11",
        inputs=named_inputs,
    message:
        "Fig. 11"
    shell:
        FIGURE


rule fig12:
    """Fig. 12: the weights of the two phases."""
    input:
        code=code("figure", "figures/fig12"),
        phases=expand(rules.phases.output.phases, n_atoms=PHASES_N),
        weights="<results>/phases/weights.parquet",
        weights_law="<results>/phases/weights_law.parquet",
    output:
        panels("fig12", "a", "b", "c"),
        assembled("fig12"),
    log:
        "<logs>/figures/fig12.log",
    benchmark:
        "<benchmarks>/figures/fig12.tsv"
    conda:
        "../../envs/plotting.yaml"
    threads: 1
    resources:
        mem_mb=500,
        runtime=2,
    params:
        figure="fig12",
        inputs=named_inputs,
    message:
        "Fig. 12"
    shell:
        FIGURE


rule fig13:
    """Fig. 13: counts of individual (a) and collective (b) jumps."""
    input:
        code=code("figure", "figures/fig13"),
        counts="<results>/trajectories/switching_counts.parquet",
        expected_counts="<results>/trajectories/expected_counts.parquet",
    output:
        panels("fig13", "a", "b"),
        assembled("fig13"),
    log:
        "<logs>/figures/fig13.log",
    benchmark:
        "<benchmarks>/figures/fig13.tsv"
    conda:
        "../../envs/plotting.yaml"
    threads: 1
    resources:
        mem_mb=500,
        runtime=2,
    params:
        figure="fig13",
        inputs=named_inputs,
    message:
        "Fig. 13"
    shell:
        FIGURE


rule fig14:
    """Fig. 14: individual jumps in a switch between the two phases."""
    input:
        code=code("figure", "figures/fig14"),
        zoom="<results>/trajectories/switching_zoom.parquet",
        jumps="<results>/trajectories/switching_jumps.parquet",
        phases=TRAJECTORY_PHASES,
    output:
        panels("fig14", "a", "b"),
        assembled("fig14"),
    log:
        "<logs>/figures/fig14.log",
    benchmark:
        "<benchmarks>/figures/fig14.tsv"
    conda:
        "../../envs/plotting.yaml"
    threads: 1
    resources:
        mem_mb=500,
        runtime=2,
    params:
        figure="fig14",
        inputs=named_inputs,
    message:
        "Fig. 14"
    shell:
        FIGURE


FIGURES += rules.fig1.output
FIGURES += rules.fig2.output
FIGURES += rules.fig3.output
FIGURES += rules.fig4.output
FIGURES += rules.fig5.output
FIGURES += rules.fig6.output
FIGURES += rules.fig7.output
FIGURES += rules.fig8.output
FIGURES += rules.fig9.output
FIGURES += rules.fig10.output
FIGURES += rules.fig11.output
FIGURES += rules.fig12.output
FIGURES += rules.fig13.output
FIGURES += rules.fig14.output
