"""A new status of what is spent: entered in a form, shown beside the old one, and everybody's once it is filed."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from typing import Any

import pytest
from sqlalchemy import select, update

from storage import history
from storage.history import Change
from storage.items import Item
from storage.meetings import Meeting
from tests.beginnings import beginning
from tests.office import Office
from tests.slack import Answer
from tests.slack.contents import Contents
from tests.stories.test_first_line import JUNE
from tests.stories.test_questions import BUDGET, filed, spaced

COCKPIT, DIAGNOSES = "Klinikkens cockpit", "Diagnosekort i almen praksis"
SEPTEMBER = {"Opgjort pr.": "2025-09-30", COCKPIT: "400.000", DIAGNOSES: "1,2 mio. kr."}
FILED = "Kilde: status pr. 30. september 2025, indtastet af Anne Holm."


@beginning
def october(office: Office) -> Office:
    """The office in October, with the budget of June."""
    filed(office)
    office.founded()
    office.time = dt.datetime(2025, 10, 1, 9, tzinfo=dt.UTC)
    return office


def entered(office: Office, **fields: Any) -> Answer:
    """Anne fills in the form for a new status, and goes on to what it changes."""
    office.slack.command(office.anne, office.room, "/dap budget status")
    office.slack.fill(office.anne, fields)
    answer = office.slack.submit(office.anne)
    office.settle()
    return answer


def register(office: Office) -> None:
    """She has seen what it changes, and files it."""
    assert office.slack.submit(office.anne).errors == {}
    office.settle()


def test_what_it_changes_is_shown_before_it_is_filed_and_stands_everywhere_after(october: Office) -> None:
    assert entered(october, **SEPTEMBER).errors == {}
    shown = spaced(october.slack.form(october.anne).plain)
    assert "DAP 2025, status pr. 30. september 2025. Intet er registreret endnu." in shown
    assert "Klinikkens cockpit: 312.420 kr. til 400.000 kr. (+87.580 kr.)" in shown
    assert "Diagnosekort i almen praksis: Forbruget er 51.000 kr. over budgettet." in shown
    assert "Total: forbrug 1.600.000 kr. (+596.417 kr.), rest 507.000 kr." in shown
    assert "Uændret" not in shown
    assert "pr. 31. maj 2025" in october.types(october.karen, "budget")

    register(october)
    said = spaced(october.types(october.bo, "hvad er der tilbage i cockpittet?"))
    assert said == (
        "Klinikkens cockpit: 645.000 kr. tilbage pr. 30. september 2025. Budget 1.045.000 kr., forbrug 400.000 kr."
        f" (38,3 %). {FILED}"
    )
    table = spaced(october.types(october.bo, "budget"))
    assert "status pr. 30. september 2025" in table
    assert FILED in table
    assert "Budget 2.107.000 kr., forbrug 1.600.000 kr. (75,9 %), rest 507.000 kr." in table
    assert "Læses det som -87.000 kr., stemmer tallene." in table
    assert october.slack.history(october.room) == []


def test_a_blank_field_is_unchanged_and_what_went_down_is_asked_about(october: Office) -> None:
    assert entered(october, **{"Opgjort pr.": "2025-09-30", COCKPIT: "300.000", DIAGNOSES: None}).errors == {}
    shown = spaced(october.slack.form(october.anne).plain)
    assert "Klinikkens cockpit: Forbruget er faldet med 12.420 kr. Er det rigtigt?" in shown
    assert "Uændret: Diagnosekort i almen praksis." in shown


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        pytest.param({COCKPIT: "en del"}, 'Jeg kan ikke læse "en del" som et beløb.', id="intet beløb"),
        pytest.param({COCKPIT: "999999999999 mia. kr."}, "som et beløb", id="for mange penge"),
        pytest.param({"Opgjort pr.": "2025-10-02"}, "Dagen er ikke kommet endnu.", id="i morgen"),
        pytest.param({"Opgjort pr.": "2025-05-31"}, "Der er allerede en status pr. lørdag den 31. maj", id="samme dag"),
        pytest.param({"Opgjort pr.": "2025-04-30"}, "Der er allerede en status", id="en ældre dag"),
    ],
)
def test_what_can_not_be_is_said_under_its_field(october: Office, fields: dict[str, Any], sentence: str) -> None:
    errors = entered(october, **(SEPTEMBER | fields)).errors
    assert list(errors) == list(fields)
    assert sentence in " ".join(errors.values())


def test_a_filed_status_may_be_mended_and_an_older_one_may_not_follow(october: Office) -> None:
    entered(october, **SEPTEMBER)
    register(october)
    october.time += dt.timedelta(hours=1)
    entered(october, **(SEPTEMBER | {COCKPIT: "410.000"}))
    register(october)
    assert "635.000 kr. tilbage pr. 30. september 2025" in spaced(october.types(october.bo, "budget cockpit"))
    assert "Der er allerede en status" in " ".join(entered(october, **{"Opgjort pr.": "2025-08-31"}).errors.values())
    with october.program.storage.reading() as reader:
        noted = reader.execute(
            select(Change.what, Change.before, Change.after)
            .where(Change.group_id == 1, Change.what.like("budget%"))
            .order_by(Change.id)
        ).all()
        assert history.verify(reader, 1).breaks == ()
    assert [what for what, _, _ in noted] == ["budget status entered", "budget status filed"] * 2
    assert noted[-1].before["spent"][COCKPIT] == 40_000_000
    assert noted[-1].after["spent"][COCKPIT] == 41_000_000


def test_what_was_entered_and_not_filed_is_in_the_form_the_next_time(october: Office) -> None:
    entered(october, **SEPTEMBER)
    october.slack.dismiss(october.anne)
    october.slack.command(october.anne, october.room, "/dap budget status")
    assert october.slack.submit(october.anne).errors == {}
    october.settle()
    assert "312.420 kr. til 400.000 kr." in spaced(october.slack.form(october.anne).plain)


def test_an_old_form_files_what_it_showed_and_only_once(october: Office) -> None:
    entered(october, **SEPTEMBER)
    shown = october.slack.form(october.anne).shown()
    old = {name: shown[name] for name in ("type", "title", "submit", "blocks", "callback_id", "private_metadata")}
    october.slack.dismiss(october.anne)
    entered(october, **(SEPTEMBER | {COCKPIT: "410.000"}))
    october.slack.dismiss(october.anne)
    for said in ("Klinikkens cockpit: 312.420 kr. til 400.000 kr.", "er allerede registreret. Der er ikke sket mere."):
        october.slack.open_form(october.anne, old)
        october.slack.submit(october.anne)
        october.settle()
        open_forms = [each.plain for each in october.slack.forms(october.anne)]
        answered = [*open_forms, october.slack.whispers(october.anne, october.room)[-1].plain]
        assert any(said in spaced(each) for each in answered), answered
    assert "forbrug 400.000 kr." in spaced(october.types(october.bo, "budget cockpit"))


def test_papers_with_later_figures_win(october: Office) -> None:
    entered(october, **SEPTEMBER)
    register(october)
    november = dt.date(2025, 11, 15)
    later = replace(JUNE, meeting=replace(JUNE.meeting, date=november), next_meeting=None)
    filed(october, later, (replace(BUDGET, spent_as_of=dt.date(2025, 10, 31)),), "november")
    said = spaced(october.types(october.bo, "budget cockpit"))
    assert "pr. 31. oktober 2025" in said
    assert "Kilde: dagsorden 15. november 2025, punkt 3." in said


def test_with_several_budgets_the_secretary_says_which(october: Office) -> None:
    filed(october, JUNE, (BUDGET, replace(BUDGET, name="DAP 2026")), "to budgetter")
    october.slack.command(october.anne, october.room, "/dap budget status")
    october.slack.fill(october.anne, {"Budget": "DAP 2026"})
    october.slack.submit(october.anne)
    october.slack.fill(october.anne, SEPTEMBER)
    october.slack.submit(october.anne)
    assert "DAP 2026, status pr. 30. september 2025" in october.slack.form(october.anne).plain
    register(october)
    shown = october.types(october.bo, "budget")
    assert "Budget: DAP 2025, status pr. 31. maj 2025" in shown
    assert "Budget: DAP 2026, status pr. 30. september 2025" in shown


def test_the_older_statuses_are_listed_and_each_is_shown_as_it_stood(october: Office) -> None:
    entered(october, **SEPTEMBER)
    register(october)
    october.time = dt.datetime(2025, 11, 3, 9, tzinfo=dt.UTC)
    entered(october, **(SEPTEMBER | {"Opgjort pr.": "2025-10-31", COCKPIT: "500.000"}))
    register(october)
    listed = spaced(october.types(october.bo, "budget statusser"))
    assert listed.index("pr. 31. oktober 2025") < listed.index("pr. 30. september 2025") < listed.index("31. maj 2025")
    assert "DAP 2025, status pr. 31. oktober 2025\nForbrug 1.700.000 kr. (80,7 %), rest 407.000 kr." in listed
    assert "indtastet af Anne Holm. Registreret mandag den 3. november 2025 kl. 10.00." in listed
    assert "Forbrug 1.003.583 kr. (47,6 %), rest 1.103.417 kr.\nKilde: dagsorden 18. juni 2025, punkt 3." in listed

    shown = october.slack.whispers(october.bo, october.room)[-1]
    stood = {"31. oktober": "500.000 kr.", "30. september": "400.000 kr.", "31. maj": "312.420 kr."}
    assert shown.buttons == [f"Vis status pr. {day} 2025" for day in stood]
    for day, spent in stood.items():
        october.slack.press(october.bo, shown, f"Vis status pr. {day} 2025")
        october.settle()
        table = spaced(october.slack.whispers(october.bo, october.room)[-1].plain)
        assert f"{COCKPIT} | 1.045.000 kr. | {spent}" in table


def test_what_is_only_entered_is_listed_for_secretariat_and_chair(october: Office) -> None:
    entered(october, **SEPTEMBER)
    october.slack.dismiss(october.anne)
    for person in (october.anne, october.karen):
        said = spaced(october.types(person, "budget history"))
        assert "Indtastet, men ikke registreret. Kun sekretariatet og formanden kan se den." in said
        october.presses(person, "Vis status pr. 30. september 2025", october.room)
        assert "Indtastet, men ikke registreret." in october.slack.whispers(person, october.room)[-1].plain
    assert "30. september" not in october.types(october.bo, "budget statusser")
    hers = october.slack.whispers(october.karen, october.room)[-2]
    forged = october.slack.workspace.whisper(october.room.id, october.bo.id, Contents(hers.text, tuple(hers.blocks)))
    october.slack.press(october.bo, forged, "Vis status pr. 30. september 2025")
    october.settle()
    assert "Det gælder ikke længere." in october.slack.whispers(october.bo, october.room)[-1].plain


def test_what_lies_over_a_closed_table_is_not_listed(october: Office) -> None:
    closed_since_august = replace(JUNE, meeting=replace(JUNE.meeting, date=dt.date(2025, 8, 20)), next_meeting=None)
    filed(october, closed_since_august, (replace(BUDGET, spent_as_of=dt.date(2025, 7, 31)),), "august")
    entered(october, **SEPTEMBER)
    register(october)
    with october.program.storage.transaction() as session:
        august = select(Meeting.id).where(Meeting.date == dt.date(2025, 8, 20)).scalar_subquery()
        session.execute(update(Item).where(Item.meeting_id == august, Item.number == "3").values(audience=[]))
    said = october.types(october.bo, "budget statusser")
    assert "31. maj 2025" in said
    assert "juli" not in said
    assert "september" not in said
    assert "30. september 2025" in october.types(october.karen, "budget statusser")


def test_without_a_budget_there_are_no_statuses(office: Office) -> None:
    office.founded()
    assert "Der er ikke noget budget endnu." in office.types(office.bo, "budget statusser")


def test_a_member_may_not(october: Office) -> None:
    assert "Det er sekretariatet, der registrerer budgetstatus." in october.types(october.bo, "budget status")
