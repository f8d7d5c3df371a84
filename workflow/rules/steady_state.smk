"""Exact steady state and analytic squeezing: Fig. 2."""

STEADY_STATE_N = config["steady_state"]["n_atoms"]


use rule study as steady_state with:
    """Exact steady state of N atoms against drive, certified."""
    input:
        code=code_of("steady_state.steady_state"),
    output:
        steady_state="<results>/steady_state/N{n_atoms}.parquet",
    pathvars:
        job="steady_state/N{n_atoms}",
    params:
        **study("steady_state.steady_state"),


use rule study as magnetization with:
    """Distribution of S_z of N atoms at their critical point, and the mean field's values there."""
    input:
        code=code_of("steady_state.magnetization"),
    output:
        magnetization="<results>/steady_state/magnetization_N{n_atoms}.parquet",
        mean_field_magnetization="<results>/steady_state/mean_field_magnetization_N{n_atoms}.parquet",
    pathvars:
        job="steady_state/magnetization_N{n_atoms}",
    params:
        **study("steady_state.magnetization"),


use rule study as totally_mixed with:
    """Observables of the totally mixed state, Eqs. (D3)."""
    input:
        code=code_of("steady_state.totally_mixed"),
    output:
        totally_mixed="<results>/steady_state/totally_mixed.parquet",
    pathvars:
        job="steady_state/totally_mixed",
    params:
        **study("steady_state.totally_mixed"),


use rule study as squeezing with:
    """Analytic spin squeezing of N atoms, Eq. (7)."""
    input:
        code=code_of("squeezing.squeezing"),
    output:
        squeezing="<results>/squeezing/N{n_atoms}.parquet",
    pathvars:
        job="squeezing/N{n_atoms}",
    params:
        **study("squeezing.squeezing"),


DATA += expand(rules.steady_state.output, n_atoms=STEADY_STATE_N)
DATA += expand(rules.magnetization.output, n_atoms=STEADY_STATE_N[-1])
DATA += expand(rules.squeezing.output, n_atoms=STEADY_STATE_N)
DATA += rules.totally_mixed.output
