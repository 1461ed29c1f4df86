"""Explanations made by hand, and a browser that opens their page; without a browser those tests are skipped."""

from __future__ import annotations

import json
import shutil

import numpy as np
import pytest

from pan.attention.surgery import NO_SURGERY
from pan.explaining.explain import Explanation, LayerExplanation
from pan.figures.page.writing import save_page
from pan.models.geometry import ReceptiveField

SIZE = 16
WORDS = ("red", "green", "blue")
BROWSERS = ("chromium", "chromium-browser", "google-chrome", "chrome")


def layer(name, values, field, probabilities=None, kind="sigmoid"):
    values = np.asarray(values, np.float32)
    return LayerExplanation(
        name, kind, values, np.zeros((SIZE, SIZE), np.float32), values, values,
        None if probabilities is None else np.asarray(probabilities, np.float32), field, field,
    )  # fmt: skip


def explained(query="7", model="pan-ctx", layers=None, probabilities=(0.7, 0.2, 0.1), surgery=NO_SURGERY, level=200):
    """A network that attends twice; its first cells lie 2 pixels apart, the others 4, each around its middle."""
    if layers is None:
        layers = (
            layer("att1", np.linspace(0.1, 0.8, 64).reshape(8, 8), ReceptiveField(4, 2, -1), (0.1, 0.3, 0.6)),
            layer("att2", np.linspace(1e-9, 0.5, 16).reshape(4, 4), ReceptiveField(8, 4, -2), kind="softmax"),
        )
    image = np.full((SIZE, SIZE, 3), level, np.uint8)
    return Explanation(f"mref/{model}", model, image, query, WORDS, np.array(probabilities, np.float32), layers,
                       surgery=surgery)  # fmt: skip


@pytest.fixture(scope="session")
def chromium():
    """The browser, started once; it tells of each request and each word on its console."""
    webdriver = pytest.importorskip("selenium.webdriver")
    program = next(filter(None, map(shutil.which, BROWSERS)), None)
    driver = shutil.which("chromedriver")
    if program is None or driver is None:
        pytest.skip("there is no Chromium with its driver")
    options = webdriver.ChromeOptions()
    options.binary_location = program
    for word in ("--headless=new", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--hide-scrollbars"):
        options.add_argument(word)
    options.set_capability("goog:loggingPrefs", {"browser": "ALL", "performance": "ALL"})
    browser = webdriver.Chrome(options=options, service=webdriver.ChromeService(driver))
    yield browser
    browser.quit()


class Page:
    """An open page, as its reader meets it."""

    def __init__(self, browser):
        self.browser = browser

    def all(self, selector):
        return self.browser.find_elements("css selector", selector)

    def texts(self, selector):
        return [each.text for each in self.all(selector)]

    def press(self, *keys):
        self.browser.switch_to.active_element.send_keys(*keys)

    def choose(self, name, value):
        self.browser.execute_script(f"document.querySelector('[name={name}][value=\"{value}\"]').click()")

    def point(self, x, y, place=0):
        """The mouse over the middle of a pixel of a network's picture."""
        self.browser.execute_script(
            "const view = document.querySelectorAll('.view')[arguments[2]], frame = view.getBoundingClientRect();"
            "view.dispatchEvent(new PointerEvent('pointermove', {"
            "clientX: frame.left + frame.width * arguments[0], clientY: frame.top + frame.height * arguments[1]}))",
            (x + 0.5) / SIZE, (y + 0.5) / SIZE, place,
        )  # fmt: skip

    def colour(self, x, y, place=0):
        """Red, green and blue in the middle of a pixel of a network's picture."""
        return self.browser.execute_script(
            "const view = document.querySelectorAll('.view')[arguments[2]];"
            "const copy = Object.assign(document.createElement('canvas'), {width: 1, height: 1}).getContext('2d');"
            "copy.drawImage(view, -Math.floor(arguments[0] * view.width), -Math.floor(arguments[1] * view.height));"
            "return [...copy.getImageData(0, 0, 1, 1).data].slice(0, 3)",
            (x + 0.5) / SIZE, (y + 0.5) / SIZE, place,
        )  # fmt: skip

    def requests(self):
        """Every address that was asked for since the page was opened, its own file left out."""
        told = [json.loads(entry["message"])["message"] for entry in self.browser.get_log("performance")]
        asked = [each["params"]["request"]["url"] for each in told if each["method"] == "Network.requestWillBeSent"]
        return [address for address in asked if not address.startswith(("data:", self.browser.current_url))]

    def console(self):
        return [entry["message"] for entry in self.browser.get_log("browser")]


@pytest.fixture
def show(chromium, tmp_path):
    """Writes the page of some explanations and opens it."""

    from selenium.webdriver.support.wait import WebDriverWait

    def show(*explanations, width=1280, height=800, dark=False, **about):
        save_page(explanations, tmp_path / "page.html", **about)
        chromium.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", {
            "width": width, "height": height, "deviceScaleFactor": 1, "mobile": width < 500,
        })  # fmt: skip
        scheme = {"name": "prefers-color-scheme", "value": "dark" if dark else "light"}
        chromium.execute_cdp_cmd("Emulation.setEmulatedMedia", {"features": [scheme]})
        chromium.get_log("performance")
        chromium.get((tmp_path / "page.html").as_uri())
        WebDriverWait(chromium, 20).until(lambda browser: browser.find_elements("css selector", ".stops .here"))
        return Page(chromium)

    return show
