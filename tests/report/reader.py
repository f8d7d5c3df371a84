"""A reader of Snakemake's report: what a person clicks, and what the person sees."""

import json
from pathlib import Path

from selenium.webdriver.common.by import By
from selenium.webdriver.remote.webdriver import WebDriver
from selenium.webdriver.remote.webelement import WebElement
from selenium.webdriver.support.ui import WebDriverWait

PATIENCE = 30  # seconds


class Reader:
    """The report at `page` in the browser `driver`."""

    def __init__(self, driver: WebDriver, page: Path) -> None:
        self.driver, self.page, self._requests = driver, page, []

    def open(self) -> None:
        """Load the page anew, and wait for its menu."""
        self.driver.get_log("browser")
        self.driver.get_log("performance")
        self.driver.get(self.page.as_uri())
        self.wait(lambda: self.menu())

    def wait(self, condition):
        """The first true value of `condition`."""
        return WebDriverWait(self.driver, PATIENCE, poll_frequency=0.05).until(lambda _: condition())

    def menu(self) -> list[str]:
        """Entries of the menu, as they stand."""
        return [_text(link) for link in self._links() if _text(link)]

    def choose(self, *entries: str) -> None:
        """Click entries of the menu, one after the other."""
        for entry in entries:
            self.wait(lambda entry=entry: [link for link in self._links() if _text(link) == entry])[0].click()

    def rows(self) -> list[str]:
        """Labels of the results that are listed."""
        return [_text(row) for row in self.driver.find_elements(By.CSS_SELECTOR, "tbody tr:has(a)")]

    def show(self, label: str) -> None:
        """Click the eye beside a result."""
        self._button(label, 0).click()

    def caption(self, label: str) -> str:
        """Click the i beside a result, and read its caption."""
        self._button(label, 1).click()
        self.wait(lambda: "DESCRIPTION" in self.text())
        return self.text().split("DESCRIPTION")[1].split("\nSIZE\n")[0]

    def picture_width(self) -> int:
        """Width of the picture that is shown, once it is decoded and visible; 0 if it never is."""
        image = self.wait(lambda: self.driver.find_elements(By.CSS_SELECTOR, ".grow img"))[0]
        self.wait(lambda: image.get_property("complete"))
        return image.get_property("naturalWidth") if image.is_displayed() and image.size["width"] > 100 else 0

    def text(self) -> str:
        """What the page says, with every kind of space as one space."""
        return _text(self.driver.find_element(By.TAG_NAME, "body"), lines=True)

    def console_errors(self) -> list[str]:
        """Errors on the console since the page was opened."""
        return [entry["message"] for entry in self.driver.get_log("browser") if entry["level"] == "SEVERE"]

    def requests(self) -> list[str]:
        """Addresses that the browser asked for since the page was opened."""
        events = [json.loads(entry["message"])["message"] for entry in self.driver.get_log("performance")]
        return [event["params"]["request"]["url"] for event in events if event["method"] == "Network.requestWillBeSent"]

    def _links(self) -> list[WebElement]:
        return self.driver.find_elements(By.CSS_SELECTOR, "#app a")

    def _button(self, label: str, index: int) -> WebElement:
        def found():
            rows = self.driver.find_elements(By.CSS_SELECTOR, "tbody tr:has(a)")
            return [row for row in rows if _text(row) == label]

        return self.wait(found)[0].find_elements(By.TAG_NAME, "a")[index]


def _text(element: WebElement, lines: bool = False) -> str:
    text = element.text
    return "\n".join(" ".join(line.split()) for line in text.splitlines()) if lines else " ".join(text.split())
