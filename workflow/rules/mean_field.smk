"""Mean field: Figs. 1(b), 2(a) and 9."""


use rule study as mean_field with:
    """Mean-field branches with their stability, the edges of bistability, and relaxation."""
    input:
        code=code_of("mean_field.mean_field"),
    output:
        branches="<results>/mean_field/branches.parquet",
        edges="<results>/mean_field/edges.parquet",
        relaxation="<results>/mean_field/relaxation.parquet",
        dicke="<results>/mean_field/dicke.parquet",
    pathvars:
        job="mean_field/mean_field",
    params:
        **study("mean_field.mean_field"),


use rule study as mean_field_branches with:
    """Mean-field branches at the rates of N atoms."""
    input:
        code=code_of("mean_field.mean_field_branches"),
    output:
        branches="<results>/mean_field/branches_N{n_atoms}.parquet",
    pathvars:
        job="mean_field/branches_N{n_atoms}",
    params:
        **study("mean_field.mean_field_branches"),


DATA += rules.mean_field.output
DATA += expand(rules.mean_field_branches.output, n_atoms=config["steady_state"]["n_atoms"])
