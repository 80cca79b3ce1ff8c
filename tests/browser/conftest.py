"""Somebody at the page: a Chromium, the office behind it, and what one does there, in the words of who does it."""

from __future__ import annotations

import os
import re
import shutil
from collections.abc import Callable, Iterator
from functools import cache

import pytest
from playwright.sync_api import (
    Browser,
    BrowserContext,
    ConsoleMessage,
    Locator,
    Page,
    ViewportSize,
    expect,
    sync_playwright,
)

from tests.conftest import be_patient
from tests.databases import Databases
from tests.office import Office
from tests.slack import User
from tests.slack.demo import PassingTime, opened

NAMES = ("chromium", "google-chrome", "chromium-browser")  # the last may be a stub that has no browser behind it
SWITCHES = ["--no-sandbox", "--disable-quic", "--disable-background-networking", "--no-first-run"]
PATIENCE = 10_000.0  # milliseconds until what should be on the screen is missed
DROP = """([name, text]) => {
    const carried = new DataTransfer();
    carried.items.add(new File([text], name));
    return carried;
}"""
# What is wider than its box, and so scrolls sideways; a table does that in a box of its own.
WIDE = """() => [document.documentElement, ...document.querySelectorAll("main, [role=log], .form-body, dialog")]
    .filter((each) => each.scrollWidth > each.clientWidth).map((each) => each.id || each.className || each.tagName)"""

expect.set_options(timeout=PATIENCE)


class Visitor:
    """Whoever sits at the page: one person at a time, in one room at a time. What she looks for, she waits for."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.errors: list[str] = []
        page.on("console", self._complained)
        page.on("pageerror", lambda error: self.errors.append(str(error)))
        self.composer = page.locator("#composer textarea")
        self.form = page.locator("#form")
        self.thread = page.get_by_role("region", name="Tråd")
        self.stream = page.get_by_role("log", name="Beskeder")

    def becomes(self, person: User) -> None:
        """From now on she is somebody else."""
        self.page.get_by_label("Du er").select_option(person.id)
        expect(self.page).to_have_url(re.compile(f"#{person.id}/"))

    def enters(self, place: str) -> None:
        """Look into a channel, or where the app writes to one alone."""
        self.page.get_by_role("navigation").get_by_role("button", name=place).click()
        expect(self.page.get_by_role("heading", level=1, include_hidden=True)).to_have_text(re.compile(f"#?{place}"))

    def types(self, text: str) -> None:
        """Write in the composer, key by key, and send it."""
        self.composer.press_sequentially(text)
        self.composer.press("Enter")

    def presses(self, button: str, within: Locator | None = None) -> None:
        """Press the newest button of that name in the room, or in something else."""
        (within or self.stream).get_by_role("button", name=button, exact=True).last.click()

    def passes(self, span: str) -> None:
        """Let time pass, for everybody."""
        self.page.get_by_role("toolbar", name="Lad tiden gå").get_by_role("button", name=span).click()

    def drops(self, name: str, text: str) -> None:
        """Drag a file from the desktop into the room, and send it."""
        carried = self.page.evaluate_handle(DROP, [name, text])
        for event in ("dragenter", "dragover", "drop"):
            self.page.dispatch_event("#room", event, {"dataTransfer": carried})
        self.sends(name)

    def picks(self, name: str, data: bytes) -> None:
        """Choose a file behind the plus, and send it."""
        with self.page.expect_file_chooser() as chosen:
            self.page.get_by_role("button", name="Vedhæft eller brug en genvej").click()
            self.page.get_by_role("menuitem", name="Vedhæft fil").click()
        chosen.value.set_files({"name": name, "mimeType": "application/octet-stream", "buffer": data})
        self.sends(name)

    def sends(self, name: str) -> None:
        """Send the file that waits under the room."""
        expect(self.page.locator("#composer .chips")).to_contain_text(name)
        self.page.locator("#composer").get_by_role("button", name="Send", exact=True).click()

    def reads(self, *texts: str) -> Locator:
        """The newest message in the room with all of this in it, as soon as it stands there."""
        found = self.stream.get_by_role("article")
        for text in texts:
            found = found.filter(has_text=text)
        expect(found.last).to_be_visible()
        return found.last

    def expect_narrow(self) -> None:
        """Nothing scrolls sideways, and one can write."""
        assert self.page.evaluate(WIDE) == []
        expect(self.composer).to_be_in_viewport(ratio=1)

    def screen(self) -> str:
        """All that can be read on the page."""
        return self.page.locator("body").inner_text()

    def _complained(self, said: ConsoleMessage) -> None:
        if said.type in ("error", "warning"):
            self.errors.append(f"{said.type}: {said.text} ({said.location['url']}:{said.location['lineNumber']})")


Arrives = Callable[..., Visitor]
Screens = Callable[[int], BrowserContext]


@pytest.fixture(scope="package")
def browser() -> Iterator[Browser]:
    """A Chromium. Without one these tests are left out, loudly; where BROWSER_REQUIRED is set, they fail."""
    path = next(filter(None, map(shutil.which, NAMES)), None)
    if path is None:
        why = f"the page is not tested in a browser: found none of {', '.join(NAMES)} (apt-get install chromium)"
        if os.environ.get("BROWSER_REQUIRED"):
            pytest.fail(f"BROWSER_REQUIRED is set, but {why}", pytrace=False)
        pytest.skip(f"LEFT OUT: {why}")
    # Only as long as these tests: while it runs, nothing else in the thread may run an event loop.
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=path, args=SWITCHES)
        yield chromium
        chromium.close()


@pytest.fixture
def office(databases: Databases, monkeypatch: pytest.MonkeyPatch) -> Iterator[Office]:
    """The bot at work with nothing set up, and time that can be let pass."""
    be_patient(monkeypatch)
    passing = PassingTime()
    with databases.lent("sqlite") as url:
        office = Office(url, now=passing.now)
        passing.office, office.slack.clock = office, passing
        yield office
        office.close()


@pytest.fixture
def demo(databases: Databases) -> Iterator[Office]:
    """What `make demo` opens."""
    with databases.lent("sqlite") as url:
        office = opened(url, port=0)
        yield office
        office.close()


@pytest.fixture(scope="package")
def screens(browser: Browser) -> Screens:
    """A screen of each width. What is opened on it shares it: the page keeps nothing but in its address, and Chromium
    takes four times as long to set one up as to open a page on it.
    """

    @cache
    def screen(width: int) -> BrowserContext:
        phone = width < 500
        viewport: ViewportSize = {"width": width, "height": 844}
        return browser.new_context(viewport=viewport, locale="da-DK", is_mobile=phone, has_touch=phone)

    return screen


@pytest.fixture
def arrives(screens: Screens) -> Iterator[Arrives]:
    """arrives(office, width=1280): somebody opens the page, as Anne. What the page complained of fails the test."""
    visitors: list[Visitor] = []

    def arrive(office: Office, width: int = 1280) -> Visitor:
        page = screens(width).new_page()
        page.set_default_timeout(PATIENCE)
        visitors.append(Visitor(page))
        page.goto(office.slack.url)
        expect(visitors[-1].composer).to_be_focused()
        return visitors[-1]

    yield arrive
    for visitor in visitors:
        print(f"On the screen at the end:\n\n{visitor.screen()}")  # pytest shows it where the test failed
        visitor.page.close()
    assert [error for visitor in visitors for error in visitor.errors] == []
