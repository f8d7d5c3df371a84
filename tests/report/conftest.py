"""The report of a quick build, opened in a headless browser that has no network."""

import shutil

import pytest
from reader import Reader
from selenium import webdriver

from project_copy import copy_project


@pytest.fixture(scope="session")
def copy(tmp_path_factory):
    """The quick configuration, built; the extensions are not."""
    copy = copy_project(tmp_path_factory.mktemp("built") / "project")
    copy.snakemake()
    return copy


@pytest.fixture(scope="session")
def page(copy):
    """The report as one HTML file."""
    copy.snakemake("--report", "report.html")
    return copy.folder / "report.html"


@pytest.fixture(scope="session")
def browser():
    """Headless Chromium that records its console and every request."""
    chromium, driver = shutil.which("chromium"), shutil.which("chromedriver")
    assert chromium, "install Debian's chromium"
    assert driver, "install Debian's chromium-driver"
    options = webdriver.ChromeOptions()
    options.binary_location = chromium
    for argument in (
        "--headless=new",
        "--no-sandbox",  # root, as in a container, may not use it
        "--disable-dev-shm-usage",
        "--window-size=1500,950",
        "--host-resolver-rules=MAP * ~NOTFOUND",  # no network
    ):
        options.add_argument(argument)
    options.set_capability("goog:loggingPrefs", {"browser": "ALL", "performance": "ALL"})
    started = webdriver.Chrome(options=options, service=webdriver.ChromeService(driver))
    yield started
    started.quit()


@pytest.fixture
def reader(browser, page):
    """The report, freshly opened; whatever a test clicks: no error on the console, nothing asked of the network."""
    reader = Reader(browser, page)
    reader.open()
    yield reader
    assert reader.console_errors() == []
    assert {url.partition(":")[0] for url in reader.requests()} == {"file", "data"}
