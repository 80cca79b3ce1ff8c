"""What was read from a document, as JSON: plain Danish names for outcomes, kroner instead of øre, ISO dates."""

from __future__ import annotations

import re
from datetime import time
from typing import Any

from bot.agenda import Agenda, Block, Heading, Item, Presenter
from bot.budgets import Budget, Line
from bot.decisions import Decision, Outcome
from bot.meetings import Meeting
from bot.reading import Doubt, Reading, headings, references

_OUTCOMES: dict[Outcome, str] = {
    "approved": "godkendt",
    "noted": "taget til efterretning",
    "discussed": "drøftet",
    "decided": "besluttet",
    "amended": "ændret",
    "referred": "henvist",
    "postponed": "udsat",
    "not_reached": "ikke behandlet",
}
_BY = re.compile(r"^(.*?)\s+\(([A-ZÆØÅ][A-ZÆØÅa-zæøå]{1,3}(?:[/,]\s?[A-ZÆØÅ]{2,4})*)\)$")
_FROM = re.compile(r"\sfra\s([A-ZÆØÅ]{2,5}(?:/[A-ZÆØÅ]{2,5})*)$")


def as_json(reading: Reading) -> dict[str, Any]:
    """A reading as values that JSON can hold, in the shape of the group's own lists of what its documents say."""
    agenda = reading.agenda
    return {
        "kind": {"agenda": "dagsorden", "minutes": "referat"}[reading.kind],
        "meeting": {"title": agenda.meeting.title, **_meeting(agenda.meeting)},
        "next_meeting": _next_meeting(agenda.next_meeting),
        "agenda_list": [_heading(heading) for heading in agenda.contents],
        "items": [_item(item) for item in agenda.items],
        "budgets": [_budget(budget) for budget in reading.budgets],
        "references": {"bilag_mentions": _mentions(agenda)},
        "doubts": [_doubt(doubt) for doubt in reading.doubts],
    }


def _doubt(doubt: Doubt) -> dict[str, Any]:
    values = {name: ", ".join(each) if isinstance(each, list) else each for name, each in doubt.values.items()}
    return {"key": doubt.key, **values}


def _meeting(meeting: Meeting) -> dict[str, Any]:
    return {
        "weekday": meeting.weekday,
        "date": meeting.date.isoformat() if meeting.date else None,
        "start": _clock(meeting.start),
        "end": _clock(meeting.end),
        "place": meeting.place,
    }


def _next_meeting(meeting: Meeting | None) -> dict[str, Any] | None:
    return {**_meeting(meeting), "year_inferred": meeting.year_inferred} if meeting else None


def _clock(hour: time | None) -> str | None:
    return hour.strftime("%H:%M") if hour else None


def _heading(heading: Heading) -> dict[str, Any]:
    return {
        "no": heading.number,
        "title": heading.title,
        "types": list(heading.kinds.marks),
        "minutes": heading.duration,
        "sub": [_heading(below) for below in heading.sub],
    }


def _item(item: Item) -> dict[str, Any]:
    return {
        "no": item.number,
        "list_no": item.listed_as,
        "title": item.title,
        "types": list(item.kinds.marks),
        "minutes": item.duration,
        "presenters": [_presenter(presenter) for presenter in item.presenters],
        "appendices": [{"no": appendix.number, "title": appendix.title} for appendix in item.appendices],
        "sections": [section.heading for section in item.sections if section.heading],
        "recommendation_lead": _lead(item),
        "recommendations": [{"verb": asked.verb, "text": asked.text} for asked in item.recommendations],
        "decisions": [_decision(decision) for decision in item.decisions],
        "bullets": _texts(item, "bullet"),
        "subheadings": _texts(item, "heading"),
        "announcements": _announcements(item),
        "sub_items": [_item(below) for below in item.items],
    }


def _lead(item: Item) -> str | None:
    """The words that lead into the recommendations: "Det indstilles, at styregruppen"."""
    asking = (section for section in item.sections if headings.name(section.heading) in headings.RECOMMENDATION)
    blocks = [block.text for section in asking for block in section.blocks]
    return blocks[0] if blocks and item.recommendations else None


def _presenter(presenter: Presenter) -> dict[str, Any]:
    told = {"role": presenter.role, "scope": presenter.scope}
    return {
        "name": presenter.name,
        "org": presenter.organisation,
        **{part: words for part, words in told.items() if words},
    }


def _decision(decision: Decision) -> dict[str, Any]:
    found: dict[str, Any] = {"kind": _kind(decision), "recs": list(decision.answers), "text": decision.text}
    return {**found, "condition": decision.condition} if decision.condition else found


def _kind(decision: Decision) -> str:
    """What a decision did, in words: joined by "og" where one recommendation carries it all, else apart."""
    words = ("; " if len(decision.answers) > 1 else " og ").join(_OUTCOMES[outcome] for outcome in decision.outcomes)
    return f"{words} (betinget)" if decision.condition else words


def _texts(item: Item, style: str) -> dict[str, list[str]]:
    """The blocks of one style, by the section they stand in."""
    found: dict[str, list[str]] = {}
    for section in item.sections:
        for block in section.blocks:
            if block.style == style:
                found.setdefault(section.heading, []).append(block.text)
    return found


def _announcements(item: Item) -> list[Any]:
    """What the item Meddelelser tells, by heading with who it comes from, or bullet by bullet."""
    if not headings.announces(item.title):
        return []
    blocks = [block for section in item.sections for block in section.blocks]
    headed: list[Any] = [_announcement(block) for block in blocks if block.style == "heading"]
    return headed or [block.text for block in blocks]


def _announcement(block: Block) -> dict[str, Any]:
    """A heading apart from its initials: "(THS/LHF)" are two, "(MBC, DR)" is one of an organisation."""
    bracket = _BY.match(block.text)
    if bracket:
        return {"heading": bracket[1], "by": bracket[2].split("/")}
    named = _FROM.search(block.text)
    return {"heading": block.text, "by": named[1].split("/") if named else []}


def _budget(budget: Budget) -> dict[str, Any]:
    return {
        "name": budget.name,
        "item": budget.item,
        "columns": list(budget.columns),
        "budget_as_of": budget.budget_as_of.isoformat() if budget.budget_as_of else None,
        "spent_as_of": budget.spent_as_of.isoformat() if budget.spent_as_of else None,
        "currency": "DKK",
        "lines": [_line(line) for line in budget.lines],
        "total": _line(budget.total) if budget.total else None,
    }


def _line(line: Line) -> list[Any]:
    return [line.name, _kroner(line.budget), _kroner(line.spent), _kroner(line.rest)]


def _kroner(ore: int | None) -> int | float | None:
    """Kroner as a whole number; the rare amount with øre as a fraction."""
    if ore is None:
        return None
    return ore / 100 if ore % 100 else ore // 100


def _mentions(agenda: Agenda) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = []
    for mention in references.mentions(agenda):
        said = {"no": mention.number, "item": mention.item, "listed": mention.listed}
        found.append({**said, "probably": mention.likely} if mention.likely else said)
    return found
