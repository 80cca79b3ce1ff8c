"""Every form there is, opened by Anne while her group meets and filled in so that it could be sent."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from tests.office import Office
from tests.slack import View
from tests.stories.test_minutes import posted

ASKED = {"newverb_1": "written", "newasked_1": "Godkender indkøbet"}
NEXT = "2"  # the meeting after the one that is going on


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
    office.presses(office.anne, "Godkend referatet", office.room)


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
    return filled(office, onward(office), holder_1="KL", due_1="næste møde")


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
    more = "Tilføj indstilling"
    office.slack.press(office.anne, typed(office, "dagsorden forslag", "Ret"), office.called.get(more, more))
    return office.slack.form(office.anne)


def paper_to_hold(office: Office) -> View:
    """The minutes wait for the yes of Anne, who is chair now as well."""
    office.types(office.anne, f"opsætning formand <@{office.anne.id}>")
    office.types(office.anne, "referat send")
    office.presses(office.anne, "Send til formanden", office.room)
    office.presses(office.anne, "Ikke endnu", office.anne)
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
    "paper hold": lambda office: filled(office, paper_to_hold(office), reason="Et navn er forkert"),
    "budget": lambda office: filled(office, typed(office, "budget status"), which="DAP 2025"),
    "budget status": lambda office: filled(office, onward_from_budget(office), as_of="2025-06-17"),
    "budget status file": onward_from_status,
    "question answer": lambda office: filled(
        office, typed(office, "budget spørg hvornår kommer revisoren?", "Svar"), text="I morgen"
    ),
    "decision": lambda office: typed(office, "beslutning 2"),
    "decision terms": onward_to_terms,
    "decision text": onward_from_decision,
    "decision correct": lambda office: filled(office, decision_to_correct(office), text="Ny ordlyd"),
    "minutes write": lambda office: filled(office, typed(office, "referat 1", "Skriv"), passage_1="Sagt"),
    "minutes correct": lambda office: filled(office, minutes_to_correct(office), reason="Forkert navn"),
    "task new": lambda office: filled(office, typed(office, "opgave"), what="Ring til KL"),
    "task edit": lambda office: typed(office, "opgave Ring til KL", "Ret"),
    "task hand": lambda office: filled(office, of_a_task(office, "Giv videre"), organisation="KL"),
    "task drop": lambda office: filled(office, of_a_task(office, "Udgår"), why="Ikke nødvendig"),
}
