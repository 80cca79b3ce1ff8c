"""Decisions recorded at once get a number each."""

from __future__ import annotations

import datetime as dt
import threading
from concurrent.futures import ThreadPoolExecutor

from bot.agenda import Agenda, Item
from bot.meetings import Meeting as MeetingValue
from bot.reading import Reading
from storage import Storage, decisions, documents, groups, items, meetings
from storage.decisions import Told

NOW = dt.datetime(2025, 6, 18, 13, tzinfo=dt.UTC)
AGENDA = Agenda(MeetingValue(date=dt.date(2025, 6, 18)), items=tuple(Item(str(n), f"Punkt {n}") for n in range(1, 5)))
AUTUMN = Agenda(MeetingValue(date=dt.date(2025, 10, 6)), items=tuple(Item(str(n), f"Punkt {n}") for n in range(1, 5)))


def test_two_who_record_at_once_get_two_numbers(storage: Storage) -> None:
    with storage.transaction() as session:
        home = groups.found(session, "C1", language="da", at=NOW)
        groups.introduce(session, "U1", "Anne Holm", guest=False)
        me = groups.person(session, "U1").id
        for name, agenda in (("juni", AGENDA), ("oktober", AUTUMN)):
            documents.file(session, home, Reading("agenda", agenda), name=name, digest=name, at=NOW)
    begun = threading.Barrier(4)

    def record(which: int) -> int | None:
        begun.wait()
        with storage.transaction() as session:
            item = items.row(session, 1, which)
            meeting = meetings.row(session, 1, item.meeting_id or 0)
            new = decisions.record(session, meeting, item, Told("Vi er enige."), {}, by=me, at=NOW)
            return decisions.row(session, 1, new).number

    with ThreadPoolExecutor(4) as people:
        numbers = list(people.map(record, (1, 2, 5, 6)))
    assert sorted(each or 0 for each in numbers) == [1, 2, 3, 4]
