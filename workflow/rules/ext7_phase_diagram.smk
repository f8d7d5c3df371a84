"""Beyond the paper: where the model is bistable, where it switches, and how fast. Fig. ext7."""

DIAGRAM = config["phase_diagram"]


use rule study as phase_diagram_map with:
    """The gap of one N over gamma_c / gamma_s and drive."""
    input:
        code=code_of("phase_diagram.phase_diagram_map"),
    output:
        map="<results>/phase_diagram/map.parquet",
    log:
        "<logs>/phase_diagram/map.log",
    benchmark:
        "<benchmarks>/phase_diagram/map.tsv"
    params:
        **study("phase_diagram.phase_diagram_map"),
    message:
        "The gap over gamma_c / gamma_s and drive"


use rule study as phase_diagram with:
    """Edges of the bistable region and critical point over gamma_c / gamma_s and N."""
    input:
        code=code_of("phase_diagram.phase_diagram"),
    output:
        boundaries="<results>/phase_diagram/boundaries.parquet",
        plane="<results>/phase_diagram/plane.parquet",
        experiments="<results>/phase_diagram/experiments.parquet",
    log:
        "<logs>/phase_diagram/phase_diagram.log",
    benchmark:
        "<benchmarks>/phase_diagram/phase_diagram.tsv"
    params:
        **study("phase_diagram.phase_diagram"),
    message:
        "Edges and critical points"


use rule study as phase_diagram_sizes with:
    """Edges, critical point by two criteria and gap of the adiabatic chain against N."""
    input:
        code=code_of("phase_diagram.phase_diagram_sizes"),
        critical_point="<results>/critical_point/critical_point.parquet",
    output:
        sizes="<results>/phase_diagram/sizes.parquet",
        chain="<results>/phase_diagram/chain.parquet",
    log:
        "<logs>/phase_diagram/sizes.log",
    benchmark:
        "<benchmarks>/phase_diagram/sizes.tsv"
    params:
        **study("phase_diagram.phase_diagram_sizes"),
    message:
        "Edges, critical point and gap against N"


use rule study as phase_diagram_validation with:
    """The gap at several gamma_c / gamma_s against complete spectra."""
    input:
        code=code_of("phase_diagram.phase_diagram_validation"),
    output:
        validation="<results>/phase_diagram/validation.parquet",
    log:
        "<logs>/phase_diagram/validation.log",
    benchmark:
        "<benchmarks>/phase_diagram/validation.tsv"
    params:
        **study("phase_diagram.phase_diagram_validation"),
    message:
        "Validation: the gap at several gamma_c / gamma_s"


EXTENSION_DATA += rules.phase_diagram_map.output
EXTENSION_DATA += rules.phase_diagram.output
EXTENSION_DATA += rules.phase_diagram_sizes.output
EXTENSION_DATA += rules.phase_diagram_validation.output
DRAWINGS["ext7"] = dict(
    title="phase diagram",
    panels="abcd",
    tables=dict(
        map="<results>/phase_diagram/map.parquet",
        boundaries="<results>/phase_diagram/boundaries.parquet",
        plane="<results>/phase_diagram/plane.parquet",
        sizes="<results>/phase_diagram/sizes.parquet",
        chain="<results>/phase_diagram/chain.parquet",
        experiments="<results>/phase_diagram/experiments.parquet",
    ),
)
