"""The page in a Chromium: what people type, press, fill in and drop there, and what they then see."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import Arrives
from tests.office import Office
from tests.slack.demo import AGENDA

pytestmark = pytest.mark.browser


def test_one_person_plays_them_all_from_the_dropped_file_to_the_reminder(office: Office, arrives: Arrives) -> None:
    one = arrives(office)
    one.types("/dap opsætning")
    one.presses("Ret opsætningen")
    one.form.get_by_label(re.compile("^Formand")).select_option(office.karen.id)
    one.presses("Gem", one.form)
    one.reads("Formand: Karen Toft")

    one.drops(AGENDA.name, AGENDA.read_text(encoding="utf-8"))
    one.reads("Jeg har læst dagsorden-juni-2025.md", "Jeg er i tvivl om 4 ting:")
    one.presses("Læg på dagsordenen")
    one.reads("Gemt til mødet onsdag den 18. juni 2025")
    one.types("/dap dagsorden send")
    one.reads("ligger nu til godkendelse hos Karen Toft")

    one.becomes(office.karen)
    one.enters("dap")
    one.reads("klar til din godkendelse")
    one.presses("Godkend udsendelse")
    one.reads("er godkendt af Karen Toft")

    one.becomes(office.anne)
    one.enters("dap")
    one.reads("Skal den sendes?")
    one.presses("Send dagsordenen ud")

    one.becomes(office.bo)
    one.enters("styregruppen")
    posted = one.reads("Dagsorden til styregruppemøde for Digital Almen Praksis", "onsdag den 18. juni 2025")
    expect(one.stream.get_by_text("Kun synlig for dig")).to_have_count(0)
    posted.get_by_role("button", name=re.compile(r"\d svar")).click()
    expect(one.thread).to_contain_text("Godkender, at Del I bliver rammen")

    one.passes("Til næste hændelse")
    expect(one.page.locator("#happened")).to_have_text("Klokken er nu 09.00, og der er en påmindelse.")
    expect(one.page.locator("#now")).to_have_text("tirsdag den 17. juni 2025 kl. 09.00")
    expect(one.reads("I morgen, onsdag den 18. juni 2025, er der styregruppemøde")).to_be_in_viewport()


def test_a_command_is_typed_and_a_button_pressed(demo: Office, arrives: Arrives) -> None:
    anne = arrives(demo)
    anne.types("/dap agenda")
    expect(anne.reads("Kun synlig for dig", "5. Status på øvrige projekter")).to_be_in_viewport()
    anne.types("/dap opsætning")
    anne.reads("Formand: Karen Toft")
    anne.presses("Ret opsætningen")
    expect(anne.form.get_by_role("heading", name="Opsætning")).to_be_visible()

    anne.form.press("Escape")
    expect(anne.form).to_be_hidden()
    expect(anne.stream.get_by_role("button", name="Ret opsætningen").last).to_be_focused()

    anne.types("/dap opgave")
    expect(anne.form).to_be_visible()
    anne.form.press("Escape")
    expect(anne.composer).to_be_focused()
    anne.page.keyboard.type("Nu skriver jeg videre")  # the keys go where the focus is
    expect(anne.composer).to_have_value("Nu skriver jeg videre")


def test_a_form_is_filled_in_and_corrected(demo: Office, arrives: Arrives) -> None:
    anne = arrives(demo)
    anne.types("/dap møde ny")
    when, place = anne.form.get_by_label("Hvornår, skrevet ud"), anne.form.get_by_label("Sted")
    when.fill("mandag 26. februar 2026 kl. 13-15")
    place.fill("hos PLO")
    anne.presses("Sæt mødet", anne.form)
    expect(anne.form.get_by_role("alert").filter(visible=True)).to_contain_text("Hvilken af dem er rigtig?")
    expect(when).to_be_focused()
    expect(place).to_have_value("hos PLO")

    when.fill("torsdag 26. februar 2026 kl. 13-15")
    when.press("Enter")
    anne.reads("Mødet er sat til torsdag den 26. februar 2026 kl. 13.00-15.00, hos PLO.")
    expect(anne.form).to_be_hidden()


def test_a_document_is_chosen_behind_the_plus(demo: Office, arrives: Arrives) -> None:
    anne = arrives(demo)
    anne.picks("brev.txt", b"Hej Anne")
    anne.reads("brev.txt ligner ikke en dagsorden")
    with anne.page.expect_download() as fetched:
        anne.stream.get_by_role("link", name="brev.txt").click()
    assert fetched.value.path().read_bytes() == b"Hej Anne"


def test_a_day_passes_and_the_secretary_is_reminded(demo: Office, arrives: Arrives) -> None:
    anne = arrives(demo)
    anne.passes("+1 dag")
    expect(anne.page.locator("#now")).to_have_text("onsdag den 11. juni 2025 kl. 09.00")
    expect(anne.page.get_by_role("navigation").get_by_role("button", name="dap")).to_contain_text("ulæst")
    anne.enters("dap")
    anne.reads("skulle have været sendt ud", "Den er ikke sendt endnu.")


def test_what_one_does_another_sees_at_once(demo: Office, arrives: Arrives) -> None:
    anne, bo = arrives(demo), arrives(demo)
    bo.becomes(demo.bo)
    anne.types("Husk <b>kage</b> & kaffe")
    bo.reads("Anne Holm", "Husk <b>kage</b> & kaffe")
    anne.types("/dap budget")
    anne.reads("1.908.098")
    expect(bo.stream).not_to_contain_text("1.908.098")


def test_on_a_phone_nothing_scrolls_sideways_and_one_can_write(demo: Office, arrives: Arrives) -> None:
    anne = arrives(demo, width=390)
    anne.expect_narrow()
    for typed, answer in (("hjælp", "Du kan gøre dette nu"), ("agenda", "Meddelelser"), ("budget", "1.908.098")):
        anne.types(f"/dap {typed}")
        expect(anne.reads(answer)).to_be_in_viewport()
        anne.expect_narrow()

    anne.types("Vi ses")
    anne.presses("Svar i tråd", anne.reads("Vi ses"))
    expect(anne.thread.get_by_role("textbox")).to_be_in_viewport(ratio=1)
    anne.expect_narrow()
    anne.presses("Luk", anne.thread)

    anne.types("/dap møde flyt")
    expect(anne.form.get_by_role("button", name="Flyt mødet")).to_be_in_viewport(ratio=1)
    anne.expect_narrow()


def test_what_goes_wrong_in_the_page_is_noticed(demo: Office, arrives: Arrives) -> None:
    anne = arrives(demo)
    anne.page.evaluate("setTimeout(() => { throw new Error('a slip') })")
    anne.page.evaluate("fetch('/page/nowhere')")
    anne.page.evaluate("document.querySelector('main').style.width = '2000px'")
    with pytest.raises(AssertionError):
        anne.expect_narrow()
    assert "a slip" in anne.errors[0]
    assert "404" in anne.errors[1]
    anne.errors.clear()
