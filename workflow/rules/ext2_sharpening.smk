"""Beyond the paper, Fig. ext2: the transition sharpens with the number of atoms."""


use rule study as sharpening with:
    """Exact steady states against drive up to 10^5 atoms, their limit, and the width of the transition."""
    input:
        code=code_of("sharpening.sharpening"),
    output:
        curves="<results>/sharpening/curves.parquet",
        limit="<results>/sharpening/limit.parquet",
        transition="<results>/sharpening/transition.parquet",
        validation="<results>/sharpening/validation.parquet",
    log:
        "<logs>/sharpening/sharpening.log",
    benchmark:
        "<benchmarks>/sharpening/sharpening.tsv"
    params:
        **study("sharpening.sharpening"),
    message:
        "The transition sharpens"


EXTENSION_DATA += rules.sharpening.output
DRAWINGS["ext2"] = dict(
    title="the transition sharpens",
    panels="abcdef",
    tables=dict(
        curves="<results>/sharpening/curves.parquet",
        limit="<results>/sharpening/limit.parquet",
        transition="<results>/sharpening/transition.parquet",
    ),
)
