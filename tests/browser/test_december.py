"""The December meeting lived at the page, from the dropped document to the approved minutes."""

from __future__ import annotations

import re
from contextlib import AbstractContextManager
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Locator, expect

from templates.voice import Voice
from tests.browser.conftest import Arrives, Visitor
from tests.december import December
from tests.office import Office
from tests.slack import User
from tests.slack.demo import PassingTime

pytestmark = pytest.mark.browser


class AtThePage:
    """A seat before the page, where one person plays them all."""

    def __init__(self, office: Office, visitor: Visitor) -> None:
        self.office, self.visitor = office, visitor
        self.somebody, self.place = office.anne, ""

    def comes(self, time: datetime) -> None:
        passing = self.office.slack.clock
        assert isinstance(passing, PassingTime)
        passing.advance(time - passing.now())
        self.office.settle()

    def drops(self, who: User, file: Path) -> None:
        self._goes(who)
        self.visitor.drops(file.name, file.read_text("utf-8"))
        self.office.settle()

    def types(self, who: User, line: str) -> None:
        self._goes(who)
        self.visitor.composer.fill(line)
        with self._answered():
            self.visitor.composer.press("Enter")
        self.office.settle()

    def presses(self, who: User, button: str, *, alone: bool = False) -> None:
        self._goes(who, alone)
        with self._answered():
            self.visitor.presses(button)
            asked = self.visitor.page.locator("#confirm")
            if asked.is_visible():
                asked.locator("#confirm-yes").click()
        self.office.settle()

    def adds(self, who: User, button: str) -> None:
        self._goes(who)
        pressed = self.visitor.form.get_by_role("button", name=button, exact=True)
        expect(pressed).to_be_visible()
        fields = self.visitor.form.locator("[data-block]")
        before = fields.count()
        pressed.click()
        expect(fields).not_to_have_count(before)

    def fills(self, who: User, button: str, **fields: Any) -> None:
        self._goes(who)
        pressed = self.visitor.form.get_by_role("button", name=button, exact=True)
        expect(pressed).to_be_visible()
        first = self.visitor.form.locator("[data-block]").first.get_attribute("data-block")
        for name, value in fields.items():
            if isinstance(value, list):
                asked = self.visitor.form.locator(f'[data-block^="{name}_"]')
                for place, each in enumerate(value):
                    _set(asked.nth(place), each)
            else:
                _set(self.visitor.form.locator(f'[data-block="{name}"]'), value)
        pressed.click()
        expect(self.visitor.form.locator(f'[data-block="{first}"]')).to_be_hidden()
        self.office.settle()

    def reads(self, who: User, *texts: str, alone: bool = False) -> None:
        self._goes(who, alone)
        self.visitor.reads(*texts)

    def _answered(self) -> AbstractContextManager[Any]:
        """What is done in it has reached the bot at the end, and has been answered: nothing overtakes it."""
        return self.visitor.page.expect_response(lambda answer: answer.request.method == "POST")

    def _goes(self, who: User, alone: bool = False) -> None:
        place = "dap" if alone else "styregruppen"
        if who != self.somebody:
            self.visitor.becomes(who)
            self.somebody, self.place = who, ""
        if place != self.place:
            self.visitor.enters(place)
            self.place = place


def _set(field: Locator, value: Any) -> None:
    """Fill in a field, whichever kind it is."""
    if isinstance(value, list):
        for box in field.locator("input").all():
            box.set_checked(box.get_attribute("value") in value)
    elif field.evaluate("each => each.tagName") == "SELECT":
        chosen = field.locator("option").filter(has_text=value)
        field.select_option(chosen.get_attribute("value") if chosen.count() else value)
    else:
        field.fill(value)


def test_the_december_meeting_is_played_at_the_page(office: Office, arrives: Arrives) -> None:
    visitor = arrives(office)
    seat = AtThePage(office, visitor)
    December(seat, Voice("da"), office.anne, office.karen, office.bo, office.mads).is_lived()
    seat.reads(office.mads, "Referat af styregruppemøde", "Punkt 8")
    posted = visitor.reads("Referat af styregruppemøde", "Punkt 8")
    posted.get_by_role("button", name=re.compile(r"\d+ svar")).click()
    expect(visitor.thread).to_contain_text("Styregruppen nåede ikke punktet.")
    expect(visitor.thread.get_by_role("link", name="referat-2025-12-12.md")).to_be_visible()
