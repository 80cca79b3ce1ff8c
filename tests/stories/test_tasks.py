"""Tasks: noted in a line or a form, seen by whom they are for, done, handed on, dropped; due at meetings that move."""

from __future__ import annotations

from collections.abc import Mapping

from sqlalchemy import select, update

from bot.tasks import Source
from storage import groups, tasks
from storage.appointments import Appointment
from storage.groups import Person
from storage.history import Change
from storage.items import Item
from storage.meetings import Meeting
from templates import form
from tests.beginnings import beginning
from tests.office import Office
from tests.slack import User
from tests.stories.test_first_line import filed
from tests.stories.test_meetings import filled


@beginning
def june(office: Office) -> Office:
    """The office with its secretary and chair, and the June agenda filed; it is Tuesday 10 June 2025."""
    filed(office)
    office.founded()
    office.types(office.bo, "dagsorden")  # from now on we know who he is
    return office


def noted(office: Office, person: User, line: str) -> str:
    return office.types(person, f"opgave {line}")


def submitted(office: Office, who: User, button: str, **fields: object) -> Mapping[str, str]:
    """Press a button, fill in the form it opens, submit it; what the form complains of."""
    office.presses(who, button)
    office.slack.fill(who, fields)
    errors = office.slack.submit(who).errors
    office.settle()
    return errors


def whisper(office: Office, person: User) -> str:
    return office.slack.whispers(person, office.room)[-1].plain


def letters(office: Office, person: User) -> list[str]:
    return [each.plain for each in office.slack.history(person)]


def of_plo(office: Office, person: User) -> None:
    """Somebody speaks for PLO in the group."""
    with office.program.storage.transaction() as session:
        row = session.scalars(select(Person).where(Person.slack_id == person.id)).one()
        since = office.time.date()
        session.add(Appointment(group_id=1, person_id=row.id, role="member", organisation="PLO", since=since))


def test_a_task_is_read_from_a_line_and_what_was_read_is_shown(june: Office) -> None:
    said = noted(june, june.anne, f"Skriv notat om FMK senest 19. december <@{june.bo.id}>")
    assert said.startswith("Opgaven er noteret.")
    assert "Skriv notat om FMK" in said
    assert "Ansvarlig: Bo Lind · frist: fredag den 19. december 2025 (årstallet er udledt)" in said
    assert "Ret" in june.with_button(june.anne, "Ret").buttons
    (told,) = letters(june, june.bo)
    assert told.startswith("Anne Holm har givet dig en opgave.")


def test_the_name_may_stand_before_the_deadline_too(june: Office) -> None:
    said = noted(june, june.anne, f"Ring til KL <@{june.karen.id}> så hurtigt som muligt")
    assert "Ring til KL\nAnsvarlig: Karen Toft · frist: så hurtigt som muligt" in said


def test_what_is_missing_is_shown_as_missing(june: Office) -> None:
    assert "Ingen ansvarlig endnu · ingen frist" in noted(june, june.bo, "Find et lokale")


def test_undone_at_once_it_was_never_there(june: Office) -> None:
    noted(june, june.bo, "Find et lokale")
    june.presses(june.bo, "Fortryd")
    assert whisper(june, june.bo) == "Fortrudt. Opgaven er ikke noteret: Find et lokale"
    assert "Der er ingen åbne opgaver." in june.types(june.anne, "opgaver alle")


def test_it_is_mended_in_a_form(june: Office) -> None:
    noted(june, june.anne, "Find et lokale til næste styregruppemøde")
    errors = submitted(june, june.anne, "Ret", what="Find et større lokale", deadline="Q4", organisation="KL")
    assert errors == {}
    assert "Find et større lokale\nAnsvarlig: KL · frist: Q4 (2025, årstallet er udledt)" in whisper(june, june.anne)


def test_without_words_a_form_asks_for_them(june: Office) -> None:
    june.slack.command(june.bo, june.room, "/dap opgave")
    june.slack.fill(june.bo, {"what": "Send oplæg", "deadline": "20. juni", "person": june.bo})
    assert june.slack.submit(june.bo).errors == {}
    june.settle()
    assert "Send oplæg\nAnsvarlig: Bo Lind · frist: fredag den 20. juni 2025" in whisper(june, june.bo)
    assert letters(june, june.bo) == []  # nobody hears of a task they gave themselves


def test_a_deadline_in_a_form_in_which_no_day_can_be_read_says_so(june: Office) -> None:
    june.slack.command(june.bo, june.room, "/dap opgave")
    june.slack.fill(june.bo, {"what": "Ring til ministeriet", "deadline": "i går"})
    assert june.slack.submit(june.bo).errors == {}
    june.settle()
    said = june.slack.whispers(june.bo, june.room)[-1].plain
    assert "i går" in said
    assert "jeg kan ikke læse en dag i den. Der kommer ingen påmindelse." in said
    assert "påmindelse" not in june.types(june.bo, "opgave Book lokale snarest")


def test_what_tells_that_a_task_is_done_is_none(june: Office) -> None:
    for typed in ("opgave færdig 1", "opgave 2 er færdig", "opgave slet #3"):
        assert june.types(june.bo, typed) == "Tryk Færdig ved opgaven i /dap opgaver. Intet er noteret."
    assert "Opgaven er noteret." in june.types(june.bo, "opgave Færdiggør notatet")
    assert "færdig" not in june.types(june.bo, "opgaver alle")


def test_mine_are_shown_overdue_first_and_those_of_my_organisation(june: Office) -> None:
    of_plo(june, june.bo)
    noted(june, june.anne, f"Uden frist <@{june.bo.id}>")
    noted(june, june.anne, f"Regnskab i Q4 2025 <@{june.bo.id}>")
    noted(june, june.anne, f"Glemt senest 12. juni <@{june.bo.id}>")
    noted(june, june.anne, f"Karens opgave <@{june.karen.id}>")
    noted(june, june.anne, "Organisationens")
    submitted(june, june.anne, "Ret", organisation="plo")
    june.time = june.time.replace(day=16)
    said = june.types(june.bo, "opgaver")
    assert "4 opgaver, heraf 1 forsinket." in said
    places = [said.index(each) for each in ("Glemt", "Regnskab", "Uden frist", "Organisationens")]
    assert places == sorted(places)
    assert "frist: torsdag den 12. juni 2025 (årstallet er udledt) · forsinket" in said
    assert "Karens" not in said
    assert "5 opgaver" in june.types(june.karen, "alle opgaver")
    assert "1 opgave." in june.types(june.karen, "opgaver forsinkede")


def test_a_task_of_an_organisation_nobody_speaks_for_says_that_it_reaches_nobody(june: Office) -> None:
    unheard = "Ingen i Slack står på deltagerlisten for PLO, så opgaven når ingen endnu."
    noted(june, june.anne, "Skriv notat")
    submitted(june, june.anne, "Ret", what="Skriv notat", organisation="PLO")
    assert unheard in whisper(june, june.anne)
    of_plo(june, june.bo)
    submitted(june, june.anne, "Ret", what="Skriv notat", organisation="plo")
    assert "Ingen i Slack" not in whisper(june, june.anne)


def test_done_is_done_once_and_can_be_taken_back(june: Office) -> None:
    noted(june, june.anne, f"Skriv notat <@{june.bo.id}>")
    june.presses(june.bo, "Færdig", june.bo)
    assert letters(june, june.bo) == ["Færdig: Skriv notat\n[Fortryd]"]
    june.types(june.anne, "opgaver alle")
    june.presses(june.bo, "Fortryd", june.bo)
    assert letters(june, june.bo)[0].startswith("Opgaven er åben igen.")


def test_done_twice_is_done_once(june: Office) -> None:
    noted(june, june.anne, f"Skriv notat <@{june.bo.id}>")
    june.types(june.anne, "opgaver alle")
    june.presses(june.bo, "Færdig", june.bo)
    june.presses(june.anne, "Færdig", june.room)
    assert whisper(june, june.anne) == "Det klarede Bo Lind kl. 09.00. Der er ikke sket mere."
    with june.program.storage.reading() as reader:
        done = reader.scalars(select(Change.id).where(Change.group_id == 1, Change.what == "task done"))
        assert len(done.all()) == 1


def test_a_task_is_handed_on_and_the_new_owner_hears_it(june: Office) -> None:
    noted(june, june.anne, f"Skriv notat <@{june.bo.id}>")
    assert submitted(june, june.bo, "Giv videre") == {
        "Ansvarlig": "Hvem skal have opgaven? Vælg en person, eller skriv en organisation."
    }
    june.slack.fill(june.bo, {"person": june.karen})
    june.slack.submit(june.bo)
    june.settle()
    (told,) = letters(june, june.karen)
    assert told.startswith("Bo Lind har givet dig en opgave.")
    assert "Du har ingen åbne opgaver." in june.types(june.bo, "opgaver")


def test_somebody_elses_task_is_not_mine_to_end(june: Office) -> None:
    noted(june, june.anne, f"Skriv notat <@{june.karen.id}>")
    noted(june, june.bo, f"Hent kaffe <@{june.bo.id}>")
    june.types(june.bo, "opgaver")
    shown = june.with_button(june.bo, "Færdig")
    submitted(june, june.bo, "Giv videre", person=june.karen)
    june.slack.press(june.bo, shown, "Færdig")  # drawn while it was his
    june.settle()
    assert whisper(june, june.bo).startswith("Opgaven er en andens.")
    assert "2 opgaver" in june.types(june.karen, "opgaver")
    assert "Færdig" not in june.types(june.bo, "opgaver alle")


def test_the_secretary_drops_a_task_with_a_reason_that_its_owner_hears(june: Office) -> None:
    noted(june, june.bo, f"Skriv notat <@{june.bo.id}>")
    june.types(june.anne, "opgaver alle")
    assert submitted(june, june.anne, "Udgår", why="Loven er ændret.") == {}
    assert letters(june, june.bo) == ["Udgår: Skriv notat\nBegrundelse: Loven er ændret."]
    june.types(june.bo, "opgaver")
    assert "Udgår" not in june.types(june.bo, "opgaver")


def test_a_task_due_at_a_meeting_moves_with_it(june: Office) -> None:
    noted(june, june.anne, "Skriv notat til næste styregruppemøde")
    filled(june, "møde flyt", when="onsdag 25. juni 2025 kl. 10-12")
    assert "til næste styregruppemøde, onsdag den 25. juni 2025" in june.types(june.bo, "opgaver alle")


def test_a_task_due_at_a_meeting_that_nobody_planned_waits_for_it(june: Office) -> None:
    said = noted(june, june.anne, "Skriv notat til næste styregruppemøde i februar")
    assert said.splitlines()[2] == "Ingen ansvarlig endnu · frist: til næste styregruppemøde i februar"
    filled(june, "møde ny", when="torsdag 26. februar 2026 kl. 13-15")
    june.program.clock.sweep()
    shown = june.types(june.bo, "opgaver alle")
    assert "til næste styregruppemøde i februar, torsdag den 26. februar 2026" in shown


def test_when_its_meeting_is_called_off_a_task_is_due_at_the_next(june: Office) -> None:
    noted(june, june.anne, "Skriv notat til næste styregruppemøde")
    filled(june, "møde aflys")
    june.program.clock.sweep()
    assert "til næste styregruppemøde, mandag den 6. oktober 2025" in june.types(june.bo, "opgaver alle")


def item_id(office: Office, number: str, **changed: object) -> int:
    with office.program.storage.transaction() as session:
        found = session.scalars(select(Item.id).where(Item.meeting_id == 1, Item.number == number)).one()
        if changed:
            session.execute(update(Item).where(Item.id == found).values(**changed))
        return found


def test_a_closed_items_task_exists_only_for_those_it_is_for_and_its_owner(june: Office) -> None:
    closed = item_id(june, "3", audience=[])
    june.slack.open_form(june.anne, form_of(june, closed))
    june.slack.fill(june.anne, {"what": "Forhandl prisen", "person": june.karen})
    assert june.slack.submit(june.anne).errors == {}
    june.settle()
    assert "Forhandl prisen" in june.types(june.karen, "opgaver alle")
    assert "Forhandl prisen" not in june.types(june.bo, "opgaver alle")
    june.types(june.anne, "opgaver alle")
    submitted(june, june.anne, "Giv videre", person=june.bo)
    assert "Forhandl prisen" in june.types(june.bo, "opgaver")


def test_nobody_makes_a_task_of_an_item_that_is_not_for_them(june: Office) -> None:
    june.slack.open_form(june.bo, form_of(june, item_id(june, "3", audience=[])))
    june.slack.fill(june.bo, {"what": "Spørg om prisen"})
    assert "gælder ikke længere." in "".join(june.slack.submit(june.bo).errors.values())
    june.slack.dismiss(june.bo)


def test_a_new_version_of_the_agenda_keeps_the_tasks_of_its_items(june: Office) -> None:
    june.slack.open_form(june.anne, form_of(june, item_id(june, "2")))
    june.slack.fill(june.anne, {"what": "Tegn målbilledet"})
    june.slack.submit(june.anne)
    filed(june, digest="once more")
    assert "Tegn målbilledet\nIngen ansvarlig endnu · ingen frist · punkt 2" in june.types(june.bo, "opgaver alle")


def test_a_new_version_of_the_agenda_lays_no_closed_items_tasks_open(june: Office) -> None:
    june.slack.open_form(june.anne, form_of(june, item_id(june, "3", audience=[])))
    june.slack.fill(june.anne, {"what": "Forhandl prisen"})
    june.slack.submit(june.anne)
    filed(june, digest="once more")
    assert "Forhandl prisen" not in june.types(june.bo, "opgaver alle")


def form_of(office: Office, item: int) -> dict[str, object]:
    """The form that the button under an item opens, as it comes from the bot."""
    view = form("tasks/form", "da", task=None, assigned=None, due="")
    return {**view, "type": "modal", "callback_id": "task new", "private_metadata": f"1 {office.room.id} - {item} 0"}


def test_a_hundred_tasks_are_split_and_none_is_lost(june: Office) -> None:
    with june.program.storage.transaction() as session:
        bo = groups.person(session, june.bo.id)
        for number in range(100):
            tasks.make(
                session, 1, f"Opgave nr. {number}.", owner=bo, organisation=None, deadline=None, source=Source(),
                by=bo.id, at=june.time,
            )  # fmt: skip
    june.types(june.bo, "opgaver")
    said = "\n".join(each.plain for each in june.slack.whispers(june.bo, june.room))
    assert all(f"Opgave nr. {number}." in said for number in range(100))


def test_a_meeting_knows_its_tasks(june: Office) -> None:
    with june.program.storage.transaction() as session:
        session.execute(update(Meeting).where(Meeting.id == 1).values(state="open"))
    noted(june, june.anne, "Skriv notat senest 1. juli")
    with june.program.storage.reading() as reader:
        (task,) = tasks.of_meeting(reader, 1)
    assert task.text == "Skriv notat"
