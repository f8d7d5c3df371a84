"""Beyond the paper: Figs. ext1 ... ext12 and everything behind them. Its files come before this one."""

if config["extensions"]["with_all"]:
    DATA += EXTENSION_DATA
    FIGURES += EXTENSION_FIGURES


rule extensions:
    """Every table and figure beyond the paper."""
    input:
        EXTENSION_DATA,
        EXTENSION_FIGURES,
    localrule: True
    message:
        "Everything beyond the paper is there"
