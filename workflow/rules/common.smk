"""What all jobs share: the checked configuration, the code behind a script, names of files."""

import hashlib
import os
import re
import sys
from functools import cache
from modulefinder import ModuleFinder
from pathlib import Path

import yaml
from snakemake.utils import update_config

SCRIPTS = Path(workflow.current_basedir).parent / "scripts"
FORMATS = ["pdf", "svg", "png"]
REPORT_CATEGORIES = {"fig": "Figures of the paper", "ext": "Beyond the paper"}


envvars:
    "PATH",


# Jobs find the Python that runs Snakemake even if its environment is not active; an activated conda environment comes first.
# A user's own settings for Python and Matplotlib must not reach them.
for name in ("PYTHONSAFEPATH", "MPLBACKEND"):
    os.environ.pop(name, None)
os.environ["PATH"] = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"

sys.path.insert(0, str(SCRIPTS))
from driven_dicke import configuration, provenance


def checked_configuration():
    """The configuration, or one line per mistake before any job starts."""
    if faults := [line for path in workflow.configfiles for line in configuration.faults_of_file(Path(path))]:
        sys.exit("\n".join(configuration.listed(faults)))
    # As a module the workflow gets what the importing one gives, and no default of its own.
    complete_config = yaml.safe_load((SCRIPTS.parents[1] / "config/config.yaml").read_text())
    update_config(complete_config, config)
    config.update(complete_config)
    for section in config.values():  # not run_name, which is a text
        configuration.numbers(section)
        configuration.sort_sizes(section)
    config["run_name"] = config["run_name"] or ""  # --config run_name=
    try:
        configuration.check(config, configuration.load_schema(SCRIPTS.parent / "schemas"))
    except configuration.ConfigurationError as error:
        sys.exit(str(error))
    # 10, 10.0 and 1e1 are one rate, with one text among the parameters.
    config["rates"] = {name: float(value) for name, value in config["rates"].items()}
    return config


def code(script, *modules):
    """The script of a rule and every module of the library that it imports, directly or not; the script comes first.

    `modules` names what the script imports by name only, such as the module of a figure. Snakemake does not see
    imports: with these files among its inputs, a job runs again when, and only when, code that it uses has changed.
    """
    roots = [SCRIPTS / f"{script}.py"] + [SCRIPTS / "driven_dicke" / f"{module}.py" for module in modules]
    files = set()
    for root in roots:
        finder = ModuleFinder(path=[str(SCRIPTS)])
        finder.run_script(str(root))
        files.update(Path(module.__file__) for module in finder.modules.values() if module.__file__)
    return [os.path.relpath(path) for path in [roots[0], *sorted(files - {roots[0]})]]


def complete(rules):
    """Give every rule that lists its code among its inputs a digest of it as a parameter, every figure the rates.

    Snakemake compares the checksums of inputs only where a file is newer than the output; code that is newer in
    content and older in time, as an unpacked archive leaves it, would go unseen. A figure refuses tables that were
    computed for other rates.
    """
    digests = cache(lambda path: hashlib.sha256(Path(path).read_bytes()).hexdigest())
    for each in rules:
        files = list(getattr(each.input, "code", []))
        if files:
            text = "".join(f"{Path(path).name} {digests(path)}\n" for path in files)
            each.set_params(code=hashlib.sha256(text.encode()).hexdigest())
        if hasattr(each.params, "figure"):
            each.set_params(rates=provenance.canonical(config["rates"]))


def parameters(**values):
    """Parameters of a study as one canonical JSON text: equal values never cause a rerun."""
    return provenance.canonical(values)


def panels(figure, *names):
    """Every panel of a figure as a file of its own, in every format."""
    return [file for name in names for file in picture(figure, f"{figure}/{figure}{name}", f"panel {name}".rstrip())]


def assembled(figure):
    """The assembled figure."""
    return picture(figure, figure, "figure")


def picture(figure, stem, part):
    """One picture in every format. The report shows its SVG, under the caption workflow/report/<figure>.rst."""
    kind, number = re.fullmatch(r"(fig|ext)(\d+)", figure).groups()
    files = {ext: f"<figures>/{stem}.{ext}" for ext in FORMATS}
    if part != "panel":  # the only panel of a figure is the figure
        files["svg"] = report(
            files["svg"],
            caption=f"../report/{figure}.rst",
            category=REPORT_CATEGORIES[kind],
            # The report sorts by letters: a space as wide as a digit puts Fig. 2 before Fig. 10.
            subcategory=f"Fig. {int(number):\u2007>2}" if kind == "fig" else f"Fig. {figure}",
            labels={"part": part},
        )
    return list(files.values())


def named_inputs(wildcards, input):
    """The tables that a rule reads, as NAME=PATH; everything but the code."""
    groups = {name: paths for name, paths in input.items() if name != "code"}
    return [
        f"{name}={path}" for name, paths in groups.items() for path in ([paths] if isinstance(paths, str) else paths)
    ]


def named_outputs(wildcards, output):
    """The tables that a rule makes, as NAME=PATH."""
    return [f"{name}={path}" for name, path in output.items()]


def factorisation_mb(n_atoms):
    """Memory of a job that factorises the generator of so many atoms; measured: 430 MB at 64, 790 MB at 80."""
    return round(300 + 300 * (n_atoms / 64) ** 4)


def slow_mode_mb(n_atoms):
    """Memory of a job that finds the slow mode of so many atoms; measured: 150 MB at 64, 680 MB at 128, 2.3 GB at 200."""
    return round(250 + 2400 * (n_atoms / 200) ** 3)


def decomposition_mb(n_atoms):
    """Memory of a job that takes the two phases from the slow mode; measured: 220 MB at 64, 580 MB at 100, 740 MB at 128."""
    return round(300 + 400 * (n_atoms / 100) ** 3)


STUDY = (
    "python {input.code[0]:q} --parameters {params.parameters:q} --inputs {params.inputs:q}"
    " --outputs {params.outputs:q} --log {log:q}"
)
FIGURE = (
    "python {input.code[0]:q} {params.figure} --inputs {params.inputs:q} --outputs {output:q}"
    " --rates {params.rates:q} --log {log:q}"
)
DATA = []  # every table; each study adds its own
FIGURES = []  # every file of every figure; each figure adds its own
EXTENSION_DATA = []  # the same for what goes beyond the paper
EXTENSION_FIGURES = []
