"""Beyond the paper: where the model is bistable, where it switches, and how fast. Fig. ext7."""

DIAGRAM = config["phase_diagram"]


rule phase_diagram_map:
    """The gap of one N over gamma_c / gamma_s and drive."""
    input:
        code=code("phase_diagram_map"),
    output:
        map="<results>/phase_diagram/map.parquet",
    log:
        "<logs>/phase_diagram/map.log",
    benchmark:
        "<benchmarks>/phase_diagram/map.tsv"
    conda:
        "../../envs/physics.yaml"
    threads: 1
    resources:
        mem_mb=500,
        runtime=5,
    params:
        parameters=parameters(n_atoms=DIAGRAM["experiments"]["tweezer_array"]["n_atoms"], **DIAGRAM["map"]),
        inputs=named_inputs,
        outputs=named_outputs,
    message:
        "The gap over gamma_c / gamma_s and drive"
    shell:
        STUDY


rule phase_diagram:
    """Edges of the bistable region and critical point over gamma_c / gamma_s and N."""
    input:
        code=code("phase_diagram"),
    output:
        boundaries="<results>/phase_diagram/boundaries.parquet",
        plane="<results>/phase_diagram/plane.parquet",
        experiments="<results>/phase_diagram/experiments.parquet",
    log:
        "<logs>/phase_diagram/phase_diagram.log",
    benchmark:
        "<benchmarks>/phase_diagram/phase_diagram.tsv"
    conda:
        "../../envs/physics.yaml"
    threads: 1
    resources:
        mem_mb=500,
        runtime=5,
    params:
        parameters=parameters(
            largest_rate_ratio=DIAGRAM["largest_rate_ratio"],
            experiments=DIAGRAM["experiments"],
            curves=DIAGRAM["curves"],
            plane=DIAGRAM["plane"],
        ),
        inputs=named_inputs,
        outputs=named_outputs,
    message:
        "Edges and critical points"
    shell:
        STUDY


rule phase_diagram_sizes:
    """Edges, critical point by two criteria and gap of the adiabatic chain against N."""
    input:
        code=code("phase_diagram_sizes"),
        critical_point="<results>/critical_point/critical_point.parquet",
    output:
        sizes="<results>/phase_diagram/sizes.parquet",
        chain="<results>/phase_diagram/chain.parquet",
    log:
        "<logs>/phase_diagram/sizes.log",
    benchmark:
        "<benchmarks>/phase_diagram/sizes.tsv"
    conda:
        "../../envs/physics.yaml"
    threads: 1
    resources:
        mem_mb=500,
        runtime=5,
    params:
        parameters=parameters(rates=config["rates"], chain=DIAGRAM["chain"]),
        inputs=named_inputs,
        outputs=named_outputs,
    message:
        "Edges, critical point and gap against N"
    shell:
        STUDY


rule phase_diagram_validation:
    """The gap at several gamma_c / gamma_s against complete spectra."""
    input:
        code=code("phase_diagram_validation"),
    output:
        validation="<results>/phase_diagram/validation.parquet",
    log:
        "<logs>/phase_diagram/validation.log",
    benchmark:
        "<benchmarks>/phase_diagram/validation.tsv"
    conda:
        "../../envs/physics.yaml"
    threads: 1
    resources:
        mem_mb=500,
        runtime=5,
    params:
        parameters=parameters(**DIAGRAM["validation"]),
        inputs=named_inputs,
        outputs=named_outputs,
    message:
        "Validation: the gap at several gamma_c / gamma_s"
    shell:
        STUDY


rule ext7:
    """Fig. ext7: phase diagram."""
    input:
        code=code("figure", "figures/ext7"),
        map="<results>/phase_diagram/map.parquet",
        boundaries="<results>/phase_diagram/boundaries.parquet",
        plane="<results>/phase_diagram/plane.parquet",
        sizes="<results>/phase_diagram/sizes.parquet",
        chain="<results>/phase_diagram/chain.parquet",
        experiments="<results>/phase_diagram/experiments.parquet",
    output:
        panels("ext7", "a", "b", "c", "d"),
        assembled("ext7"),
    log:
        "<logs>/figures/ext7.log",
    benchmark:
        "<benchmarks>/figures/ext7.tsv"
    conda:
        "../../envs/plotting.yaml"
    threads: 1
    resources:
        mem_mb=500,
        runtime=2,
    params:
        figure="ext7",
        inputs=named_inputs,
    message:
        "Fig. ext7"
    shell:
        FIGURE


EXTENSION_DATA += rules.phase_diagram_map.output
EXTENSION_DATA += rules.phase_diagram.output
EXTENSION_DATA += rules.phase_diagram_sizes.output
EXTENSION_DATA += rules.phase_diagram_validation.output
EXTENSION_FIGURES += rules.ext7.output
