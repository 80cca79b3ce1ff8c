"""Where somebody is, which group they chose and what they asked of none: no longer kept among the letters."""

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"

LETTERS = sa.table(
    "letters",
    *(sa.column(each) for each in ("id", "key", "lane", "group_id", "state")),
    sa.column("payload", sa.JSON()),
)
PEOPLE = sa.table(
    "people",
    *(sa.column(each) for each in ("id", "slack_id", "name", "chosen_id")),
    *(sa.column(each, sa.Boolean()) for each in ("guest", "seen", "placed")),
)
PRESENCES = sa.table("presences", sa.column("person_id"), sa.column("group_id"))
SET_ASIDE = sa.table(
    "set_aside",
    *(sa.column(each) for each in ("id", "key", "slack_id")),
    sa.column("asked", sa.JSON(none_as_null=True)),
)


def upgrade() -> None:
    """Make the places for it, and move there what was kept."""
    with op.batch_alter_table("people") as people:
        people.add_column(sa.Column("placed", sa.Boolean(), nullable=False, server_default=sa.false()))
        people.add_column(sa.Column("chosen_id", sa.Integer(), nullable=True))
        people.create_foreign_key("fk_people_chosen_id", "groups", ["chosen_id"], ["id"])
        people.create_index("ix_people_chosen_id", ["chosen_id"])
    with op.batch_alter_table("people") as people:
        people.alter_column("placed", server_default=None)
    op.create_table(
        "presences",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("group_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["group_id"], ["groups.id"], name="fk_presences_group_id"),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name="fk_presences_person_id"),
        sa.PrimaryKeyConstraint("id", name="pk_presences"),
        sa.UniqueConstraint("person_id", "group_id", name="uq_presences_person_id_group_id"),
    )
    op.create_index("ix_presences_group_id", "presences", ["group_id"])
    op.create_table(
        "set_aside",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("slack_id", sa.String(), nullable=False),
        sa.Column("asked", sa.JSON(), nullable=True),
        sa.PrimaryKeyConstraint("id", name="pk_set_aside"),
        sa.UniqueConstraint("key", name="uq_set_aside_key"),
    )
    _move(op.get_bind())


def _move(connection: sa.Connection) -> None:
    """`home:U` says that Slack was asked where U is, `here:U:7` that they are in group 7's channel, `chosen:U` which
    group they chose, `asked:key` what they asked. A number on a button is that of the letter, so it stays.
    """
    people: dict[str, Any] = dict(connection.execute(sa.select(PEOPLE.c.slack_id, PEOPLE.c.id)).all())

    def person(slack_id: str) -> Any:
        if slack_id not in people:
            new = {"slack_id": slack_id, "name": slack_id, "guest": False, "seen": False, "placed": False}
            people[slack_id] = connection.scalar(sa.insert(PEOPLE).values(new).returning(PEOPLE.c.id))
        return people[slack_id]

    for letter in connection.execute(sa.select(LETTERS).where(_like("home", "here", "chosen", "asked"))).all():
        kind, _, rest = letter.key.partition(":")
        if kind == "home":
            connection.execute(PEOPLE.update().where(PEOPLE.c.id == person(rest)).values(placed=True))
        elif kind == "here":
            there = {"person_id": person(rest.partition(":")[0]), "group_id": letter.group_id}
            connection.execute(PRESENCES.insert().values(there))
        elif kind == "chosen":
            connection.execute(PEOPLE.update().where(PEOPLE.c.id == person(rest)).values(chosen_id=letter.group_id))
        elif letter.state == "kept":
            aside = {"id": letter.id, "key": rest, "slack_id": letter.lane.partition(":")[2], "asked": letter.payload}
            connection.execute(SET_ASIDE.insert().values(aside))
    connection.execute(LETTERS.delete().where(sa.or_(LETTERS.c.state == "kept", _like("here", "chosen", "asked"))))
    if connection.dialect.name == "postgresql":
        highest = "(SELECT max(id) FROM set_aside)"
        connection.execute(sa.text(f"SELECT setval('set_aside_id_seq', {highest}) WHERE {highest} IS NOT NULL"))


def _like(*kinds: str) -> sa.ColumnElement[bool]:
    return sa.or_(*(LETTERS.c.key.like(f"{each}:%") for each in kinds))
