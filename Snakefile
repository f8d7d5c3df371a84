# The workflow lives in workflow/Snakefile. An included file never sets the default target, so it is named here.
include: "workflow/Snakefile"


rule default:
    input:
        rules.all.input,
    """The target of a plain `snakemake --cores 8`: everything."""
    localrule: True
