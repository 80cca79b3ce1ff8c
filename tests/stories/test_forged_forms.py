"""Every form there is, sent as no client of Slack's would send it: refused kindly, nothing stored, and never a bug."""

from __future__ import annotations

import datetime as dt
import inspect
import logging
import socket
from collections.abc import Callable, Iterator
from copy import deepcopy
from dataclasses import replace
from typing import Any

import pytest
from sqlalchemy import select

from bot.agenda import Agenda
from handlers.declared import forms
from handlers.fields import LONGEST
from storage.meetings import Meeting
from storage.schema import METADATA
from storage.tasks import Task
from tests.office import Office
from tests.slack import View
from tests.stories.test_decisions import BUDGET as ITEM
from tests.stories.test_first_line import JUNE
from tests.stories.test_minutes import posted
from tests.stories.test_questions import BUDGET, filed

Values = dict[str, dict[str, dict[str, Any]]]
HUGE = 10**17
NEXT = "2"  # the meeting after the one that is going on
SENTENCES = (
    "Det gælder ikke længere.",
    "Det har du ikke adgang til.",
    "Tallene er lavet om imens.",
    "Slack kender ikke den person.",
)
IN_KIND: dict[str, list[dict[str, Any]]] = {
    "plain_text_input": [{"value": "x" * (LONGEST + 1)}, {"value": "halv \ud800"}],
    "email_text_input": [{"value": "x" * (LONGEST + 1)}, {"value": "halv \ud800"}],
    "number_input": [{"value": each} for each in ("-1", "999999999", "9" * 20, "2.5", "²", "ti")],
    "datepicker": [{"selected_date": each} for each in ("0001-01-01", "9999-12-31", "2025-02-31", "i morgen")],
    "timepicker": [{"selected_time": each} for each in ("25:00", "kl. 9")],
    "static_select": [{"selected_option": {"value": each}} for each in ("x", "9" * 18, "x" * 151, "99", "\x00")],
    "checkboxes": [{"selected_options": [{"value": each}]} for each in ("x" * 151, "\x00", "\ud800")],
    "users_select": [{"selected_user": each} for each in ("x", "U" * 40, "C0DAP00006", "\x00")],
    "multi_users_select": [{"selected_users": ["x"]}, {"selected_users": ["U" * 40]}, {"selected_users": [7]}],
    "conversations_select": [{"selected_conversation": each} for each in ("x", "U0DAP00003", "C" * 40)],
}
MAY_LACK = {  # there are as many as there are recommendations; what is too long for a field is not asked about
    "decision": ("came_1", "came_2", "how_1", "how_2", "alone"),
    "decision terms": ("due_1", "meeting_2"),
    "agenda propose": ("summary",),
    "item edit": ("summary",),
}
ASKED = {"newverb_1": "Godkender", "newasked_1": "indkøbet"}
OTHER_KIND = {"type": "multi_channels_select", "selected_channels": ["C0DAP00006"]}


@pytest.fixture
def world(office: Office) -> Office:
    """Anne's group in the middle of its June meeting, with two budgets; another group, in which she is nobody."""
    agenda = Agenda(JUNE.meeting, items=(*JUNE.items[:2], ITEM), next_meeting=JUNE.next_meeting)
    filed(office, agenda, (BUDGET, replace(BUDGET, name="DAP 2026", item="3.2")))
    office.founded()
    other = office.slack.channel("andengruppe", people=[office.bo])
    office.types(office.bo, "opsætning", other)
    office.types(office.bo, "opgave Ring til KL", other)
    office.slack.command(office.bo, other, "/dap møde ny 26. februar 2026 kl. 13-15")
    assert office.slack.submit(office.bo).errors == {}
    office.time = dt.datetime(2025, 6, 18, 11, tzinfo=dt.UTC)
    office.types(office.anne, "møde start")
    return office


def typed(office: Office, line: str, button: str = "") -> View:
    """The form that a command opens, or the newest button of that name."""
    before = [each.id for each in office.slack.forms(office.anne)]
    office.slack.command(office.anne, office.room, f"/dap {line}")
    office.settle()
    if button:
        office.presses(office.anne, button)
    view = office.slack.form(office.anne)
    assert view.id not in before
    return view


def onward(office: Office, **fields: Any) -> View:
    """The next step of the form on top."""
    office.slack.fill(office.anne, fields)
    answer = office.slack.submit(office.anne)
    assert answer.errors == {}, answer.errors
    office.settle()
    return office.slack.form(office.anne)


def filled(office: Office, view: View, **fields: Any) -> View:
    """The same form, filled in so that it could be sent."""
    assert view.id == office.slack.form(office.anne).id
    return office.slack.fill(office.anne, fields)


def approved(office: Office) -> None:
    """The meeting is over, and its minutes are approved."""
    office.types(office.anne, "møde slut")
    office.presses(office.anne, "Ikke nået")
    posted(office)
    office.types(office.anne, "referat godkend")


def onward_from_budget(office: Office) -> View:
    """The fields of one of the two budgets."""
    filled(office, typed(office, "budget status"), which="DAP 2025")
    return onward(office)


def onward_from_status(office: Office) -> View:
    """What new figures change."""
    onward_from_budget(office)
    return onward(office, as_of="2025-06-17")


def onward_to_terms(office: Office) -> View:
    """Whose yes a decision awaits, and to which meeting another was postponed."""
    filled(office, typed(office, "beslutning 2"), how_1="conditional", how_2="postponed")
    return filled(office, onward(office), holder_1="KL", by_1="næste møde")


def onward_from_decision(office: Office) -> View:
    """The sentence of a decision."""
    typed(office, "beslutning 2")
    return onward(office)


def decision_to_correct(office: Office) -> View:
    """A decision that was recorded."""
    onward_from_decision(office)
    office.slack.submit(office.anne)
    office.settle()
    return typed(office, "beslutninger", "Ret")


def minutes_to_correct(office: Office) -> View:
    """Minutes that are approved."""
    approved(office)
    return typed(office, "referat ret")


def proposal_to_edit(office: Office) -> View:
    """A proposal with a recommendation, and a row for one more."""
    filled(office, typed(office, "foreslå"), title="Nye borde", **ASKED)
    office.slack.submit(office.anne)
    office.slack.press(office.anne, typed(office, "dagsorden forslag", "Ret"), "Tilføj indstilling")
    return office.slack.form(office.anne)


def of_a_task(office: Office, button: str) -> View:
    """A form about a task."""
    office.types(office.anne, "opgave Ring til KL")
    return typed(office, "opgaver alle", button)


OPENED: dict[str, Callable[[Office], View]] = {
    "setup": lambda office: typed(office, "opsætning", "Ret opsætningen"),
    "member": lambda office: filled(
        office, typed(office, "medlemmer", "Tilføj deltager"), name="Lis", reached="secretariat"
    ),
    "meeting new": lambda office: typed(office, "møde ny 4. marts 2026 kl. 13-15"),
    "meeting move": lambda office: filled(office, typed(office, "møde flyt 5. marts 2026 kl. 13-15"), which=NEXT),
    "meeting cancel": lambda office: filled(office, typed(office, "møde aflys"), which=NEXT),
    "agenda propose": lambda office: filled(office, typed(office, "foreslå"), title="Nye borde", **ASKED),
    "item edit": lambda office: filled(office, proposal_to_edit(office), title="Nye stole"),
    "proposal leave out": lambda office: filled(
        office, typed(office, "foreslå Nye borde", "Tages ikke med"), reason="Vi har borde"
    ),
    "budget": lambda office: filled(office, typed(office, "budget status"), which="DAP 2025"),
    "budget status": lambda office: filled(office, onward_from_budget(office), as_of="2025-06-17"),
    "budget status file": onward_from_status,
    "question answer": lambda office: filled(
        office, typed(office, "budget spørg hvornår kommer revisoren?", "Svar"), text="I morgen"
    ),
    "decision": lambda office: typed(office, "beslutning 2"),
    "decision terms": onward_to_terms,
    "decision text": onward_from_decision,
    "decision correct": lambda office: filled(office, decision_to_correct(office), reason="Ny ordlyd"),
    "minutes write": lambda office: filled(office, typed(office, "referat 1", "Skriv"), passage_1="Sagt"),
    "minutes correct": lambda office: filled(office, minutes_to_correct(office), reason="Forkert navn"),
    "task new": lambda office: filled(office, typed(office, "opgave"), what="Ring til KL"),
    "task edit": lambda office: typed(office, "opgave Ring til KL", "Ret"),
    "task hand": lambda office: filled(office, of_a_task(office, "Giv videre"), organisation="KL"),
    "task drop": lambda office: filled(office, of_a_task(office, "Udgår"), why="Ikke nødvendig"),
}


def forged(view: View, name: str, foreign: dict[str, int]) -> Iterator[tuple[str, dict[str, Any]]]:
    """A form with one thing wrong at a time: what, and what it is in the view."""
    values: Values = view.values
    for field, actions in values.items():
        ((action, state),) = actions.items()
        if field not in MAY_LACK.get(name, ()):
            yield f"{field} missing", in_state({each: at for each, at in values.items() if each != field})
        for wrong in (OTHER_KIND, {"type": state["type"]}, {"type": "no such"}, {}):
            yield f"{field} as {wrong}", in_state({**values, field: {action: wrong}})
        for wrong in IN_KIND[state["type"]]:
            yield f"{field} with {str(wrong)[:60]}", in_state({**values, field: {action: {**state, **wrong}}})
        if state["type"] == "static_select":
            other = {"selected_option": {"value": str(foreign["meeting_id"])}}
            yield f"{field} of another group", in_state({**values, field: {action: {**state, **other}}})
    yield "surplus", in_state({**values, "surplus": {"value": {"type": "plain_text_input", "value": "x"}}})
    yield "no state", {"state": {}}
    yield "nothing carried", {"private_metadata": ""}
    group, channel, url, *about = view.body["private_metadata"].split()
    for which in ("0", "2", "99", "9" * 18, "9" * 25, "-1", "²"):
        yield f"group {which}", {"private_metadata": " ".join([which, channel, url, *about])}
    yield "too many numbers", {"private_metadata": " ".join([group, channel, url, *about, "7"])}
    given = list(inspect.signature(forms[name].handler).parameters.values())[1:]
    takes = [each.name for each in given if each.name not in values and each.kind == each.POSITIONAL_OR_KEYWORD]
    takes += ["pair"] * (len(about) - len(takes))
    for place, (number, taken) in enumerate(zip(about, takes, strict=False)):
        for wrong_number in (HUGE, 9999, foreign.get(taken, HUGE)):
            changed = [*about[:place], str(wrong_number), *about[place + 1 :]]
            yield (
                f"{taken} {wrong_number} for {number}",
                {"private_metadata": " ".join([group, channel, url, *changed])},
            )
    if about:
        yield "too few numbers", {"private_metadata": " ".join([group, channel, url, *about[:-1]])}


def in_state(values: Values) -> dict[str, Any]:
    """What stands in a view with these values."""
    return {"state": {"values": deepcopy(values)}}


def stored(office: Office) -> dict[str, list[Any]]:
    """All that is stored, but for who has been answered, what was said and who is known."""
    told = {"answered", "letters", "people"}
    with office.program.storage.reading() as reader:
        return {
            table.name: sorted(map(str, reader.execute(select(table).where(table.primary_key.columns[0] > at(table)))))
            for table in METADATA.tables.values()
            if table.name not in told
        }


def at(table: Any) -> Any:
    """Less than any key of a table."""
    return "" if table.primary_key.columns[0].type.python_type is str else 0


def test_the_table_has_every_form() -> None:
    assert OPENED.keys() == forms.keys()


@pytest.mark.parametrize("name", OPENED)
def test_a_forged_form_is_refused_kindly_and_stores_nothing(
    world: Office, name: str, caplog: pytest.LogCaptureFixture
) -> None:
    view = OPENED[name](world)
    assert view.body["callback_id"] == name
    before, wrong = stored(world), []
    with world.program.storage.reading() as reader:
        ids = {row: reader.scalar(select(row.id).where(row.group_id == 2)) for row in (Task, Meeting)}
    foreign = {"task_id": ids[Task] or 0, "meeting_id": ids[Meeting] or 0, "due_meeting": ids[Meeting] or 0}
    with caplog.at_level(logging.WARNING):
        for number, (what, changed) in enumerate(forged(view, name, foreign)):
            heard = all_heard(world)
            answer = world.slack.forge(world.anne, view, **changed, hash=f"1.{number}")
            said = str(answer.body)
            if not answer.body:
                world.settle()
                said = "\n".join(text for ts, text in all_heard(world).items() if ts not in heard)
            if not any(each in said for each in ("'errors'", *SENTENCES)) or "gik galt" in said:
                wrong.append(f"{what}: {said}")
    assert wrong == []
    assert stored(world) == before
    assert [each.getMessage() for each in caplog.records if "bug" in each.getMessage()] == []
    assert world.slack.forge(world.anne, view).errors == {}
    world.settle()
    assert name in ("budget", "decision", "decision terms") or stored(world) != before  # and unforged it does something


def test_an_answer_goes_to_no_address_but_slacks(world: Office) -> None:
    """What a form carries is the client's, and so is the address in it: the answer is whispered without it."""
    with socket.create_server(("localhost", 0)) as elsewhere:
        elsewhere.settimeout(0.2)
        port = elsewhere.getsockname()[1]
        view = OPENED["meeting new"](world)
        group, channel, *_ = view.body["private_metadata"].split()
        for url in (
            f"http://localhost:{port}/x",
            f"https://localhost:{port}/slack.com",
            "http://[",
            "https://slack.com.x/",
        ):
            world.slack.forge(world.anne, view, private_metadata=f"{group} {channel} {url}", hash=url)
            world.settle()
        with pytest.raises(TimeoutError):
            elsewhere.accept()
    said = [each.plain for each in world.slack.whispers(world.anne, world.room)]
    assert "Mødet er sat til onsdag den 4. marts 2026 kl. 13.00-15.00." in said


def all_heard(office: Office) -> dict[str, str]:
    """All that Anne was told by whisper or in private, by when."""
    whispers = [each for place in (office.room, office.anne) for each in office.slack.whispers(office.anne, place)]
    return {each.ts: each.plain for each in [*whispers, *office.slack.history(office.anne)]}
