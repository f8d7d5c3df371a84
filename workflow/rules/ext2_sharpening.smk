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
    pathvars:
        job="sharpening/sharpening",
    params:
        **study("sharpening.sharpening"),


EXTENSION_DATA += rules.sharpening.output
DRAWINGS["ext2"] = drawing(
    "the transition sharpens",
    "abcdef",
    curves="<results>/sharpening/curves.parquet",
    limit="<results>/sharpening/limit.parquet",
    transition="<results>/sharpening/transition.parquet",
)
