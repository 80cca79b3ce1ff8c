"""Which item a budget stands under, whatever number that has now or gets later."""

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"


def upgrade() -> None:
    """Widen budgets; each stands under the item that has its number."""
    with op.batch_alter_table("budgets") as budgets:
        budgets.add_column(sa.Column("item_id", sa.Integer(), nullable=True))
        budgets.create_foreign_key("fk_budgets_item_id", "items", ["item_id"], ["id"])
        budgets.create_index("ix_budgets_item_id", ["item_id"])
    names = ("id", "meeting_id", "name", "item", "item_id")
    table = sa.table("budgets", *(sa.column(name) for name in names))
    connection = op.get_bind()
    for row in connection.execute(sa.select(table).where(table.c.item.is_not(None))).all():
        found = _numbered(connection, row) if row.item else _gone(connection, row)
        connection.execute(table.update().where(table.c.id == row.id).values(item_id=found))


_NAMES = ("id", "group_id", "meeting_id", "parent_id", "position", "number", "title", "kinds", "state")
_TEXTS = ("audience", "presenters", "sections")
_ITEMS = sa.table("items", *(sa.column(each) for each in _NAMES), *(sa.column(each, sa.JSON()) for each in _TEXTS))
_MEETINGS = sa.table("meetings", sa.column("id"), sa.column("group_id"))


def _numbered(connection: sa.Connection, budget: Any) -> int | None:
    """The item of the meeting's that has the number; of several a closed one, which hid the budget so far."""
    above, top = _ITEMS.alias(), _ITEMS.alias()
    every = (
        sa.select(_ITEMS.c.id, _ITEMS.c.audience, above.c.audience, top.c.audience)
        .outerjoin(above, above.c.id == _ITEMS.c.parent_id)
        .outerjoin(top, top.c.id == above.c.parent_id)
        .where(_ITEMS.c.meeting_id == budget.meeting_id, _ITEMS.c.number == budget.item)
        .order_by(_ITEMS.c.position)
    )
    rows = connection.execute(every).all()
    closed = [row for row in rows if any(each is not None for each in row[1:])]
    return next((row.id for row in (*closed, *rows)), None)


def _gone(connection: sa.Connection, budget: Any) -> int:
    """An item for secretariat and chairs alone: no number so far meant a closed one that the agenda has no more."""
    of_group = sa.select(_MEETINGS.c.group_id).where(_MEETINGS.c.id == budget.meeting_id)
    new = {
        "group_id": connection.scalar(of_group), "meeting_id": budget.meeting_id, "position": 0, "number": "",
        "title": budget.name, "kinds": "", "state": "left_out", "audience": [], "presenters": [], "sections": [],
    }  # fmt: skip
    gone: int = connection.execute(_ITEMS.insert().values(new).returning(_ITEMS.c.id)).scalar_one()
    return gone
