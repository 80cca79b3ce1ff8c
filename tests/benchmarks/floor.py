"""The floor under a page: the same by hand, with Bolt, raw sqlite3 and dicts. It knows its world and checks nothing."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable, Iterator
from datetime import date
from typing import Any

from slack_bolt import Ack, App
from slack_sdk import WebClient

Page = Callable[[sqlite3.Connection, Any, date], tuple[str, list[dict[str, Any]]]]

WEEKDAYS = ("mandag", "tirsdag", "onsdag", "torsdag", "fredag", "lørdag", "søndag")
MONTHS = (
    *("januar", "februar", "marts", "april", "maj", "juni"),
    *("juli", "august", "september", "oktober", "november", "december"),
)
STATES = {"planned": "ikke udsendt"}

VISITOR = """
    SELECT g.id, g.channel, g.programme, g.language, g.zone, g.meeting_length,
        p.id, p.slack_id, p.name, p.guest, p.seen, a.role,
        EXISTS (SELECT 1 FROM appointments AS m WHERE m.group_id = g.id AND m.role = 'member')
    FROM groups AS g
    LEFT JOIN people AS p ON p.slack_id = ?
    LEFT JOIN appointments AS a ON a.group_id = g.id AND a.person_id = p.id
        AND a.since <= ? AND (a.until IS NULL OR a.until > ?)
    WHERE g.channel = ?"""
MEETING = """
    SELECT id, title, date, weekday, year_inferred, start, "end", place, state, version
    FROM meetings WHERE group_id = ? AND date >= ? ORDER BY date LIMIT 1"""
ITEMS = """
    SELECT id, parent_id, number, title, kinds, duration, presenters
    FROM items WHERE meeting_id = ? ORDER BY position"""
LAID = """
    SELECT id, date FROM meetings AS m
    WHERE group_id = ? AND EXISTS (SELECT 1 FROM budgets WHERE meeting_id = m.id) AND date IS NOT NULL
    ORDER BY date DESC LIMIT 1"""
BUDGET = """
    SELECT b.id, b.name, i.number, i.audience, b.columns, b.budget_as_of, b.spent_as_of, b.year_inferred
    FROM budgets AS b JOIN items AS i ON i.id = b.item_id WHERE b.meeting_id = ? ORDER BY b.id"""
READ_AGAIN = """
    SELECT r.budget, r.id, r.as_of, p.name FROM readings AS r JOIN people AS p ON p.id = r.entered_by
    WHERE r.group_id = ? AND r.filed_at IS NOT NULL ORDER BY r.as_of, r.id"""
LINES = """
    SELECT l.budget_id, l.total, l.name, l.budget, l.spent, l.rest, l.unallocated
    FROM budget_lines AS l JOIN budgets AS b ON b.id = l.budget_id
    WHERE b.meeting_id = ? ORDER BY l.budget_id, l.position"""

DECISIONS = """
    SELECT d.number, d.year, i.number, i.title, d.text, d.force, d.holder, d.due, later.date, m.date, d.id
    FROM decisions AS d JOIN items AS i ON i.id = d.item_id JOIN meetings AS m ON m.id = d.meeting_id
    LEFT JOIN meetings AS later ON later.id = d.due_meeting_id
    WHERE +d.state = 'announced' AND """
AWAITING = "d.group_id = ? AND d.force IN ('preliminary', 'conditional') ORDER BY d.due IS NULL, d.due, d.id LIMIT 15"
TOLD = """
    SELECT m.id FROM meetings AS m
    WHERE group_id = ? AND EXISTS (SELECT 1 FROM decisions WHERE meeting_id = m.id AND state = 'announced')
    AND date IS NOT NULL ORDER BY date DESC LIMIT 1"""
AT_MEETING = "d.meeting_id = ? ORDER BY i.position, d.position"
NEWEST = "ORDER BY d.year DESC, d.number DESC, d.id DESC LIMIT 15"
COUNTED = "SELECT count(*) FROM decisions AS d JOIN items AS i ON i.id = d.item_id WHERE +d.state = 'announced' AND "
BY_TEXT = "(d.text LIKE '%prøvesvar%' OR i.title LIKE '%prøvesvar%')"
SOUGHT = {
    "2024": "d.year = 2024",
    "godkendte": "d.outcomes LIKE '%\"approved\"%'",
    "betingede": "d.force = 'conditional'",
    "udsendte": "d.state = 'announced'",
    "prøvesvar": BY_TEXT,
    "2024 prøvesvar": f"d.year = 2024 AND {BY_TEXT}",
}


def floor(client: WebClient, signing_secret: str, database: sqlite3.Connection, today: date) -> App:
    """An App with the same settings as ours that answers `/dap` and one of the pages in one listener."""
    app = App(
        client=client, signing_secret=signing_secret, process_before_response=True, token_verification_enabled=False
    )
    pages: dict[str, Page] = {"agenda": agenda, "budget": budget, "decisions": decisions}
    pages |= {f"decisions {words}": _sought(which) for words, which in SOUGHT.items()}

    def typed(ack: Ack, body: dict[str, Any]) -> None:
        database.execute("BEGIN")
        who = (body["user_id"], today.isoformat(), today.isoformat(), body["channel_id"])
        rows = database.execute(VISITOR, who).fetchall()
        if rows[0][10] and any(row[11] for row in rows):
            text, blocks = pages[body["text"]](database, rows[0], today)
            ack(text=text, blocks=blocks)
        database.execute("ROLLBACK")

    app.command("/dap")(typed)
    return app


def alone(client: WebClient, signing_secret: str) -> App:
    """Bolt with one listener that answers nothing."""
    app = App(
        client=client, signing_secret=signing_secret, process_before_response=True, token_verification_enabled=False
    )
    app.command("/dap")(lambda ack: ack())
    return app


def agenda(database: sqlite3.Connection, group: Any, today: date) -> tuple[str, list[dict[str, Any]]]:
    """The coming meeting's agenda."""
    meeting = database.execute(MEETING, (group[0], today.isoformat())).fetchone()
    rows = database.execute(ITEMS, (meeting[0],)).fetchall()
    title = f"Dagsorden til styregruppemøde for {group[2]}, {_day(date.fromisoformat(meeting[2]))}"
    title += f" kl. {_hour(meeting[5])}-{_hour(meeting[6])}, {meeting[7]}"
    length = _minutes(meeting[6]) - _minutes(meeting[5])
    total, last = 0, ""
    lines: list[dict[str, Any]] = []
    for _, parent, number, name, kinds, duration, presenters in rows:
        if parent is None:
            total, last = total + (duration or 0), number
        before = ("\n    " if parent else "\n") if lines else ""
        lines.append(_bold(f"{before}{number}. {name}"))
        rest = f" ({duration} min.)" if duration else ""
        rest += f" v. {_names(json.loads(presenters))}" if presenters != "[]" else ""
        rest += f" ({kinds})" if kinds else ""
        if rest:
            lines.append({"type": "text", "text": rest})
    blocks = [
        _rich([_bold(title)]),
        _small(f"Det kommende møde · version {meeting[9]} · {STATES[meeting[8]]}"),
        _rich(lines),
        _small(f"Punkterne fylder {total} min. Mødet er sat til {length} min."),
        _small(f"Skriv /dap dagsorden {last} for at se et punkt."),
    ]
    return title, blocks


def budget(database: sqlite3.Connection, group: Any, _today: date) -> tuple[str, list[dict[str, Any]]]:
    """The latest budget, and whether it adds up."""
    meeting, day = database.execute(LAID, (group[0],)).fetchone()
    _, name, item, audience, heads, _, as_of, inferred = database.execute(BUDGET, (meeting,)).fetchone()
    assert audience is None
    json.loads(heads)
    rows = [row[2:] for row in database.execute(LINES, (meeting,))]
    assert name not in {budget for budget, *_ in database.execute(READ_AGAIN, (group[0],))}
    lines, total = rows[:-1], rows[-1]
    title = f"Budget: {name}, status pr. {_as_of(as_of)}"
    summary = f"Budget {_kroner(total[1])}, forbrug {_kroner(total[2])} ({_share(*total)}), rest {_kroner(total[3])}"
    source = f"Kilde: dagsorden {_as_of(day)}, punkt {item}."
    source += " Datoerne i tabellen har intet årstal. Jeg har læst dem som mødets år." if inferred else ""
    aligned = [{"align": "left", "is_wrapped": True}, *[{"align": "right"}] * 4]
    cells = [[_cell(each) for each in ("Linje", "Budget", "Forbrug", "Rest", "Brugt")]]
    cells += [[_cell(each[0]), *map(_amount, each[1:4]), _cell(_share(*each))] for each in rows]
    blocks = [
        _rich([_bold(title)]),
        _said(summary),
        *_remarks(lines, total),
        _small(source),
        {"type": "table", "column_settings": aligned, "rows": cells},
    ]
    return title, blocks


def decisions(database: sqlite3.Connection, group: Any, _today: date) -> tuple[str, list[dict[str, Any]]]:
    """What awaits something, then the latest meeting's."""
    waits = database.execute(DECISIONS + AWAITING, (group[0],)).fetchall()
    latest = database.execute(TOLD, (group[0],)).fetchone()
    known = {row[-1] for row in waits}
    others = [row for row in database.execute(DECISIONS + AT_MEETING, latest) if row[-1] not in known]
    blocks = [_rich([_bold("Afventer noget")]), *_decided(waits)] if waits else []
    blocks += [_rich([_bold("Beslutninger")]), *_decided(others[:15]), *_more(len(others) - 15)]
    return "Beslutninger", blocks


def _sought(which: str) -> Page:
    """The newest of those looked for, and how many more there are."""

    def page(database: sqlite3.Connection, group: Any, _today: date) -> tuple[str, list[dict[str, Any]]]:
        mine = f"d.group_id = ? AND {which} "
        newest = NEWEST.replace("d.year", "+d.year") if "d.force" in which else NEWEST  # by the index that has few
        rows = database.execute(DECISIONS + mine + newest, (group[0],)).fetchall()
        total = database.execute(COUNTED + mine, (group[0],)).fetchone()[0] if len(rows) == 15 else len(rows)
        return "Beslutninger", [_rich([_bold("Beslutninger")]), *_decided(rows), *_more(total - len(rows))]

    return page


def _decided(rows: list[Any]) -> Iterator[dict[str, Any]]:
    for number, year, item, title, text, force, holder, due, _, held, _ in rows:
        yield _rich([_bold(f"{year}-{number}: Punkt {item}, {title}"), {"type": "text", "text": f"\n{text}"}])
        if force == "preliminary":
            yield _small("Foreløbigt godkendt.")
        if force == "conditional":
            answer = _day(date.fromisoformat(due))
            yield _small(f"Beslutningen gælder, hvis {holder} siger ja. Svar ventes senest {answer}.")
        yield _small(f"Mødet {_day(date.fromisoformat(held))}, punkt {item} · slået op")


def _more(count: int) -> Iterator[dict[str, Any]]:
    if count > 0:
        hint = "Skriv for eksempel /dap beslutninger 2025 eller et ord fra beslutningen."
        yield _small(f"Der er {count} flere. {hint}")


def _remarks(lines: list[Any], total: Any) -> Iterator[dict[str, Any]]:
    """That the blank cell is the whole difference, as it is in this world."""
    sums = [sum(line[column] or 0 for line in lines) for column in (1, 2, 3)]
    even = all(line[1] - line[2] == line[3] for line in (*lines, total) if None not in line[1:4])
    blank = next(line for line in lines if line[4])
    if even and sums[:2] == list(total[1:3]) and sums[2] + blank[1] == total[3]:
        missing = _kroner(blank[1])
        yield _said(
            f"Restkolonnen giver {_kroner(sums[2])}, men totalen er {_kroner(total[3])}"
            f' Forskellen er {_kroner(abs(sums[2] - total[3]))}: Feltet "Rest" er tomt ud for {blank[0]} ({missing}).'
            f" Læses det som {missing}, stemmer tallene."
        )


def _names(presenters: list[dict[str, str]]) -> str:
    parts: list[str] = []
    names: list[str] = []
    for each, following in zip(presenters, [*presenters[1:], None], strict=True):
        names.append(each["name"])
        if following is None or following["organisation"] != each["organisation"]:
            parts.append(f"{'/'.join(names)}, {each['organisation']}")
            names = []
    return " og ".join([", ".join(parts[:-1]), parts[-1]]) if len(parts) > 1 else parts[0]


def _rich(elements: list[dict[str, Any]]) -> dict[str, Any]:
    return {"type": "rich_text", "elements": [{"type": "rich_text_section", "elements": elements}]}


def _bold(text: str) -> dict[str, Any]:
    return {"type": "text", "text": text, "style": {"bold": True}}


def _small(text: str) -> dict[str, Any]:
    return {"type": "context", "elements": [{"type": "plain_text", "text": text, "emoji": False}]}


def _day(day: date) -> str:
    return f"{WEEKDAYS[day.weekday()]} den {day.day}. {MONTHS[day.month - 1]} {day.year}"


def _hour(clock: str) -> str:
    return clock[:5].replace(":", ".")


def _minutes(clock: str) -> int:
    return int(clock[:2]) * 60 + int(clock[3:5])


def _as_of(day: str) -> str:
    year, month, number = day.split("-")
    return f"{int(number)}. {MONTHS[int(month) - 1]} {year}"


def _kroner(ore: int) -> str:
    return f"{ore // 100:,}\u00a0kr.".replace(",", ".")


def _share(_name: str, budget: int | None, spent: int | None, *_: Any) -> str:
    if not budget or spent is None:
        return "–"
    tenths = (2000 * spent + budget) // (2 * budget)
    return f"{tenths // 10},{tenths % 10}\u00a0%"


def _amount(ore: int | None) -> dict[str, Any]:
    return _cell("–" if ore is None else _kroner(ore))


def _cell(text: str) -> dict[str, Any]:
    return {"type": "raw_text", "text": text}


def _said(text: str) -> dict[str, Any]:
    return {"type": "section", "text": {"type": "plain_text", "text": text, "emoji": False}}
