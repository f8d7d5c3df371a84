"""Liouvillian gap against N, and independent ways to it: Fig. 3."""

GAP = config["liouvillian_gap"]


use rule study as liouvillian_gap with:
    """Liouvillian gap of every N from its eigenvalue and from the relaxation of <S_z>, with an exponential law."""
    input:
        code=code_of("liouvillian_gap.liouvillian_gap"),
    output:
        gap="<results>/liouvillian_gap/gap.parquet",
        relaxation="<results>/liouvillian_gap/relaxation.parquet",
        law="<results>/liouvillian_gap/law.parquet",
    pathvars:
        job="liouvillian_gap/liouvillian_gap",
    resources:
        mem_mb=factorisation_mb(max(GAP["n_atoms"])),
        runtime=10,
    params:
        **study("liouvillian_gap.liouvillian_gap"),


use rule study as liouvillian_gap_validation with:
    """The gap of the sparse solver against complete spectra, up to that of the full master equation."""
    input:
        code=code_of("liouvillian_gap.liouvillian_gap_validation"),
    output:
        validation="<results>/liouvillian_gap/validation.parquet",
    pathvars:
        job="liouvillian_gap/validation",
    params:
        **study("liouvillian_gap.liouvillian_gap_validation"),


DATA += rules.liouvillian_gap.output
DATA += rules.liouvillian_gap_validation.output
