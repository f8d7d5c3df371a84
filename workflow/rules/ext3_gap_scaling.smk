"""Beyond the paper: the gap against N and drive, as far as eigenvalues go and beyond. Fig. ext3."""

SCALING = config["gap_scaling"]


rule gap_scaling:
    """The gap of one N at the fixed drive and at its critical point: eigenvalue, flow, approximations."""
    input:
        code=code("gap_scaling"),
    output:
        gap="<results>/gap_scaling/N{n_atoms}.parquet",
    log:
        "<logs>/gap_scaling/N{n_atoms}.log",
    benchmark:
        "<benchmarks>/gap_scaling/N{n_atoms}.tsv"
    conda:
        "../../envs/physics.yaml"
    threads: 1
    resources:
        mem_mb=lambda wildcards: slow_mode_mb(int(wildcards.n_atoms)),
        runtime=10,
    params:
        parameters=lambda wildcards: parameters(
            rates=config["rates"],
            n_atoms=int(wildcards.n_atoms),
            drive=SCALING["drive"],
            critical=SCALING["critical"]["first"] <= int(wildcards.n_atoms) <= SCALING["critical"]["last"],
        ),
        inputs=named_inputs,
        outputs=named_outputs,
    message:
        "The gap, N = {wildcards.n_atoms}"
    shell:
        STUDY


rule gap_scaling_map:
    """The gap over number of atoms and drive, with the edges of the bistable region."""
    input:
        code=code("gap_scaling_map"),
    output:
        map="<results>/gap_scaling/map.parquet",
        edges="<results>/gap_scaling/edges.parquet",
    log:
        "<logs>/gap_scaling/map.log",
    benchmark:
        "<benchmarks>/gap_scaling/map.tsv"
    conda:
        "../../envs/physics.yaml"
    threads: 1
    resources:
        mem_mb=slow_mode_mb(max(SCALING["map"]["n_atoms"])),
        runtime=10,
    params:
        parameters=parameters(rates=config["rates"], **SCALING["map"]),
        inputs=named_inputs,
        outputs=named_outputs,
    message:
        "The gap over number of atoms and drive"
    shell:
        STUDY


rule gap_scaling_chains:
    """Birth-death chains and the closed law to thousands of atoms, rates per atom against drive."""
    input:
        code=code("gap_scaling_chains"),
    output:
        chains="<results>/gap_scaling/chains.parquet",
        rates="<results>/gap_scaling/rates.parquet",
    log:
        "<logs>/gap_scaling/chains.log",
    benchmark:
        "<benchmarks>/gap_scaling/chains.tsv"
    conda:
        "../../envs/physics.yaml"
    threads: 1
    resources:
        mem_mb=600,
        runtime=10,
    params:
        parameters=parameters(rates=config["rates"], drive=SCALING["drive"], **SCALING["chains"]),
        inputs=named_inputs,
        outputs=named_outputs,
    message:
        "The gap of the chains in j and k"
    shell:
        STUDY


rule gap_scaling_slopes:
    """Local slope of the gap against N, and of either rate of leaving a phase."""
    input:
        code=code("gap_scaling_slopes"),
        gap=expand(rules.gap_scaling.output.gap, n_atoms=SCALING["n_atoms"]),
    output:
        slopes="<results>/gap_scaling/slopes.parquet",
    log:
        "<logs>/gap_scaling/slopes.log",
    benchmark:
        "<benchmarks>/gap_scaling/slopes.tsv"
    conda:
        "../../envs/physics.yaml"
    threads: 1
    resources:
        mem_mb=400,
        runtime=5,
    params:
        parameters=parameters(rates=config["rates"], drive=SCALING["drive"], **SCALING["slopes"]),
        inputs=named_inputs,
        outputs=named_outputs,
    message:
        "Local slope of the gap"
    shell:
        STUDY


rule gap_scaling_validation:
    """Rates of leaving a phase between thresholds of j, and the approximations at other gamma_c / gamma_s."""
    input:
        code=code("gap_scaling_validation"),
    output:
        first_passage="<results>/gap_scaling/first_passage.parquet",
        ratios="<results>/gap_scaling/ratios.parquet",
    log:
        "<logs>/gap_scaling/validation.log",
    benchmark:
        "<benchmarks>/gap_scaling/validation.tsv"
    conda:
        "../../envs/physics.yaml"
    threads: 1
    resources:
        mem_mb=700,
        runtime=10,
    params:
        parameters=parameters(rates=config["rates"], drive=SCALING["drive"], **SCALING["validation"]),
        inputs=named_inputs,
        outputs=named_outputs,
    message:
        "Validation: scaling of the gap"
    shell:
        STUDY


rule ext3:
    """Fig. ext3: the gap against N and drive, and how fast it closes."""
    input:
        code=code("figure", "figures/ext3"),
        gap=expand(rules.gap_scaling.output.gap, n_atoms=SCALING["n_atoms"]),
        chains="<results>/gap_scaling/chains.parquet",
        slopes="<results>/gap_scaling/slopes.parquet",
        map="<results>/gap_scaling/map.parquet",
        edges="<results>/gap_scaling/edges.parquet",
        rates="<results>/gap_scaling/rates.parquet",
    output:
        panels("ext3", "a", "b", "c", "d", "e"),
        assembled("ext3"),
    log:
        "<logs>/figures/ext3.log",
    benchmark:
        "<benchmarks>/figures/ext3.tsv"
    conda:
        "../../envs/plotting.yaml"
    threads: 1
    resources:
        mem_mb=500,
        runtime=2,
    params:
        figure="ext3",
        inputs=named_inputs,
    message:
        "Fig. ext3"
    shell:
        FIGURE


EXTENSION_DATA += expand(rules.gap_scaling.output, n_atoms=SCALING["n_atoms"])
EXTENSION_DATA += rules.gap_scaling_map.output
EXTENSION_DATA += rules.gap_scaling_chains.output
EXTENSION_DATA += rules.gap_scaling_slopes.output
EXTENSION_DATA += rules.gap_scaling_validation.output
EXTENSION_FIGURES += rules.ext3.output
