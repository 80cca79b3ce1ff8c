"""The agenda is out, and something about it is changed: a slip is mended in place, the rest is a new version."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import replace
from typing import Any

import pytest
from sqlalchemy import select

from bot.agenda import Agenda, Item
from storage.sendings import Sending
from tests.beginnings import beginning
from tests.office import Office
from tests.stories.test_bad_input import send
from tests.stories.test_first_line import JUNE, filed
from tests.stories.test_home import home
from tests.stories.test_proposals import EARLY, edits, filled


@beginning
def sent(office: Office) -> Office:
    """The office in May with the June agenda sent to its channel."""
    office.time = EARLY
    filed(office)
    office.founded()
    send(office)
    return office


def overview(office: Office) -> str:
    (posted,) = office.slack.history(office.room)
    return posted.plain


def thread(office: Office) -> list[str]:
    (posted,) = office.slack.history(office.room)
    return [each.plain for each in office.slack.thread(posted)]


def sends_anew(office: Office) -> None:
    office.types(office.anne, "dagsorden send")
    office.presses(office.karen, "Godkend udsendelse")
    office.presses(office.anne, "Send dagsordenen ud")


def versions(office: Office) -> list[tuple[int, list[Any]]]:
    with office.program.storage.reading() as reader:
        rows = reader.execute(
            select(Sending.version, Sending.content).where(Sending.meeting_id == 1).order_by(Sending.version)
        ).all()
    return [(row.version, [item["title"] for item in row.content["items"]]) for row in rows]


def test_a_slip_is_mended_quietly_in_what_was_posted(sent: Office) -> None:
    told = edits(sent, "2", title="forretningsmålbillede.")
    assert "Det er kun en slåfejl" in told
    assert "2. forretningsmålbillede." in overview(sent)
    assert len(thread(sent)) == 3
    assert "2. forretningsmålbillede." in thread(sent)[1]
    assert "version 1" in sent.types(sent.bo, "dagsorden")
    assert versions(sent) == [(1, ["Meddelelser", "Forretningsmålbillede", "Budgetter 2025"])]


@beginning
def bought(office: Office) -> Office:
    """The office in May with an agenda sent that has an amount, a month and a number in its titles."""
    titles = ("Indkøb for 1,2 mio. kr. inden juli", "Sag to med bilagene", "Planen for bilgaene")
    office.time = EARLY
    filed(office, Agenda(JUNE.meeting, items=tuple(Item(str(n), title) for n, title in enumerate(titles, 1))))
    office.founded()
    send(office)
    return office


@pytest.mark.parametrize(
    ("number", "title"),
    [
        pytest.param("1", "Indkøb for 1,2 mia. kr. inden juli", id="mio. er ikke mia."),
        pytest.param("1", "Indkøb for 1,2 mio. kr. inden juni", id="juli er ikke juni"),
        pytest.param("1", "Indkøb for 12 mio. kr. inden juli", id="et komma i et tal"),
        pytest.param("2", "Sag tre med bilagene", id="to er ikke tre"),
        pytest.param("3", "Planen for bilagene", id="et ord, der bruges i et andet punkt"),
    ],
)
def test_what_the_chair_said_yes_to_stands_until_the_next_yes(bought: Office, number: str, title: str) -> None:
    before = overview(bought)
    assert "Dagsordenen er nu version 2." in edits(bought, number, title=title)
    assert overview(bought) == before
    sends_anew(bought)
    assert f"{number}. {title}" in overview(bought)
    assert f"{number}. {title}: ny titel" in thread(bought)[-1]


def test_two_letters_swapped_are_mended_where_no_other_word_comes_of_it(bought: Office) -> None:
    assert "Det er kun en slåfejl" in edits(bought, "2", title="Sag to med bialgene")
    assert "2. Sag to med bialgene" in overview(bought)


def test_another_change_is_a_new_version_which_takes_the_old_posts_place_after_a_new_yes(sent: Office) -> None:
    assert "Dagsordenen er nu version 2." in edits(sent, "3", duration=30)
    assert "version 2" in edits(sent, "2", verb_2="Udelades")
    sent.types(sent.bo, "foreslå Nye borde")
    sent.presses(sent.anne, "Sæt på dagsordenen")
    assert "Dagsordenen er nu version 2." in sent.slack.history(sent.anne)[-1].plain
    assert "Nye borde" not in overview(sent)
    assert "Budgetter 2025 (60 min.)" in overview(sent)

    sent.time = EARLY + dt.timedelta(days=1)
    sends_anew(sent)
    assert "3. Budgetter 2025 (30 min.)" in overview(sent)
    assert "4. Nye borde" in overview(sent)
    said = thread(sent)
    assert [each.split(" ")[0] for each in said[:4]] == ["1.", "2.", "3.", "4."]
    assert "Drøfter pakkerne" not in said[1]
    assert said[4].splitlines()[0] == "Revideret dagsorden (version 2). Ændret siden tirsdag den 20. maj 2025:"
    assert "2. Forretningsmålbillede: ændret indstilling" in said[4]
    assert "3. Budgetter 2025: ny tid" in said[4]
    assert "4. Nye borde: nyt punkt" in said[4]
    assert [version for version, _ in versions(sent)] == [1, 2]
    assert "Nye borde" in versions(sent)[1][1]
    assert "Nye borde" not in versions(sent)[0][1]


def test_a_third_version_still_takes_the_first_posts_place(sent: Office) -> None:
    for number, minutes in ((2, 30), (3, 20)):
        edits(sent, "3", duration=minutes)
        sends_anew(sent)
        assert f"Revideret dagsorden (version {number})" in thread(sent)[-1]
    assert "3. Budgetter 2025 (20 min.)" in overview(sent)


def test_a_change_after_the_chairs_yes_to_a_revision_needs_another(sent: Office) -> None:
    edits(sent, "3", duration=30)
    sent.types(sent.anne, "dagsorden send")
    sent.presses(sent.karen, "Godkend udsendelse")
    assert "Dagsordenen er nu version 3." in edits(sent, "3", duration=20)
    sent.presses(sent.anne, "Send dagsordenen ud")
    assert "ny version af dagsordenen, version 3" in sent.slack.whispers(sent.anne, sent.anne)[-1].plain


def test_until_a_new_version_is_sent_members_see_the_one_that_was(sent: Office) -> None:
    edits(sent, "3", duration=30)
    edits(sent, "2", title="Noget helt andet")
    known = sent.types(sent.bo, "dagsorden")
    assert "Det kommende møde · version 1 · udsendt" in known
    assert "Budgetter 2025 (60 min.)" in known
    assert "Noget helt andet" not in known
    assert "2. Forretningsmålbillede" in sent.types(sent.bo, "dagsorden 2")
    assert "Der er ikke noget punkt 9 på dagsordenen. Der er punkt 1, 2, 3 og 3.1." in sent.types(
        sent.bo, "dagsorden 9"
    )
    assert "Dagsordenen har 3 punkter og er sendt ud." in home(sent, sent.bo)
    for knows in (sent.anne, sent.karen):
        draft = sent.types(knows, "dagsorden")
        assert "Det kommende møde · version 2 · ikke udsendt (version 1 er udsendt)" in draft
        assert "Noget helt andet" in draft
        told = "Dagsordenen har 3 punkter i version 2, som ikke er sendt ud. Version 1 er sendt ud."
        assert told in home(sent, knows)
    sends_anew(sent)
    assert "Det kommende møde · version 2 · udsendt" in sent.types(sent.bo, "dagsorden")
    assert "Noget helt andet" in sent.types(sent.bo, "dagsorden 2")


def test_what_was_sent_is_closed_to_whom_it_was_closed_to(sent: Office) -> None:
    edits(sent, "3", audience="closed")
    sends_anew(sent)
    edits(sent, "2", title="Noget helt andet")
    assert "3. Lukket punkt" in sent.types(sent.bo, "dagsorden")
    assert "Budgetter" not in sent.types(sent.bo, "dagsorden 3")


def test_a_meeting_begins_with_a_word_about_what_the_members_have_not_got(sent: Office) -> None:
    edits(sent, "3", duration=30)
    sent.time = dt.datetime(2025, 6, 18, 11, tzinfo=dt.UTC)
    begun = sent.types(sent.anne, "møde start")
    assert "Dagsordenen er ikke sendt ud i version 2. Medlemmerne har version 1." in begun
    assert "Det kommende møde · version 1 · mødet er i gang" in sent.types(sent.bo, "dagsorden")


def test_the_chair_is_told_what_is_changed_and_that_it_takes_too_long(sent: Office) -> None:
    edits(sent, "3", duration=135)
    sent.types(sent.anne, "dagsorden send")
    *_, long, changed, question = (each.plain for each in sent.slack.history(sent.karen))
    assert "Mødet er sat til 120 min." in long
    assert re.search(r"Der mangler \d+ min\.", long)
    assert changed.startswith("Revideret dagsorden (version 2). Ændret siden tirsdag den 20. maj 2025:")
    assert "3. Budgetter 2025: ny tid" in changed
    assert "ligger klar til din godkendelse" in question


def test_of_a_first_agenda_there_is_only_its_time_to_remark(sent: Office) -> None:
    told = [each.plain for each in sent.slack.history(sent.karen)]
    assert "Punkterne fylder 125 min. Mødet er sat til 120 min. Der mangler 5 min." in told
    assert not [each for each in told if each.startswith("Revideret")]


def test_saving_a_form_unchanged_changes_nothing(sent: Office) -> None:
    edits(sent, "2")
    assert "version 1 · udsendt" in sent.types(sent.bo, "dagsorden")


def test_a_new_order_is_said_where_nothing_else_has_changed(sent: Office) -> None:
    edits(sent, "2", after="0")
    sends_anew(sent)
    assert thread(sent)[-1].endswith("Ændret siden tirsdag den 20. maj 2025: rækkefølgen eller numrene.")
    assert "1. Forretningsmålbillede" in overview(sent)


def test_a_meeting_moved_meanwhile_shows_what_was_sent_and_not_what_waits(sent: Office) -> None:
    edits(sent, "3", duration=30)
    sent.slack.command(sent.anne, sent.room, "/dap møde flyt")
    filled(sent, sent.anne, when="onsdag 25. juni 2025 kl. 10-12", chair=["yes"])
    assert "onsdag den 25. juni 2025" in overview(sent)
    assert "Budgetter 2025 (60 min.)" in overview(sent)


def test_a_revision_that_the_chair_has_said_yes_to_needs_another_yes_when_the_meeting_is_moved(sent: Office) -> None:
    edits(sent, "3", duration=30)
    sent.types(sent.anne, "dagsorden send")
    sent.presses(sent.karen, "Godkend udsendelse")
    sent.slack.command(sent.anne, sent.room, "/dap møde flyt")
    filled(sent, sent.anne, when="onsdag 25. juni 2025 kl. 10-12", chair=["yes"])
    sent.presses(sent.anne, "Send dagsordenen ud")
    assert "ny version af dagsordenen, version 3" in sent.slack.whispers(sent.anne, sent.anne)[-1].plain
    assert "Budgetter 2025 (60 min.)" in overview(sent)
    sends_anew(sent)
    assert "Budgetter 2025 (30 min.)" in overview(sent)


def test_an_item_is_postponed_from_an_agenda_that_is_out_once_and_the_new_version_says_so(sent: Office) -> None:
    sent.types(sent.bo, "foreslå Nye borde")
    sent.presses(sent.anne, "Sæt på dagsordenen")
    sends_anew(sent)
    sent.types(sent.anne, "punkt 3")
    page = sent.with_button(sent.anne, "Udsæt til næste møde", sent.room)
    for _ in range(2):
        sent.slack.press(sent.anne, page, "Udsæt til næste møde")
        sent.settle()
    assert "Det gælder ikke længere." in sent.slack.whispers(sent.anne, sent.room)[-1].plain
    assert "3. Budgetter 2025" in overview(sent)
    waiting = sent.types(sent.anne, "dagsorden forslag")
    assert waiting.count("Budgetter 2025") == 1
    assert "Status (O)" in waiting
    assert "Til mødet mandag den 6. oktober 2025" in waiting

    sends_anew(sent)
    assert "3. Nye borde" in overview(sent)
    assert "Budgetter" not in overview(sent)
    assert "Budgetter 2025: udgår" in thread(sent)[-1]
    assert "Nye borde" in thread(sent)[3]
    assert "3. Budgetter 2025 udgår (version 3)." in thread(sent)[2]


def test_an_item_is_left_out_of_an_agenda_and_whoever_proposed_it_is_told_why(sent: Office) -> None:
    sent.types(sent.bo, "foreslå Nye borde")
    sent.presses(sent.anne, "Sæt på dagsordenen")
    sent.types(sent.anne, "punkt 4")
    sent.presses(sent.anne, "Tages ikke med", sent.room)
    filled(sent, sent.anne, reason="Vi har lige købt nye.")
    said = sent.slack.whispers(sent.anne, sent.room)[-1].plain
    assert said.startswith("Tages ikke med: Nye borde. Begrundelse: Vi har lige købt nye.")
    assert "Dagsordenen er nu version 2." in said
    assert "4. Nye borde" not in said
    assert sent.slack.history(sent.bo)[-1].plain == (
        "Dit forslag tages ikke med: Nye borde. Begrundelse: Vi har lige købt nye."
    )
    assert "Nye borde" not in sent.types(sent.bo, "dagsorden")


def test_an_item_is_not_taken_off_by_a_member_or_when_the_meeting_has_begun(sent: Office) -> None:
    sent.types(sent.anne, "punkt 3")
    page = sent.with_button(sent.anne, "Udsæt til næste møde", sent.room)
    sent.slack.press(sent.bo, replace(page, whispered_to=sent.bo.id), "Udsæt til næste møde")
    sent.settle()
    assert "Det har du ikke adgang til." in sent.slack.whispers(sent.bo, sent.room)[-1].plain
    assert "Udsæt" not in sent.types(sent.bo, "punkt 3")
    sent.time = dt.datetime(2025, 6, 18, 11, tzinfo=dt.UTC)
    sent.types(sent.anne, "møde start")
    sent.slack.press(sent.anne, page, "Udsæt til næste møde")
    sent.settle()
    assert "Mødet er begyndt" in sent.slack.whispers(sent.anne, sent.room)[-1].plain
    assert "Udsæt" not in sent.types(sent.anne, "punkt 3")
