"""Beyond the paper: the gap against N and drive, as far as eigenvalues go and beyond. Fig. ext3."""

SCALING = config["gap_scaling"]


use rule study as gap_scaling with:
    """The gap of one N at the fixed drive and at its critical point: eigenvalue, flow, approximations."""
    input:
        code=code_of("gap_scaling.gap_scaling"),
    output:
        gap="<results>/gap_scaling/N{n_atoms}.parquet",
    pathvars:
        job="gap_scaling/N{n_atoms}",
    resources:
        mem_mb=lambda wildcards: slow_mode_mb(int(wildcards.n_atoms)),
        runtime=10,
    params:
        **study("gap_scaling.gap_scaling"),


use rule study as gap_scaling_map with:
    """The gap over number of atoms and drive, with the edges of the bistable region."""
    input:
        code=code_of("gap_scaling.gap_scaling_map"),
    output:
        map="<results>/gap_scaling/map.parquet",
        edges="<results>/gap_scaling/edges.parquet",
    pathvars:
        job="gap_scaling/map",
    resources:
        mem_mb=slow_mode_mb(max(SCALING["map"]["n_atoms"])),
        runtime=10,
    params:
        **study("gap_scaling.gap_scaling_map"),


use rule study as gap_scaling_chains with:
    """Birth-death chains and the closed law to thousands of atoms, rates per atom against drive."""
    input:
        code=code_of("gap_scaling.gap_scaling_chains"),
    output:
        chains="<results>/gap_scaling/chains.parquet",
        rates="<results>/gap_scaling/rates.parquet",
    pathvars:
        job="gap_scaling/chains",
    resources:
        mem_mb=600,
        runtime=10,
    params:
        **study("gap_scaling.gap_scaling_chains"),


use rule study as gap_scaling_slopes with:
    """Local slope of the gap against N, and of either rate of leaving a phase."""
    input:
        code=code_of("gap_scaling.gap_scaling_slopes"),
        gap=expand(rules.gap_scaling.output.gap, n_atoms=SCALING["n_atoms"]),
    output:
        slopes="<results>/gap_scaling/slopes.parquet",
    pathvars:
        job="gap_scaling/slopes",
    params:
        **study("gap_scaling.gap_scaling_slopes"),


use rule study as gap_scaling_validation with:
    """Rates of leaving a phase between thresholds of j, and the approximations at other gamma_c / gamma_s."""
    input:
        code=code_of("gap_scaling.gap_scaling_validation"),
    output:
        first_passage="<results>/gap_scaling/first_passage.parquet",
        ratios="<results>/gap_scaling/ratios.parquet",
    pathvars:
        job="gap_scaling/validation",
    resources:
        mem_mb=700,
        runtime=10,
    params:
        **study("gap_scaling.gap_scaling_validation"),


EXTENSION_DATA += expand(rules.gap_scaling.output, n_atoms=SCALING["n_atoms"])
EXTENSION_DATA += rules.gap_scaling_map.output
EXTENSION_DATA += rules.gap_scaling_chains.output
EXTENSION_DATA += rules.gap_scaling_slopes.output
EXTENSION_DATA += rules.gap_scaling_validation.output
DRAWINGS["ext3"] = drawing(
    "the gap against N and drive, and how fast it closes",
    "abcde",
    gap=expand(rules.gap_scaling.output.gap, n_atoms=SCALING["n_atoms"]),
    chains="<results>/gap_scaling/chains.parquet",
    slopes="<results>/gap_scaling/slopes.parquet",
    map="<results>/gap_scaling/map.parquet",
    edges="<results>/gap_scaling/edges.parquet",
    rates="<results>/gap_scaling/rates.parquet",
)
