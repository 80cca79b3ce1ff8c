"""Every form there is: opened in English, and sent as nobody could: refused kindly, nothing stored, and never a bug."""

from __future__ import annotations

import datetime as dt
import inspect
import logging
import socket
from collections.abc import Iterator
from copy import deepcopy
from dataclasses import replace
from typing import Any

import pytest
from sqlalchemy import select

from bot.agenda import Agenda
from handlers.declared import forms
from handlers.fields import LONGEST
from storage.groups import Group
from storage.meetings import Meeting
from storage.schema import METADATA
from storage.tasks import Task
from templates.voice import phrases
from tests.beginnings import beginning
from tests.office import Office
from tests.opened import OPENED
from tests.slack import Message, View
from tests.stories.test_decisions import BUDGET as ITEM
from tests.stories.test_first_line import JUNE
from tests.stories.test_questions import BUDGET, filed

Values = dict[str, dict[str, dict[str, Any]]]
HUGE = 10**17
SENTENCES = (
    "Det gælder ikke længere.",
    "Det har du ikke adgang til.",
    "Tallene er lavet om imens.",
    "Slack kender ikke den person.",
    "Noget er ændret, mens formularen var åben",
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
OTHER_KIND = {"type": "multi_channels_select", "selected_channels": ["C0DAP00006"]}


@beginning
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
            heard = {each.ts for each in all_heard(world)}
            answer = world.slack.forge(world.anne, view, **changed, hash=f"1.{number}")
            said = str(answer.body)
            if not answer.body:
                world.settle()
                said = "\n".join(each.plain for each in all_heard(world) if each.ts not in heard)
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


def all_heard(office: Office) -> list[Message]:
    """All that Anne was told by whisper or in private."""
    whispers = [each for place in (office.room, office.anne) for each in office.slack.whispers(office.anne, place)]
    return [*whispers, *office.slack.history(office.anne)]


@pytest.mark.parametrize("engine", ["sqlite"])
@pytest.mark.parametrize("name", OPENED)
def test_every_form_opens_in_an_english_group(world: Office, name: str) -> None:
    """With all that it offers there: Slack takes no option of more than 75 characters, and opens no form with one."""
    with world.program.storage.transaction() as session:
        session.get_one(Group, 1).language = "en"
    danish, english = phrases("da"), phrases("en")
    world.called = {said: english[key] for key, said in danish.items() if key.startswith("button.")}
    view = OPENED[name](world)
    assert view.body["callback_id"] == name
    assert view.submit in english.values()
