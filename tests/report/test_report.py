"""The report opens from a file without network: figures, captions with this run's parameters, claims, validation."""

import importlib
import zipfile

import pytest
import yaml
from selenium.webdriver.common.by import By

from driven_dicke.audit.claims.paper import STATEMENTS
from project_copy import PROJECT

FIGURES = [f"fig{number:02d}" for number in range(1, 15)]
MEGABYTE = 2**20


def merged(base, over):
    """`base` with the values of `over`, as Snakemake merges configurations."""
    both = {key: merged(base[key], over[key]) for key in base.keys() & over.keys() if isinstance(over[key], dict)}
    return base | over | both


CONFIG = merged(*(yaml.safe_load((PROJECT / f"config/{name}.yaml").read_text()) for name in ("config", "quick")))
RATIO = f"γc = {CONFIG['rates']['gamma_c'] / CONFIG['rates']['gamma_s']:g} γs"


def test_it_is_one_file_that_can_be_sent(page):
    assert page.stat().st_size < 30 * MEGABYTE


def test_it_starts_with_the_parameters_of_this_run(reader):
    assert reader.menu() == ["Workflow", "Statistics", "About", "Claims", "Figures of the paper", "Validation"]
    text = reader.text()
    assert "This is the run quick" in text
    assert squeezed(RATIO) in squeezed(text)
    for section in ("steady_state", "phases"):
        assert ", ".join(map(str, CONFIG[section]["n_atoms"])) in text


def test_figures_are_listed_in_order(reader):
    reader.choose("Figures of the paper")
    reader.wait(lambda: "Fig. 14" in reader.menu())
    listed = [entry for entry in reader.menu() if entry.startswith("Fig. ")]
    assert listed == [f"Fig. {number}" for number in range(1, 15)]


@pytest.mark.parametrize("figure", FIGURES)
def test_every_panel_is_shown(reader, figure):
    panels = importlib.import_module(f"driven_dicke.figures.{figure}").FIGURE.panels
    reader.choose("Figures of the paper", f"Fig. {int(figure[3:])}")
    expected = ["figure", *(f"panel {name}" for name in panels if name)]
    assert reader.wait(reader.rows) == expected
    for part in expected:
        reader.show(part)
        assert reader.picture_width() > 200


CAPTIONS = {
    "fig01": [f"Γ/γ = {CONFIG['mean_field']['gamma_ratios'][0]:g}"],
    "fig02": ["N = 16, 24", RATIO, "Ωc = 37.5, 57.5 γs"],
    "fig03": [f"N = {', '.join(map(str, CONFIG['liouvillian_gap']['n_atoms']))}", "0.61 Ωc", "N = 8 to 20", RATIO],
    "fig04": ["N = 16", "Ω = 0.73 Ωc", RATIO, "a+ = 0.4"],
    "fig05": ["N = 16", RATIO],
    "fig06": ["N = 16", "to γst = 10", "seed 1", "from all down", "6 long trajectories", RATIO],
    "fig07": ["N = 16", "Ω = 0.73 Ωc", "seed 1", RATIO],
    "fig08": ["N = 16", "Ω = 3.0 Ωc from γst = 0, then Ω = 0.73 Ωc from γst = 2", "seed 2", RATIO],
    "fig09": ["Γ/γ = 20", "Ω = 0.7 Ωc", "6 initial states"],
    "fig10": ["N = 16 to 32", "N = 1,024", "0.61 Ωc", RATIO],
    "fig11": ["N = 16", "Ω = 0.73 Ωc", RATIO],
    "fig12": ["N = 16 and", "(b) N = 24", "N = 16, 20, 24", RATIO],
    "fig13": ["N = 16", "Δt = 1", "Ω = 0.73 Ωc", RATIO],
    "fig14": ["N = 16", "from 2 before to 1 after", RATIO],
}


def squeezed(text):
    """Formulas are set with spaces or without, and with a slash of their own."""
    return "".join(text.split()).replace("\N{FRACTION SLASH}", "/")


@pytest.mark.parametrize("figure", FIGURES)
def test_the_caption_holds_the_parameters_of_this_run(reader, figure):
    reader.choose("Figures of the paper", f"Fig. {int(figure[3:])}")
    caption = squeezed(reader.caption("figure"))
    assert [text for text in CAPTIONS[figure] if squeezed(text) not in caption] == []
    assert [mark for mark in ("{{", ":math:", "N=18") if mark in caption] == []


def test_claims_are_read_in_the_page(reader):
    reader.choose("Claims")
    reader.show("all claims and equations")
    frame = reader.wait(lambda: reader.driver.find_elements(By.TAG_NAME, "iframe"))[0]
    reader.driver.switch_to.frame(frame)
    assert reader.wait(lambda: reader.driver.find_elements(By.TAG_NAME, "h1"))[0].text.startswith(
        "What the paper claims"
    )
    headings = [heading.text for heading in reader.driver.find_elements(By.TAG_NAME, "h3")]
    assert [heading.split(":")[0] for heading in headings] == [f"Claim {said.identifier}" for said in STATEMENTS]
    assert "N = 24" in reader.text()
    reader.driver.find_element(By.LINK_TEXT, "18a").click()
    reader.wait(lambda: abs(reader.driver.find_element(By.ID, "claim18a").rect["y"] - scrolled(reader)) < 50)
    reader.driver.switch_to.default_content()


def scrolled(reader):
    return reader.driver.execute_script("return window.scrollY")


def test_validation_is_read_in_the_page(reader):
    reader.choose("Validation")
    reader.show("all validation tables")
    frame = reader.wait(lambda: reader.driver.find_elements(By.TAG_NAME, "iframe"))[0]
    reader.driver.switch_to.frame(frame)
    reader.wait(lambda: reader.driver.find_elements(By.TAG_NAME, "h1"))
    rows = [row.text for row in reader.driver.find_elements(By.CSS_SELECTOR, "tr") if row.is_displayed()]
    for size in CONFIG["validation"]["sparse_solve"]["n_atoms"]:
        assert any(row.startswith(f"sparse solve {size} ") and row.endswith(" yes") for row in rows)
    for size in CONFIG["steady_state"]["n_atoms"]:
        assert any(row.startswith(f"{size} {CONFIG['steady_state']['drive']['points']} ") for row in rows)
    assert any(row.startswith("exact limit 0.569") for row in rows)
    folded = reader.driver.find_elements(By.TAG_NAME, "summary")[0]
    folded.click()
    assert len([row for row in reader.driver.find_elements(By.CSS_SELECTOR, "tr") if row.is_displayed()]) > len(rows)
    reader.driver.switch_to.default_content()


def test_run_times_are_drawn(reader):
    reader.choose("Statistics")
    reader.wait(lambda: len(reader.driver.find_elements(By.CSS_SELECTOR, ".grow canvas, .grow svg")) >= 2)
    runtimes = reader.driver.execute_script("return JSON.stringify(runtimes_spec)")
    assert '"rule": "fig2"' in runtimes or '"rule":"fig2"' in runtimes


def test_it_can_be_an_archive_and_hold_one_figure(copy):
    copy.snakemake("--report", "one.zip", "fig2")
    with zipfile.ZipFile(copy.folder / "one.zip") as archive:
        pictures = sorted(name.rpartition("/")[2] for name in archive.namelist() if name.endswith(".svg"))
    assert pictures == ["fig02.svg", *(f"fig02{panel}.svg" for panel in "abcdef")]
