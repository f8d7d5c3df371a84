"""What all jobs share: the checked configuration, the code behind a script, names of files."""

import hashlib
import os
import re
import sys
from functools import cache
from pathlib import Path

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
from driven_dicke.pipeline import configuration, imports, provenance
from driven_dicke.pipeline import study as studies


def checked_configuration():
    """The configuration, or one line per mistake before any job starts."""
    plan = SCRIPTS.parents[1] / "config/plan.yaml"
    if faults := [line for path in [*workflow.configfiles, plan] for line in configuration.faults_of_file(Path(path))]:
        sys.exit("\n".join(configuration.listed(faults)))
    # As a module the workflow gets what the importing one gives, and no default of its own.
    complete_config = configuration.read(SCRIPTS.parents[1] / "config/config.yaml")
    update_config(complete_config, config)
    config.update(complete_config)
    for section in config.values():  # not run_name, which is a text
        configuration.numbers(section)
        configuration.sort_sizes(section)
    config["run_name"] = config["run_name"] or ""  # --config run_name=
    try:
        configuration.check(config, configuration.load_schema(SCRIPTS.parent / "schemas"))
        experiments = configuration.numbers(configuration.read(plan))
        schema = configuration.load_schema(SCRIPTS.parent / "schemas/plan")
        configuration.check_shape(experiments, schema, "config/plan.yaml", "config/plan.yaml")
    except configuration.ConfigurationError as error:
        sys.exit(str(error))
    # 10, 10.0 and 1e1 are one rate, with one text among the parameters.
    config["plan"] = experiments
    config["rates"] = {name: float(value) for name, value in config["rates"].items()}
    return config


def code(script, *modules):
    """The script of a rule and every module of the library that it imports, directly or not; the script comes first.

    `modules` names what the script imports by name only, such as the module of a figure. Snakemake does not see
    imports: with these files among its inputs, a job runs again when, and only when, code that it uses has changed.
    """
    first = SCRIPTS / f"{script}.py"
    files = imports.imported([first, *imports.files(modules, SCRIPTS)], SCRIPTS)
    return [os.path.relpath(path) for path in [first, *(path for path in files if path != first)]]


def code_of(study):
    """The code behind a study "folder.rule", that is its function's module and what it imports."""
    folder, found = study.partition(".")[0], studies.find(study)
    return code("study", f"driven_dicke.studies.{folder}.{found.function.partition('.')[0]}")


def study(name):
    """What the job of a study "folder.rule" is told; its declaration takes the parameters from the configuration."""
    declared = studies.find(name)
    return {
        "study": name,
        # One canonical JSON text: equal values never cause a rerun.
        "parameters": lambda wildcards: provenance.canonical(declared.parameters(config, dict(wildcards.items()))),
        "inputs": named_inputs,
        "outputs": named_outputs,
    }


def complete(rules):
    """Add to the parameters of all that list their code a digest of it, and the parameters of the tables they read.

    Where there is no message, the docstring is it.

    Snakemake compares the checksums of inputs only where a file is newer than the output; code that is newer in
    content and older in time, as an unpacked archive leaves it, would go unseen. A job refuses tables that were
    computed from other parameters than the configuration's.
    """
    digests = cache(lambda path: hashlib.sha256(Path(path).read_bytes()).hexdigest())
    makers = [(output, each) for each in rules if hasattr(each.params, "study") for output in each.output]
    made_by = cache(
        lambda path: next(((each, match) for output, each in makers if (match := output.match(path))), None)
    )
    for each in rules:
        files = list(getattr(each.input, "code", []))
        if not files:
            continue
        text = "".join(f"{Path(path).name} {digests(path)}\n" for path in files)
        found = {path: made_by(path) for path in map(str, each.input)}
        expected = {
            path: studies.find(maker[0].params.study).parameters(config, maker[1].groupdict())
            for path, maker in found.items()
            if maker is not None
        }
        if not each.message:
            which = "".join(f", {name} = {{wildcards.{name}}}" for name in sorted(each.wildcard_names))
            each.message = each.docstring.strip().rstrip(".") + which
        each.set_params(code=hashlib.sha256(text.encode()).hexdigest(), expected=provenance.canonical(expected))


def drawing(title, panels, **tables):
    """An entry of DRAWINGS: what a figure shows, its panels, and its tables by the names that it gives them."""
    return {"title": title, "panels": panels, "tables": tables}


def name_of(figure):
    """The module that draws a figure: fig02 of Fig. 2, ext1 of Fig. ext1."""
    kind, number = re.fullmatch(r"(fig|ext)(\d+)", figure).groups()
    return f"fig{int(number):02d}" if kind == "fig" else figure


def pictures(figure, panels):
    """Every panel of a figure as a file of its own, and the assembled figure, in every format."""
    files = [file for panel in panels for file in picture(figure, f"{figure}/{figure}{panel}", f"panel {panel}")]
    return files + picture(figure, figure, "figure")


def picture(figure, stem, part):
    """One picture in every format. The report shows its SVG, under the caption workflow/report/<figure>.rst."""
    kind, number = re.fullmatch(r"(fig|ext)(\d+)", figure).groups()
    files = {ext: f"<figures>/{stem}.{ext}" for ext in FORMATS}
    if part != "panel ":  # the only panel of a figure is the figure
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


DATA = []  # every table; each study adds its own
FIGURES = []  # every file of every figure
EXTENSION_DATA = []  # the same for what goes beyond the paper
EXTENSION_FIGURES = []
DRAWINGS = {}  # figure -> its title, panels and tables
