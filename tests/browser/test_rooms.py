"""The rooms of the page: Home, forms in steps, shortcuts, the members, minutes; and all of it by keyboard."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Locator, expect

from tests.browser.conftest import Arrives, Visitor
from tests.office import Office
from tests.slack.demo import AGENDA

pytestmark = pytest.mark.browser

DECISION = "Styregruppen godkendte det, og Del II kan begynde."
# Everything within something that can be used, each by a number that it gets when it is first seen.
USABLE = """(root) => [...document.querySelector(root).querySelectorAll(
    "button, select, textarea, input, a[href], [tabindex='0']")]
    .filter((each) => each.checkVisibility({ visibilityProperty: true }) && each.tabIndex >= 0 && !each.disabled)
    .map((each) => each.dataset.test ??= String(Math.random()))"""
FOCUSED = "() => document.activeElement?.dataset?.test"


def at_home(visitor: Visitor) -> Locator:
    """The Home tab, opened afresh."""
    if visitor.page.get_by_role("tab", name="Beskeder").is_visible():
        visitor.page.get_by_role("tab", name="Beskeder").click()
    else:
        visitor.enters("dap")
    visitor.page.get_by_role("tab", name="Hjem").click()
    return visitor.page.locator("#home")


def in_session(demo: Office, arrives: Arrives) -> Visitor:
    """Anne, on the morning of the meeting, which has begun."""
    anne = arrives(demo)
    for _ in range(8):
        anne.passes("+1 dag")
        expect(anne.page.locator("#time [aria-busy]")).to_have_count(0)
    anne.types("/dap møde start")
    anne.reads("er begyndt")
    return anne


def test_the_chair_says_yes_at_home(demo: Office, arrives: Arrives) -> None:
    demo.types(demo.anne, "dagsorden send")
    karen = arrives(demo)
    karen.becomes(demo.karen)
    expect(at_home(karen)).to_contain_text("venter på dit svar")
    karen.presses("Godkend udsendelse", karen.page.locator("#home"))
    demo.settle()
    expect(at_home(karen)).not_to_contain_text("venter på dit svar")
    expect(karen.page.locator("#home")).to_contain_text("Næste møde er onsdag den 18. juni 2025")

    karen.becomes(demo.anne)
    karen.enters("dap")
    expect(at_home(karen)).to_contain_text("kan sendes")
    karen.presses("Send dagsordenen ud", karen.page.locator("#home"))
    demo.settle()
    expect(at_home(karen)).not_to_contain_text("kan sendes")
    karen.enters("styregruppen")
    karen.reads("Dagsorden til styregruppemøde for Digital Almen Praksis", "5 svar")


def test_a_decision_is_recorded_in_two_steps(demo: Office, arrives: Arrives) -> None:
    anne = in_session(demo, arrives)
    anne.types("/dap beslutning 2")
    outcomes = anne.form.get_by_role("group", name=re.compile("Hvad blev det til"))
    expect(outcomes.first.get_by_label("Godkendt")).to_be_checked()
    anne.presses("Næste", anne.form)

    sentence = anne.form.get_by_label("Beslutningen", exact=True)
    expect(sentence).to_have_value(re.compile("^Styregruppen godkendte, at Del I bliver rammen"))
    expect(sentence).to_be_focused()
    assert sentence.evaluate("(box) => box.scrollTop") == 0  # one reads it from its first word
    sentence.fill(DECISION)
    anne.presses("Registrér", anne.form)
    anne.reads("Beslutningen er registreret.", DECISION)
    expect(anne.form).to_be_hidden()
    expect(anne.composer).to_be_focused()
    anne.types("/dap beslutninger")
    anne.reads("registreret, ikke slået op", DECISION)


def test_a_file_that_a_member_dropped_is_read_by_a_shortcut(office: Office, arrives: Arrives) -> None:
    office.founded()
    bo, anne = arrives(office), arrives(office)
    bo.becomes(office.bo)
    bo.drops(AGENDA.name, AGENDA.read_text(encoding="utf-8"))
    dropped = anne.reads(AGENDA.name)
    dropped.hover()
    dropped.get_by_role("button", name="Flere handlinger").click()
    anne.page.get_by_role("menuitem", name="Læs som dagsorden").click()
    anne.reads("Jeg har læst dagsorden-juni-2025.md", "Intet er gemt endnu.")
    expect(bo.stream).not_to_contain_text("Jeg har læst")


def test_the_member_list_grows_and_is_mended(demo: Office, arrives: Arrives) -> None:
    anne = arrives(demo)
    anne.types("/dap opsætning medlemmer")
    anne.presses("Tilføj deltager")
    anne.form.get_by_label("Navn").fill("Inger Dam")
    anne.form.get_by_label("Organisation").fill("KL")
    anne.form.get_by_label("Får besked").select_option(label="pr. mail")
    anne.presses("Gem", anne.form)
    expect(anne.form.get_by_role("alert").filter(visible=True)).to_contain_text("Skriv e-mailadressen.")
    anne.form.get_by_label("E-mail").fill("inger@example.dk")
    anne.presses("Gem", anne.form)
    expect(anne.form).to_be_hidden()

    anne.types("/dap opsætning medlemmer")
    listed = anne.reads("Inger Dam", "KL", "pr. mail")
    anne.presses("Ret", listed)
    expect(anne.form.get_by_label("Navn")).to_have_value("Inger Dam")


def test_minutes_are_written_and_then_mended_in_parts(demo: Office, arrives: Arrives) -> None:
    anne = in_session(demo, arrives)
    anne.types("/dap referat 1")
    anne.presses("Skriv")
    anne.form.get_by_label("Referat").fill("Formanden bød velkommen.\n" * 100)
    anne.presses("Gem", anne.form)
    expect(anne.form).to_be_hidden()

    anne.types("/dap referat 1")
    anne.presses("Skriv", anne.reads("Formanden bød velkommen."))
    expect(anne.form.get_by_label("Tekst 1")).to_have_value(re.compile("^Formanden bød velkommen."))
    anne.form.get_by_label("Mere tekst").fill("Mødet sluttede til tiden.")
    anne.presses("Gem", anne.form)
    expect(anne.form).to_be_hidden()
    anne.types("/dap referat 1")
    anne.reads("Mødet sluttede til tiden.")


def test_everything_is_reached_by_tab_and_a_form_is_sent_without_a_mouse(demo: Office, arrives: Arrives) -> None:
    anne = arrives(demo)
    anne.types("/dap opsætning")
    anne.reads("Formand: Karen Toft")
    expect_reached_by_tab(anne)

    anne.types("/dap opgave")
    expect(anne.form.get_by_label("Hvad skal gøres")).to_be_focused()
    expect_reached_by_tab(anne, within="#form")
    anne.form.get_by_label("Hvad skal gøres").focus()
    keys = anne.page.keyboard
    keys.type("Find et lokale")
    for _ in range(3):
        keys.press("Tab")
    keys.type("19. december")
    keys.press("Enter")
    anne.reads("Opgaven er noteret.", "Find et lokale", "fredag den 19. december 2025")

    anne.types("/dap opgave")
    expect(anne.form).to_be_visible()
    keys.press("Escape")
    expect(anne.form).to_be_hidden()


def expect_reached_by_tab(visitor: Visitor, within: str = "body") -> None:
    """Once around with the tabulator passes by everything that can be used."""
    page = visitor.page
    wanted, met = set(page.evaluate(USABLE, within)), set()
    for _ in range(len(wanted) * 2 + 10):
        page.keyboard.press("Tab")
        met.add(page.evaluate(FOCUSED))
    missed = [page.locator(f'[data-test="{each}"]').evaluate("(it) => it.outerHTML") for each in wanted - met]
    assert missed == []
    assert len(wanted) > 5
