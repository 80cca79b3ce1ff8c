"""Forms in steps, forms on top of forms, and forms that are stale or forged: a sentence, and never a bug."""

from __future__ import annotations

import inspect
from typing import Any

import pytest

from bot.roles import ANYONE
from handlers.declared import Declared, buttons, forms
from handlers.fields import READ
from handlers.request import Reply, Request
from storage import meetings
from tests.beginnings import beginning
from tests.office import Office
from tests.slack import Answer, View
from tests.slack.elements import HOLDS
from tests.stories.test_first_line import filed

STALE = "Det gælder ikke længere."


@beginning
def june(office: Office) -> Office:
    """The office with its secretary and chair, and the June agenda filed."""
    filed(office)
    office.founded()
    return office


@pytest.fixture
def walk(monkeypatch: pytest.MonkeyPatch) -> list[tuple[str, ...]]:
    """A form in three steps as a noun would declare it; what was asked of it."""
    asked: list[tuple[str, ...]] = []

    def first(request: Request, reason: str | None, which: str, chair: tuple[str, ...]) -> Reply:
        asked.append(("first", which, reason or ""))
        step = request.ask("walk second", "meetings/cancel", len(reason or ""), choices=[("7", reason or "?")])
        return step.on_top() if chair else step

    def second(request: Request, length: int, reason: str | None, which: str, chair: tuple[str, ...]) -> Reply:
        assert which
        asked.append(("second", str(length), reason or "", *chair))
        return request.reply("help/shown", first=[f"{length} tegn"], more=[])

    def again(request: Request, number: int) -> Reply:
        asked.append(("again", str(number)))
        return request.ask("walk first", "meetings/cancel", choices=[("1", f"Møde {number}")])

    def aside(request: Request, number: int) -> Reply:
        asked.append(("aside", str(number)))
        return request.ask("walk second", "meetings/cancel", number, choices=[("9", "Ved siden af")]).on_top()

    for kind, handler in ((forms, first), (forms, second), (buttons, again), (buttons, aside)):
        name = f"walk {handler.__name__}"
        monkeypatch.setitem(kind, name, Declared(name, ANYONE, handler, reads=handler is first or handler is aside))
    return asked


def opened(office: Office, **changed: Any) -> View:
    """Anne has the first step open, with a row of buttons in it, from the room."""
    office.slack.command(office.anne, office.room, "/dap møde aflys")
    drawn = office.slack.form(office.anne)
    office.slack.dismiss(office.anne)
    words = [("walk again", "Et andet møde"), ("walk aside", "Læg ved siden af")]
    row = {
        "type": "actions",
        "elements": [
            {"type": "button", "action_id": name, "text": {"type": "plain_text", "text": text}, "value": "1 42"}
            for name, text in words
        ],
    }
    blocks = [*drawn.blocks, row]
    return office.slack.open_form(office.anne, {**drawn.body, "callback_id": "walk first", "blocks": blocks, **changed})


def sent(office: Office, **fields: Any) -> Answer:
    """Anne fills in the form on top and sends it."""
    office.slack.fill(office.anne, fields)
    answer = office.slack.submit(office.anne)
    office.settle()
    return answer


def heard(office: Office) -> str:
    """What Anne read last, in the room."""
    return office.slack.whispers(office.anne, office.room)[-1].plain


def test_a_step_takes_the_place_of_the_one_before_and_the_last_one_closes(june: Office, walk: list[Any]) -> None:
    opened(june)
    assert sent(june, reason="Afbud").errors == {}
    (second,) = june.slack.forms(june.anne)
    assert "Afbud" in second.options("Møde")
    assert sent(june, reason="Alle syge").errors == {}
    assert june.slack.forms(june.anne) == []
    assert walk == [("first", "1", "Afbud"), ("second", "5", "Alle syge")]
    assert "5 tegn" in heard(june)  # in the room, where the first step was asked for


def test_a_step_on_top_comes_off_and_the_one_below_may_be_sent_again(june: Office, walk: list[Any]) -> None:
    opened(june)
    sent(june, reason="Ja", chair=["yes"])
    assert len(june.slack.forms(june.anne)) == 2
    june.slack.dismiss(june.anne)
    sent(june, reason="Nej tak", chair=["yes"])
    assert "Nej tak" in june.slack.form(june.anne).options("Møde")
    sent(june)
    assert walk[-1] == ("second", "7", "")
    assert len(june.slack.forms(june.anne)) == 1


def test_a_button_in_a_form_changes_it_or_lays_another_on_top(june: Office, walk: list[Any]) -> None:
    june.slack.press(june.anne, opened(june), "Et andet møde")
    (changed,) = june.slack.forms(june.anne)
    assert changed.options("Møde") == ["Møde 42"]
    june.slack.dismiss(june.anne)
    june.slack.press(june.anne, opened(june), "Læg ved siden af")
    assert len(june.slack.forms(june.anne)) == 2
    sent(june, reason="Nå")
    assert walk == [("again", "42"), ("aside", "42"), ("second", "42", "Nå")]


@pytest.mark.usefixtures("walk")
def test_of_two_presses_on_the_same_form_the_later_does_not_undo_the_newer(june: Office) -> None:
    before = opened(june)
    june.slack.press(june.anne, before, "Et andet møde")
    newer = june.slack.form(june.anne)
    calls = len(june.slack.calls)
    june.slack.before("views.update", lambda args: args.update(hash=before.hash))
    june.slack.open_form(june.anne, {**before.body})
    june.slack.press(june.anne, june.slack.form(june.anne), "Et andet møde")
    june.settle()
    assert [each.error for each in june.slack.calls[calls:] if each.method == "views.update"] == ["hash_conflict"]
    assert june.slack.forms(june.anne)[0].hash == newer.hash
    assert all("tog for lang tid" not in each.plain for each in june.slack.whispers(june.anne, june.room))


BEGUN = {"title": {"type": "plain_text", "text": "Aflys et møde"}, "close": {"type": "plain_text", "text": "Luk"}}


@pytest.mark.parametrize(
    "changed",
    [
        pytest.param({"callback_id": "no such form"}, id="et ukendt navn"),
        pytest.param({"callback_id": ""}, id="intet navn"),
        pytest.param({"private_metadata": ""}, id="intet med"),
        pytest.param({"private_metadata": "vrøvl"}, id="vrøvl med"),
        pytest.param({"private_metadata": "vrøvl - - vrøvl ²"}, id="mere vrøvl"),
        pytest.param({"private_metadata": "99 - -"}, id="en gruppe, der ikke findes"),
        pytest.param({"private_metadata": f"{'9' * 25} - -"}, id="et tal uden ende"),
        pytest.param({"private_metadata": "1 - - 7 8"}, id="for mange tal"),
        pytest.param({"callback_id": "setup"}, id="en anden formulars felter"),
        pytest.param({"callback_id": "member"}, id="for få tal og andre felter"),
    ],
)
def test_a_stale_or_forged_form_is_refused_with_a_sentence(june: Office, changed: dict[str, Any]) -> None:
    june.slack.command(june.anne, june.room, "/dap møde aflys")
    june.slack.open_form(june.anne, {**june.slack.form(june.anne).body, **changed})
    answer = sent(june)
    assert [STALE in words for words in answer.errors.values()] == [True], answer
    assert coming(june) == 2


@pytest.mark.parametrize(
    ("field", "element"),
    [
        pytest.param("reason", None, id="et felt mangler"),
        pytest.param("which", {"type": "multi_users_select"}, id="flere i stedet for et"),
        pytest.param("chair", {"type": "plain_text_input", "initial_value": "yes"}, id="tekst i stedet for kryds"),
        pytest.param("which", {"type": "plain_text_input", "initial_value": "9" * 40}, id="et møde uden for tal"),
        pytest.param("which", {"type": "plain_text_input", "initial_value": "99"}, id="et møde, der ikke findes"),
    ],
)
def test_a_field_that_is_missing_or_another_kind_is_refused(
    june: Office, field: str, element: dict[str, Any] | None
) -> None:
    june.slack.command(june.anne, june.room, "/dap møde aflys")
    june.slack.open_form(june.anne, with_element(june.slack.form(june.anne), field, element))
    assert any(STALE in words for words in sent(june).errors.values())
    assert coming(june) == 2


def test_a_form_without_fields_is_answered_in_its_place(june: Office) -> None:
    said = {"type": "section", "text": {"type": "plain_text", "text": "Er du sikker?"}}
    submit = {"type": "plain_text", "text": "Ja"}
    june.slack.open_form(june.anne, {"type": "modal", **BEGUN, "submit": submit, "blocks": [said]})
    sent(june)
    (answered,) = june.slack.forms(june.anne)
    assert STALE in answered.plain
    assert (answered.title, answered.submit) == ("Aflys et møde", "")


def test_the_secretary_of_one_group_can_not_reach_into_another(june: Office) -> None:
    other = june.slack.channel("andengruppe", people=[june.bo])
    june.types(june.bo, "opsætning", other)
    june.slack.command(june.bo, other, "/dap møde aflys")
    june.slack.command(june.bo, other, "/dap møde ny 26. februar 2026 kl. 13-15")
    drawn = june.slack.form(june.bo)
    june.slack.open_form(june.bo, {**drawn.body, "private_metadata": "1 - -"})
    answer = june.slack.submit(june.bo)
    assert "Det er sekretariatet, der sætter møderne." in " ".join(answer.errors.values())
    assert coming(june) == 2


def with_element(view: View, field: str, element: dict[str, Any] | None) -> dict[str, Any]:
    """A form with another element in a field, or without the field."""
    blocks = []
    for block in view.blocks:
        if block["block_id"] != field:
            blocks.append(block)
        elif element:
            blocks.append({**block, "optional": True, "element": {**element, "action_id": "value"}})
    return {**view.body, "blocks": blocks}


def coming(office: Office) -> int:
    """How many meetings lie ahead, of either group."""
    with office.program.storage.reading() as reader:
        return sum(len(meetings.coming(reader, group_id, office.time.date())) for group_id in (1, 2))


@pytest.mark.parametrize(
    ("element", "sentence"),
    [
        pytest.param({"type": "plain_text_input", "initial_value": "i morgen"}, "", id="ord i stedet for en dato"),
        pytest.param({"type": "datepicker", "initial_date": "2026-02-31"}, "en dato", id="en dag, der ikke findes"),
    ],
)
def test_a_date_that_can_not_be_read_is_said_under_its_field(
    june: Office, element: dict[str, Any], sentence: str
) -> None:
    june.slack.command(june.anne, june.room, "/dap møde ny")
    june.slack.open_form(june.anne, with_element(june.slack.form(june.anne), "day", element))
    errors = sent(june).errors
    assert (sentence in errors["Dag"]) if sentence else (STALE in " ".join(errors.values()))


@pytest.mark.parametrize("typed", ["2.5", "9" * 20])
def test_a_number_that_can_not_be_taken_is_said_under_its_field(june: Office, typed: str) -> None:
    june.types(june.anne, "opsætning")
    june.presses(june.anne, "Ret opsætningen")
    element = {"type": "number_input", "is_decimal_allowed": True, "initial_value": typed}
    june.slack.open_form(june.anne, with_element(june.slack.form(june.anne), "length", element))
    (sentence,) = sent(june).errors.values()
    assert sentence == "Skriv et helt tal, for eksempel 120."


def test_a_stranger_who_sends_a_form_hears_what_was_wrong_with_it(june: Office) -> None:
    """Whom Slack must be asked about first can't be told under a field any more."""
    june.types(june.anne, "opsætning")
    june.presses(june.anne, "Ret opsætningen")
    sent(june, chair=june.gry)
    assert "Gry Dahl er gæst i Slack eller en app og kan ikke vælges. Intet er gemt. Vælg en anden." in heard(june)


def test_everything_one_can_fill_in_is_read() -> None:
    assert READ.keys() == HOLDS.keys()


def test_every_form_names_the_fields_it_takes_or_says_what_kind_they_all_are() -> None:
    """So that a form that brings others is refused at the door."""
    for declared in forms.values():
        for each in inspect.signature(declared.handler).parameters.values():
            assert each.annotation not in (inspect.Parameter.empty, "Any"), f"{declared.name}: {each}"
