"""What stood on the agendas of earlier meetings."""

from __future__ import annotations

from datetime import date

from sqlalchemy import bindparam, select

from bot.agenda import ON_AGENDA
from bot.meetings import Meeting as MeetingValue
from storage.base import Reader, among, table
from storage.items import Item
from storage.meetings import FIELDS, Found, Meeting

NEWEST = 500  # items

_ITEM, _HELD = table(Item).c, table(Meeting).c
_TITLES = (
    select(_ITEM.title, _HELD.id, *FIELDS)
    .join(table(Meeting), _HELD.id == _ITEM.meeting_id)
    .where(_ITEM.group_id == bindparam("group"), among(_ITEM.state, ON_AGENDA))
    .where(_HELD.date < bindparam("today"), _HELD.state != "cancelled")
    .order_by(_HELD.date.desc(), _ITEM.position)
    .limit(NEWEST)
)


def titles(reader: Reader, group_id: int, today: date) -> list[tuple[Found, str]]:
    """The titles of the items of a group's earlier meetings, each with its meeting, the latest first; whoever they are
    for.
    """
    rows = reader.execute(_TITLES, {"group": group_id, "today": today})
    return [(Found(found, MeetingValue(*cells), False), title) for title, found, *cells in rows]
