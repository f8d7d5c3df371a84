"""Numbers in double precision against balls that are proven to hold them: validation of Figs. 2, 10, ext1 and ext2."""


use rule study as proven_digits with:
    """Every number of Figs. 2 and 10 against a proven ball, and the constants of the limit."""
    input:
        code=code_of("proven_digits.proven_digits"),
        steady_state=expand(rules.steady_state.output.steady_state, n_atoms=STEADY_STATE_N),
        magnetization=f"<results>/steady_state/magnetization_N{STEADY_STATE_N[-1]}.parquet",
        critical_point=rules.critical_point.output.critical_point,
    output:
        proven_digits="<results>/proven_digits/figures.parquet",
        constants="<results>/proven_digits/constants.parquet",
    pathvars:
        job="proven_digits/figures",
    params:
        **study("proven_digits.proven_digits"),


use rule study as proven_digits_extensions with:
    """Every number of the closed form in Figs. ext1 and ext2 against a proven ball."""
    input:
        code=code_of("proven_digits.proven_digits_extensions"),
        equal_weights="<results>/critical_point_limit/equal_weights.parquet",
        curves="<results>/sharpening/curves.parquet",
    output:
        proven_digits="<results>/proven_digits/extensions.parquet",
    pathvars:
        job="proven_digits/extensions",
    params:
        **study("proven_digits.proven_digits_extensions"),


DATA += rules.proven_digits.output
EXTENSION_DATA += rules.proven_digits_extensions.output
