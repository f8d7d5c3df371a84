"""Beyond the paper: the gap against N and drive, as far as eigenvalues go and beyond. Fig. ext3."""

SCALING = config["gap_scaling"]


use rule study as gap_scaling with:
    """The gap of one N at the fixed drive and at its critical point: eigenvalue, flow, approximations."""
    input:
        code=code_of("gap_scaling.gap_scaling"),
    output:
        gap="<results>/gap_scaling/N{n_atoms}.parquet",
    log:
        "<logs>/gap_scaling/N{n_atoms}.log",
    benchmark:
        "<benchmarks>/gap_scaling/N{n_atoms}.tsv"
    resources:
        mem_mb=lambda wildcards: slow_mode_mb(int(wildcards.n_atoms)),
        runtime=10,
    params:
        **study("gap_scaling.gap_scaling"),
    message:
        "The gap, N = {wildcards.n_atoms}"


use rule study as gap_scaling_map with:
    """The gap over number of atoms and drive, with the edges of the bistable region."""
    input:
        code=code_of("gap_scaling.gap_scaling_map"),
    output:
        map="<results>/gap_scaling/map.parquet",
        edges="<results>/gap_scaling/edges.parquet",
    log:
        "<logs>/gap_scaling/map.log",
    benchmark:
        "<benchmarks>/gap_scaling/map.tsv"
    resources:
        mem_mb=slow_mode_mb(max(SCALING["map"]["n_atoms"])),
        runtime=10,
    params:
        **study("gap_scaling.gap_scaling_map"),
    message:
        "The gap over number of atoms and drive"


use rule study as gap_scaling_chains with:
    """Birth-death chains and the closed law to thousands of atoms, rates per atom against drive."""
    input:
        code=code_of("gap_scaling.gap_scaling_chains"),
    output:
        chains="<results>/gap_scaling/chains.parquet",
        rates="<results>/gap_scaling/rates.parquet",
    log:
        "<logs>/gap_scaling/chains.log",
    benchmark:
        "<benchmarks>/gap_scaling/chains.tsv"
    resources:
        mem_mb=600,
        runtime=10,
    params:
        **study("gap_scaling.gap_scaling_chains"),
    message:
        "The gap of the chains in j and k"


use rule study as gap_scaling_slopes with:
    """Local slope of the gap against N, and of either rate of leaving a phase."""
    input:
        code=code_of("gap_scaling.gap_scaling_slopes"),
        gap=expand(rules.gap_scaling.output.gap, n_atoms=SCALING["n_atoms"]),
    output:
        slopes="<results>/gap_scaling/slopes.parquet",
    log:
        "<logs>/gap_scaling/slopes.log",
    benchmark:
        "<benchmarks>/gap_scaling/slopes.tsv"
    params:
        **study("gap_scaling.gap_scaling_slopes"),
    message:
        "Local slope of the gap"


use rule study as gap_scaling_validation with:
    """Rates of leaving a phase between thresholds of j, and the approximations at other gamma_c / gamma_s."""
    input:
        code=code_of("gap_scaling.gap_scaling_validation"),
    output:
        first_passage="<results>/gap_scaling/first_passage.parquet",
        ratios="<results>/gap_scaling/ratios.parquet",
    log:
        "<logs>/gap_scaling/validation.log",
    benchmark:
        "<benchmarks>/gap_scaling/validation.tsv"
    resources:
        mem_mb=700,
        runtime=10,
    params:
        **study("gap_scaling.gap_scaling_validation"),
    message:
        "Validation: scaling of the gap"


EXTENSION_DATA += expand(rules.gap_scaling.output, n_atoms=SCALING["n_atoms"])
EXTENSION_DATA += rules.gap_scaling_map.output
EXTENSION_DATA += rules.gap_scaling_chains.output
EXTENSION_DATA += rules.gap_scaling_slopes.output
EXTENSION_DATA += rules.gap_scaling_validation.output
DRAWINGS["ext3"] = dict(
    title="the gap against N and drive, and how fast it closes",
    panels="abcde",
    tables=dict(
        gap=expand(rules.gap_scaling.output.gap, n_atoms=SCALING["n_atoms"]),
        chains="<results>/gap_scaling/chains.parquet",
        slopes="<results>/gap_scaling/slopes.parquet",
        map="<results>/gap_scaling/map.parquet",
        edges="<results>/gap_scaling/edges.parquet",
        rates="<results>/gap_scaling/rates.parquet",
    ),
)
