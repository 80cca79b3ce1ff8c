"""Who knocks to correct a decision: what was said of it, what came of each recommendation, and on which terms."""

from __future__ import annotations

from typing import Literal

from bot import deadlines
from bot import outcomes as rules
from bot.decisions import ALONE, PUT_OFF, TOGETHER, Force, Outcome, is_decided
from bot.outcomes import FREE, How
from bot.refusals import Refusal
from handlers.decisions import carried, is_known, recorded
from handlers.declared import button, form
from handlers.outcomes import later
from handlers.request import Reply, Request, whole
from storage import corrections, decisions, items, meetings, minutes, register
from storage.decisions import Decision, Told
from storage.register import RECORDERS

LAPSED: Literal["lapsed"] = "lapsed"
MISSING = ""  # no field of that name; one that was left empty brings back None
NO_MEETING = "0"  # chosen where it is not said at which meeting
BELONGS = {"holder": "conditional", "due": "conditional", "meeting": "preliminary", "referred": "referred"}


@button("decision correct", may=RECORDERS, refuse="role_decisions")
def ask(request: Request, decision_id: int) -> Reply:
    """A form to say a decision otherwise, with the reason if somebody has heard of it; in the version that stands."""
    row = decisions.standing(request.session, request.group.id, decision_id)
    decision = register.one(request.session, row.id)
    came = [(each.id, each.text, each.outcomes or ()) for each in row.answered()] or [(FREE, "", row.outcomes)]
    asked = [(id, text, [each for each in TOGETHER if each in outcomes]) for id, text, outcomes in came]
    how = LAPSED if row.force == LAPSED else rules.Came(FREE, decision.outcomes, row.force).how
    return request.ask(
        "decision correct", "decisions/correct", row.id, decision=decision, asked=asked, how=how,
        is_known=is_known(request, decision), later=_meetings(request, row),
        final_at=str(row.due_meeting_id or NO_MEETING),
    )  # fmt: skip


@form("decision correct", may=RECORDERS, refuse="role_decisions")
def correct(
    request: Request,
    decision_id: int,
    text: str,
    reason: str | None = MISSING,
    how: How | Literal["lapsed"] | None = None,
    holder: str | None = MISSING,
    due: str | None = MISSING,
    meeting: str | None = MISSING,
    referred: str | None = MISSING,
    **came: tuple[Outcome, ...],
) -> Reply:
    """A new version stands in the register; the old one stays as it was."""
    row = decisions.standing(request.session, request.group.id, decision_id)
    meanwhile = request.meanwhile(ask(request, row.id))
    if meanwhile:
        return meanwhile
    if not reason and is_known(request, register.one(request.session, row.id)):
        raise Refusal("stale") if reason == MISSING else Refusal("blank").at("reason")
    held = meetings.row(request.session, request.group.id, row.meeting_id)
    by, at = request.member.person.id, request.now
    minutes.changed(request.session, held, by=by, at=at)
    terms = {"holder": holder, "due": due, "meeting": meeting, "referred": referred}
    answers = _answers(row, how, came)
    told = _told(request, row, text, how, answers, terms)
    if is_decided(told.outcomes) and not is_decided(row.outcomes) and text == row.text:
        raise Refusal("still_put_off").at("text")
    answers.pop(FREE, None)
    new, again = corrections.correct(request.session, row, told, answers, reason or None, by=by, at=at)
    return recorded(request, held, new.id, carried=carried(request, again))


def _answers(row: Decision, how: str | None, came: dict[str, tuple[Outcome, ...]]) -> dict[int, tuple[Outcome, ...]]:
    """What came of each recommendation that a decision answers; of what nobody recommended, under FREE."""
    if how not in _offered(row):
        raise Refusal("stale")
    stands: How = next((each for each in rules.HOWS if each == how and each in ALONE), "final")
    answers = {}
    for id in [each.id for each in row.answered()] or [FREE]:
        if f"came_{id}" not in came:
            raise Refusal("stale")
        if how in PUT_OFF and came[f"came_{id}"]:
            raise Refusal("term_of_another").at(f"came_{id}")
        told = rules.came(id, came[f"came_{id}"], stands)
        if told is None:
            raise Refusal("no_outcome").at(f"came_{id}")
        answers[id] = told.outcomes
    return answers


def _told(
    request: Request,
    row: Decision,
    text: str,
    how: str | None,
    answers: dict[int, tuple[Outcome, ...]],
    terms: dict[str, str | None],
) -> Told:
    """The decision on the terms that belong to how it is; a term written beside them is not passed over in silence."""
    meeting_id = whole(terms["meeting"] or NO_MEETING)
    if meeting_id is None or MISSING in terms.values():
        raise Refusal("stale")
    had = {"holder": row.holder, "due": row.due_text, "meeting": str(row.due_meeting_id), "referred": row.referred_to}
    for name, given in terms.items():
        if given not in (None, NO_MEETING, had[name]) and BELONGS[name] != how:
            raise Refusal("term_of_another").at(name)
    if how == "conditional" and not terms["holder"] and not row.condition:
        raise Refusal("no_holder").at("holder")
    if how == "referred" and not terms["referred"]:
        raise Refusal("no_body").at("referred")
    if meeting_id and how == "preliminary":
        meetings.row(request.session, request.group.id, meeting_id)
    force: Force = LAPSED if how == LAPSED else next((each for each in rules.FORCES if each == how), "final")
    mine = {name: given if BELONGS[name] == how else None for name, given in terms.items()}
    return Told(
        text, next(iter(answers.values())), force, mine["holder"],
        deadlines.read(mine["due"], request.today) if mine["due"] else None,
        row.due_meeting_id if how == "postponed" else (meeting_id or None) if mine["meeting"] else None,
        mine["referred"],
    )  # fmt: skip


def _offered(row: Decision) -> tuple[str, ...]:
    """How a decision may be said to be: only what was put off may be put off, only what has lapsed lapsed."""
    lapsed = (LAPSED,) if row.force == LAPSED else ()
    return (*rules.FORCES, "referred", *lapsed, *(() if is_decided(row.outcomes) else PUT_OFF))


def _meetings(request: Request, row: Decision) -> list[tuple[str, str]]:
    """The meetings at which a decision may be made final: the coming ones, and the one that was said."""
    there = later(request, items.row(request.session, request.group.id, row.item_id))
    if row.due_meeting_id and str(row.due_meeting_id) not in dict(there):
        said = meetings.value(request.session, row.due_meeting_id)
        if said.date and said.state != "cancelled":
            there.insert(0, (str(row.due_meeting_id), request.voice.day(said.date)))
    return [(NO_MEETING, request.voice.plain("field.no_meeting")), *there]
