"""The order of an agenda's items: numbers that were printed, an item moved, all numbered anew."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

from sqlalchemy import select

from bot.agenda import Appendix
from storage.history import Change
from tests.office import Office
from tests.stories.test_first_line import JUNE, filed
from tests.stories.test_proposals import EARLY, edits, filled, june, last

__all__ = ["june"]

PRINTED = replace(JUNE, items=tuple(replace(JUNE.items[0], number=n, title=t) for n, t in (
    ("1", "Meddelelser"), ("2", "Målbillede"), ("3", "Budgetter"), ("5", "Status"), ("6", "Eventuelt og næste møde"),
)))  # fmt: skip


def test_printed_numbers_are_kept_until_somebody_accepts_a_renumbering(office: Office) -> None:
    office.time = EARLY
    filed(office, PRINTED)
    office.founded()
    office.types(office.bo, "foreslå Nye borde")
    office.presses(office.anne, "Sæt på dagsordenen")
    assert "Sat på dagsordenen som punkt 7." in last(office, office.anne)
    assert "6. Eventuelt og næste møde" in office.types(office.bo, "dagsorden")
    office.presses(office.anne, "Nummerér om")
    shown = office.types(office.bo, "dagsorden")
    assert shown.index("4. Status") < shown.index("5. Nye borde") < shown.index("6. Eventuelt og næste møde")


def test_the_numbers_of_an_agenda_stay_when_its_meeting_has_begun(office: Office) -> None:
    office.time = EARLY
    filed(office, PRINTED)
    office.founded()
    office.types(office.bo, "foreslå Nye borde")
    office.presses(office.anne, "Sæt på dagsordenen")
    office.time = dt.datetime(2025, 6, 18, 11, tzinfo=dt.UTC)
    office.types(office.anne, "møde start")
    office.presses(office.anne, "Nummerér om")
    told = office.slack.whispers(office.anne, office.anne)[-1].plain
    assert told == "Mødet er begyndt, holdt eller aflyst, så dagsordenen kan ikke længere ændres eller sendes ud."


def test_an_item_is_moved_after_another_and_what_is_numbered_under_it_follows(june: Office) -> None:
    told = edits(june, "2", after="3. Budgetter 2025")
    assert "3. Forretningsmålbillede" in told
    assert "Bilag 3.1 Forretningsmålbillede DEL I" in told
    shown = june.types(june.bo, "dagsorden")
    assert shown.index("2. Budgetter 2025") < shown.index("2.1. Status") < shown.index("3. Forretningsmålbillede")


def test_the_history_says_what_an_edit_and_a_move_changed_and_what_was_there(june: Office) -> None:
    edits(june, "2", summary="Et nyt resumé.", presenters="Bo Lind, PLO", after="3. Budgetter 2025")
    edits(june, "3", asked_1="godkender noget andet")
    with june.program.storage.reading() as reader:
        mine = select(Change.what, Change.before, Change.after).where(Change.group_id == 1)
        edited, moved, again = reader.execute(mine.order_by(Change.id)).all()[-3:]
    assert edited.what == again.what == "item edited"
    assert edited.before.keys() == edited.after.keys() == {"item", "presenters", "sections"}
    assert edited.before["presenters"] != edited.after["presenters"]
    assert edited.after["presenters"][0]["name"] == "Bo Lind"
    assert edited.after["sections"][0]["blocks"][0]["text"] == "Et nyt resumé."
    assert (moved.what, moved.before, moved.after) == ("item moved", {"item": 2, "after": 1}, {"item": 2, "after": 3})
    was, now = (each["recommendations"][0]["text"] for each in (again.before, again.after))
    assert (was, now) == (JUNE.items[1].recommendations[0].text, "godkender noget andet")


BELOW = tuple(
    replace(JUNE.items[1], number=f"3.{n}", title=title, appendices=(Appendix(f"3.{n}.1", f"Bilag om {title}"),))
    for n, title in enumerate(("Status", "Forbrug", "Prognose"), 1)
)


def off(office: Office, number: str, button: str) -> None:
    """Anne looks an item up and takes it off the agenda."""
    office.types(office.anne, f"punkt {number}")
    office.presses(office.anne, button, office.room)


def test_what_stands_under_an_item_closes_up_when_one_of_it_is_taken_off(office: Office) -> None:
    office.time = EARLY
    filed(office, replace(JUNE, items=(*JUNE.items[:2], replace(JUNE.items[2], items=BELOW))))
    office.founded()
    off(office, "3.1", "Udsæt til næste møde")
    shown = office.types(office.bo, "dagsorden")
    assert shown.index("3. Budgetter 2025") < shown.index("3.1. Forbrug") < shown.index("3.2. Prognose")
    assert "Bilag 3.2.1 Bilag om Prognose" in office.types(office.bo, "punkt 3.2")
    off(office, "3.2", "Tages ikke med")
    filled(office, office.anne, reason="Det må vente.")
    assert "3.1. Forbrug" in office.types(office.bo, "dagsorden")


def test_printed_numbers_under_an_item_that_did_not_follow_stay_as_they_were_printed(office: Office) -> None:
    office.time = EARLY
    below = (BELOW[0], BELOW[1], replace(BELOW[2], number="3.5"))
    filed(office, replace(JUNE, items=(*JUNE.items[:2], replace(JUNE.items[2], items=below))))
    office.founded()
    off(office, "3.1", "Udsæt til næste møde")
    shown = office.types(office.bo, "dagsorden")
    assert shown.index("3.2. Forbrug") < shown.index("3.5. Prognose")
