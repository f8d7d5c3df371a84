"""One rule per figure: its panels as files of their own, and the assembled figure.

Every figure is drawn in the same way from its own tables; those of the figures beyond the paper are named in their files.
"""

DRAWINGS["fig1"] = drawing(
    "the model (a) and its mean field (b)",
    "ab",
    branches="<results>/mean_field/branches.parquet",
    dicke="<results>/mean_field/dicke.parquet",
)
DRAWINGS["fig2"] = drawing(
    "the first-order transition in the exact steady state",
    "abcdef",
    steady_state=expand("<results>/steady_state/N{n_atoms}.parquet", n_atoms=STEADY_STATE_N),
    magnetization=expand(rules.magnetization.output.magnetization, n_atoms=STEADY_STATE_N[-1]),
    mean_field_magnetization=expand(rules.magnetization.output.mean_field_magnetization, n_atoms=STEADY_STATE_N[-1]),
    totally_mixed="<results>/steady_state/totally_mixed.parquet",
    branches=expand("<results>/mean_field/branches_N{n_atoms}.parquet", n_atoms=STEADY_STATE_N),
    squeezing=expand("<results>/squeezing/N{n_atoms}.parquet", n_atoms=STEADY_STATE_N),
)
DRAWINGS["fig3"] = drawing(
    "the Liouvillian gap against the number of atoms",
    [""],
    gap="<results>/liouvillian_gap/gap.parquet",
    relaxation="<results>/liouvillian_gap/relaxation.parquet",
    law="<results>/liouvillian_gap/law.parquet",
)
DRAWINGS["fig4"] = drawing(
    "the steady state as a mixture of two phases",
    "abcd",
    phases=expand(rules.phases.output.phases, n_atoms=PHASES_N[0]),
    branches=expand("<results>/mean_field/branches_N{n_atoms}.parquet", n_atoms=PHASES_N[0]),
    magnetization=expand(rules.phases.output.magnetization, n_atoms=PHASES_N[0]),
    steady_state=expand("<results>/steady_state/N{n_atoms}.parquet", n_atoms=PHASES_N[0]),
    totally_mixed="<results>/steady_state/totally_mixed.parquet",
    dicke=expand(rules.phases.output.dicke, n_atoms=PHASES_N[0]),
)
DRAWINGS["fig5"] = drawing(
    "collective physics in the phase rho_+",
    "abc",
    phases=expand(rules.phases.output.phases, n_atoms=PHASES_N[0]),
    steady_state=expand("<results>/steady_state/N{n_atoms}.parquet", n_atoms=PHASES_N[0]),
    squeezing=expand("<results>/squeezing/N{n_atoms}.parquet", n_atoms=PHASES_N[0]),
)
DRAWINGS["fig6"] = drawing(
    "one trajectory switches between the two phases",
    "abcdef",
    trajectory="<results>/trajectories/switching.parquet",
    phases=TRAJECTORY_PHASES,
    dwell_rates="<results>/trajectories/dwell_rates.parquet",
)
DRAWINGS["fig7"] = drawing(
    "the transient of the density matrix and of one trajectory",
    "ab",
    transient=expand(rules.transient.output.transient, n_atoms=config["dynamics"]["n_atoms"]),
    trajectory="<results>/trajectories/transient.parquet",
    jumps="<results>/trajectories/transient_jumps.parquet",
)
DRAWINGS["fig8"] = drawing(
    "preparation of rho_- from singlets (a) and by a quench of the drive (b)",
    "ab",
    trajectory=expand(
        "<results>/trajectories/{trajectory}.parquet",
        trajectory=["singlets", "quench"],
    ),
    phases=TRAJECTORY_PHASES,
)
DRAWINGS["fig9"] = drawing(
    "mean-field relaxation (a), branches (b) and stability (c)",
    "abc",
    branches="<results>/mean_field/branches.parquet",
    relaxation="<results>/mean_field/relaxation.parquet",
)
DRAWINGS["fig10"] = drawing(
    "the critical point against N",
    [""],
    critical_point="<results>/critical_point/critical_point.parquet",
    fit="<results>/critical_point/fit.parquet",
    fit_curve="<results>/critical_point/fit_curve.parquet",
)
DRAWINGS["fig11"] = drawing(
    "the two phases in the Dicke block basis",
    ["left", "right"],
    matrices=expand(rules.phases.output.matrices, n_atoms=PHASES_N[0]),
)
DRAWINGS["fig12"] = drawing(
    "the weights of the two phases",
    "abc",
    phases=expand(rules.phases.output.phases, n_atoms=PHASES_N),
    weights="<results>/phases/weights.parquet",
    weights_law="<results>/phases/weights_law.parquet",
)
DRAWINGS["fig13"] = drawing(
    "counts of individual (a) and collective (b) jumps",
    "ab",
    counts="<results>/trajectories/switching_counts.parquet",
    expected_counts="<results>/trajectories/expected_counts.parquet",
)
DRAWINGS["fig14"] = drawing(
    "individual jumps in a switch between the two phases",
    "ab",
    zoom="<results>/trajectories/switching_zoom.parquet",
    jumps="<results>/trajectories/switching_jumps.parquet",
    phases=TRAJECTORY_PHASES,
)


for figure, drawing in DRAWINGS.items():
    name = name_of(figure)
    files = pictures(name, drawing["panels"])

    rule:
        """A figure: every panel as a file of its own, and all of them assembled; its caption tells what is shown."""
        name:
            figure
        input:
            **drawing["tables"],
            code=code("figure", f"driven_dicke.figures.{name}"),
        output:
            files,
        log:
            f"<logs>/figures/{name}.log",
        benchmark:
            f"<benchmarks>/figures/{name}.tsv"
        conda:
            "../../envs/plotting.yaml"
        threads: 1
        resources:
            mem_mb=500,
            runtime=2,
        params:
            figure=name,
            inputs=named_inputs,
        message:
            f"Fig. {figure.removeprefix('fig')}: {drawing['title']}"
        shell:
            "python {input.code[0]:q} {params.figure} --inputs {params.inputs:q} --outputs {output:q}"
            " --expected {params.expected:q} --log {log:q}"

    if figure.startswith("fig"):
        FIGURES += files
    else:
        EXTENSION_FIGURES += files
