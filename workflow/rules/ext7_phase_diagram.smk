"""Beyond the paper: where the model is bistable, where it switches, and how fast. Fig. ext7."""

DIAGRAM = config["phase_diagram"]


use rule study as phase_diagram_map with:
    """The gap of one N over gamma_c / gamma_s and drive."""
    input:
        code=code_of("phase_diagram.phase_diagram_map"),
    output:
        map="<results>/phase_diagram/map.parquet",
    pathvars:
        job="phase_diagram/map",
    params:
        **study("phase_diagram.phase_diagram_map"),


use rule study as phase_diagram with:
    """Edges of the bistable region and critical point over gamma_c / gamma_s and N."""
    input:
        code=code_of("phase_diagram.phase_diagram"),
    output:
        boundaries="<results>/phase_diagram/boundaries.parquet",
        plane="<results>/phase_diagram/plane.parquet",
        experiments="<results>/phase_diagram/experiments.parquet",
    pathvars:
        job="phase_diagram/phase_diagram",
    params:
        **study("phase_diagram.phase_diagram"),


use rule study as phase_diagram_sizes with:
    """Edges, critical point by two criteria and gap of the adiabatic chain against N."""
    input:
        code=code_of("phase_diagram.phase_diagram_sizes"),
        critical_point="<results>/critical_point/critical_point.parquet",
    output:
        sizes="<results>/phase_diagram/sizes.parquet",
        chain="<results>/phase_diagram/chain.parquet",
    pathvars:
        job="phase_diagram/sizes",
    params:
        **study("phase_diagram.phase_diagram_sizes"),


use rule study as phase_diagram_validation with:
    """The gap at several gamma_c / gamma_s against complete spectra."""
    input:
        code=code_of("phase_diagram.phase_diagram_validation"),
    output:
        validation="<results>/phase_diagram/validation.parquet",
    pathvars:
        job="phase_diagram/validation",
    params:
        **study("phase_diagram.phase_diagram_validation"),


EXTENSION_DATA += rules.phase_diagram_map.output
EXTENSION_DATA += rules.phase_diagram.output
EXTENSION_DATA += rules.phase_diagram_sizes.output
EXTENSION_DATA += rules.phase_diagram_validation.output
DRAWINGS["ext7"] = drawing(
    "phase diagram",
    "abcd",
    map="<results>/phase_diagram/map.parquet",
    boundaries="<results>/phase_diagram/boundaries.parquet",
    plane="<results>/phase_diagram/plane.parquet",
    sizes="<results>/phase_diagram/sizes.parquet",
    chain="<results>/phase_diagram/chain.parquet",
    experiments="<results>/phase_diagram/experiments.parquet",
)
