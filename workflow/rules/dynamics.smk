"""rho(t) of the master equation: Fig. 7."""


use rule study as transient with:
    """rho(t) of N atoms from all atoms down."""
    input:
        code=code_of("dynamics.transient"),
    output:
        transient="<results>/dynamics/transient_N{n_atoms}.parquet",
    pathvars:
        job="dynamics/transient_N{n_atoms}",
    params:
        **study("dynamics.transient"),


DATA += expand(rules.transient.output, n_atoms=config["dynamics"]["n_atoms"])
