"""The round of a meeting: proposals, decisions, tasks, minutes, budget questions and readings, sealed history."""

import hashlib
import json
from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"


def upgrade() -> None:
    """Widen what is there, then make the new tables."""
    _members()
    _items()
    _decisions()
    _papers()
    _tasks()
    _minutes()
    _questions()
    _readings()
    _seals()


def _members() -> None:
    with op.batch_alter_table("appointments") as appointments:
        appointments.alter_column("person_id", existing_type=sa.Integer(), nullable=True)
        appointments.add_column(sa.Column("name", sa.String(), nullable=True))
        appointments.add_column(sa.Column("mail", sa.String(), nullable=True))
        appointments.add_column(sa.Column("reached", sa.String(), nullable=False, server_default="slack"))
    with op.batch_alter_table("appointments") as appointments:
        appointments.alter_column("reached", server_default=None)
    op.create_index("ix_groups_room", "groups", ["room"])


def _items() -> None:
    with op.batch_alter_table("meetings") as meetings:
        meetings.add_column(sa.Column("decisions_version", sa.Integer(), nullable=False, server_default="0"))
        meetings.add_column(sa.Column("opened_at", sa.DateTime(), nullable=True))
        meetings.add_column(sa.Column("closed_at", sa.DateTime(), nullable=True))
    with op.batch_alter_table("meetings") as meetings:
        meetings.alter_column("decisions_version", server_default=None)
    with op.batch_alter_table("items") as items:
        items.add_column(sa.Column("group_id", sa.Integer(), nullable=True))
        items.add_column(sa.Column("state", sa.String(), nullable=True))
        items.add_column(sa.Column("audience", sa.JSON(), nullable=True))
        items.add_column(sa.Column("proposed_by", sa.Integer(), nullable=True))
        items.add_column(sa.Column("proposed_at", sa.DateTime(), nullable=True))
        items.add_column(sa.Column("reason", sa.String(), nullable=True))
        items.add_column(sa.Column("carried_from_id", sa.Integer(), nullable=True))
    op.execute(
        "UPDATE items SET state = 'accepted',"
        " group_id = (SELECT meetings.group_id FROM meetings WHERE meetings.id = items.meeting_id)"
    )
    with op.batch_alter_table("items") as items:
        items.alter_column("group_id", existing_type=sa.Integer(), nullable=False)
        items.alter_column("state", existing_type=sa.String(), nullable=False)
        items.alter_column("meeting_id", existing_type=sa.Integer(), nullable=True)
        items.create_foreign_key("fk_items_group_id", "groups", ["group_id"], ["id"])
        items.create_foreign_key("fk_items_proposed_by", "people", ["proposed_by"], ["id"])
        items.create_foreign_key("fk_items_carried_from_id", "items", ["carried_from_id"], ["id"])
        items.create_index("ix_items_group_id_state", ["group_id", "state"])
        items.create_index("ix_items_proposed_by", ["proposed_by"])
        items.create_index("ix_items_carried_from_id", ["carried_from_id"])
    with op.batch_alter_table("appendices") as appendices:
        appendices.add_column(sa.Column("url", sa.String(), nullable=True))


def _decisions() -> None:
    with op.batch_alter_table("decisions") as decisions:
        decisions.add_column(sa.Column("group_id", sa.Integer(), nullable=True))
        decisions.add_column(sa.Column("meeting_id", sa.Integer(), nullable=True))
        decisions.add_column(sa.Column("year", sa.Integer(), nullable=True))
        decisions.add_column(sa.Column("number", sa.Integer(), nullable=True))
        decisions.add_column(sa.Column("force", sa.String(), nullable=True))
        decisions.add_column(sa.Column("holder", sa.String(), nullable=True))
        decisions.add_column(sa.Column("due", sa.Date(), nullable=True))
        decisions.add_column(sa.Column("due_meeting_id", sa.Integer(), nullable=True))
        decisions.add_column(sa.Column("referred_to", sa.String(), nullable=True))
        decisions.add_column(sa.Column("state", sa.String(), nullable=True))
        decisions.add_column(sa.Column("version", sa.Integer(), nullable=True))
        decisions.add_column(sa.Column("replaces_id", sa.Integer(), nullable=True))
        decisions.add_column(sa.Column("reason", sa.String(), nullable=True))
        decisions.add_column(sa.Column("recorded_by", sa.Integer(), nullable=True))
        decisions.add_column(sa.Column("recorded_at", sa.DateTime(), nullable=True))
    op.execute(
        "UPDATE decisions SET state = 'announced', version = 1,"
        " force = CASE WHEN condition IS NULL THEN 'final' ELSE 'conditional' END,"
        " group_id = (SELECT items.group_id FROM items WHERE items.id = decisions.item_id),"
        " meeting_id = (SELECT items.meeting_id FROM items WHERE items.id = decisions.item_id)"
    )
    with op.batch_alter_table("decisions") as decisions:
        for name in ("group_id", "meeting_id", "version"):
            decisions.alter_column(name, existing_type=sa.Integer(), nullable=False)
        for name in ("force", "state"):
            decisions.alter_column(name, existing_type=sa.String(), nullable=False)
        decisions.create_foreign_key("fk_decisions_group_id", "groups", ["group_id"], ["id"])
        decisions.create_foreign_key("fk_decisions_meeting_id", "meetings", ["meeting_id"], ["id"])
        decisions.create_foreign_key("fk_decisions_due_meeting_id", "meetings", ["due_meeting_id"], ["id"])
        decisions.create_foreign_key("fk_decisions_replaces_id", "decisions", ["replaces_id"], ["id"])
        decisions.create_foreign_key("fk_decisions_recorded_by", "people", ["recorded_by"], ["id"])
        decisions.create_unique_constraint(
            "uq_decisions_group_id_year_number_version", ["group_id", "year", "number", "version"]
        )
        decisions.create_index("ix_decisions_group_id_state", ["group_id", "state"])
        decisions.create_index("ix_decisions_group_id_force_state", ["group_id", "force", "state"])
        decisions.create_index("ix_decisions_meeting_id_state", ["meeting_id", "state"])
        decisions.create_index("ix_decisions_due_meeting_id", ["due_meeting_id"])
        decisions.create_index("ix_decisions_due", ["due"])
        decisions.create_index("ix_decisions_replaces_id", ["replaces_id"])
        decisions.create_index("ix_decisions_recorded_by", ["recorded_by"])
    with op.batch_alter_table("recommendations") as recommendations:
        recommendations.add_column(sa.Column("outcomes", sa.JSON(), nullable=True))
        recommendations.add_column(sa.Column("decision_id", sa.Integer(), nullable=True))
        recommendations.create_foreign_key("fk_recommendations_decision_id", "decisions", ["decision_id"], ["id"])
        recommendations.create_index("ix_recommendations_decision_id", ["decision_id"])


def _papers() -> None:
    """Approvals and sendings are of a paper, which so far was always the agenda."""
    for name in ("approvals", "sendings"):
        with op.batch_alter_table(name) as papers:
            papers.add_column(sa.Column("paper", sa.String(), nullable=False, server_default="agenda"))
        with op.batch_alter_table(name) as papers:
            papers.alter_column("paper", server_default=None)
            papers.drop_constraint(f"uq_{name}_meeting_id_version", type_="unique")
            papers.create_unique_constraint(f"uq_{name}_meeting_id_paper_version", ["meeting_id", "paper", "version"])


def _tasks() -> None:
    op.create_table(
        "tasks",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("group_id", sa.Integer(), nullable=False),
        sa.Column("text", sa.String(), nullable=False),
        sa.Column("owner_id", sa.Integer(), nullable=True),
        sa.Column("organisation", sa.String(), nullable=True),
        sa.Column("due", sa.Date(), nullable=True),
        sa.Column("due_text", sa.String(), nullable=True),
        sa.Column("precision", sa.String(), nullable=True),
        sa.Column("due_meeting_id", sa.Integer(), nullable=True),
        sa.Column("meeting_id", sa.Integer(), nullable=True),
        sa.Column("item_id", sa.Integer(), nullable=True),
        sa.Column("decision_id", sa.Integer(), nullable=True),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("made_by", sa.Integer(), nullable=True),
        sa.Column("made_at", sa.DateTime(), nullable=False),
        sa.Column("ended_by", sa.Integer(), nullable=True),
        sa.Column("ended_at", sa.DateTime(), nullable=True),
        *_keys(
            "tasks",
            groups=["group_id"],
            people=["owner_id", "made_by", "ended_by"],
            meetings=["due_meeting_id", "meeting_id"],
            items=["item_id"],
            decisions=["decision_id"],
        ),
    )
    _index("tasks", ["group_id", "state", "due"], ["owner_id", "state"], ["due_meeting_id"], ["meeting_id"])
    _index("tasks", ["item_id"], ["decision_id"], ["made_by"], ["ended_by"], ["state", "due"])


def _minutes() -> None:
    op.create_table(
        "minutes",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("meeting_id", sa.Integer(), nullable=False),
        sa.Column("group_id", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("reason", sa.String(), nullable=True),
        sa.Column("approved_at_id", sa.Integer(), nullable=True),
        sa.Column("approved_by", sa.Integer(), nullable=True),
        sa.Column("approved_at", sa.DateTime(), nullable=True),
        *_keys("minutes", groups=["group_id"], meetings=["meeting_id", "approved_at_id"], people=["approved_by"]),
        sa.UniqueConstraint("meeting_id", name="uq_minutes_meeting_id"),
    )
    _index("minutes", ["group_id", "state"], ["approved_at_id"], ["approved_by"])
    op.create_table(
        "passages",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("item_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("text", sa.String(), nullable=False),
        sa.Column("written_by", sa.Integer(), nullable=True),
        sa.Column("written_at", sa.DateTime(), nullable=False),
        *_keys("passages", items=["item_id"], people=["written_by"]),
    )
    _index("passages", ["item_id", "position"], ["written_by"])


def _questions() -> None:
    op.create_table(
        "questions",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("group_id", sa.Integer(), nullable=False),
        sa.Column("asked_by", sa.Integer(), nullable=False),
        sa.Column("asked_at", sa.DateTime(), nullable=False),
        sa.Column("text", sa.String(), nullable=False),
        sa.Column("channel", sa.String(), nullable=True),
        sa.Column("thread", sa.String(), nullable=True),
        sa.Column("answer", sa.String(), nullable=True),
        sa.Column("source", sa.String(), nullable=True),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("answered_by", sa.Integer(), nullable=True),
        sa.Column("answered_at", sa.DateTime(), nullable=True),
        sa.Column("item_id", sa.Integer(), nullable=True),
        *_keys("questions", groups=["group_id"], people=["asked_by", "answered_by"], items=["item_id"]),
    )
    _index("questions", ["group_id", "state"], ["asked_by"], ["answered_by"], ["item_id"])


def _readings() -> None:
    op.create_table(
        "readings",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("group_id", sa.Integer(), nullable=False),
        sa.Column("budget", sa.String(), nullable=False),
        sa.Column("as_of", sa.Date(), nullable=False),
        sa.Column("entered_by", sa.Integer(), nullable=False),
        sa.Column("entered_at", sa.DateTime(), nullable=False),
        sa.Column("filed_at", sa.DateTime(), nullable=True),
        *_keys("readings", groups=["group_id"], people=["entered_by"]),
    )
    _index("readings", ["group_id", "budget", "as_of"], ["entered_by"])
    op.create_table(
        "reading_amounts",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("reading_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("line", sa.String(), nullable=False),
        sa.Column("spent", sa.BigInteger(), nullable=False),
        *_keys("reading_amounts", readings=["reading_id"]),
    )
    _index("reading_amounts", ["reading_id", "position"])


def _seals() -> None:
    """Chain the history that is there: each change is sealed with the one before it in its group."""
    with op.batch_alter_table("changes") as changes:
        changes.add_column(sa.Column("seal", sa.String(), nullable=True))
    op.create_table(
        "chains",
        sa.Column("group_id", sa.Integer(), nullable=False),
        sa.Column("length", sa.Integer(), nullable=False),
        sa.Column("seal", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["group_id"], ["groups.id"], name="fk_chains_group_id"),
        sa.PrimaryKeyConstraint("group_id", name="pk_chains"),
    )
    _seal_what_is_there()
    with op.batch_alter_table("changes") as changes:
        changes.alter_column("seal", existing_type=sa.String(), nullable=False)


def _seal_what_is_there() -> None:
    """As storage.history seals, which this must not import: that may change, and this must not."""
    names = ("group_id", "by", "at", "what", "before", "after")
    kinds: dict[str, Any] = {"at": sa.DateTime(), "before": sa.JSON(), "after": sa.JSON()}
    changes = sa.table(
        "changes", *(sa.column(name, kinds.get(name, sa.types.NULLTYPE)) for name in ("id", *names, "seal"))
    )
    chains = sa.table("chains", *(sa.column(name) for name in ("group_id", "length", "seal")))
    connection = op.get_bind()
    ends: dict[int, tuple[int, str]] = {}
    for row in connection.execute(sa.select(changes).order_by(changes.c.id)).all():
        length, before = ends.get(row.group_id, (0, ""))
        told = {name: getattr(row, name) for name in names} | {"at": f"{row.at.isoformat()}+00:00"}
        text = json.dumps([before, told], ensure_ascii=False, sort_keys=True, separators=(",", ":"))
        seal = hashlib.sha256(text.encode()).hexdigest()
        connection.execute(changes.update().where(changes.c.id == row.id).values(seal=seal))
        ends[row.group_id] = length + 1, seal
    for group_id, (length, seal) in ends.items():
        connection.execute(chains.insert().values(group_id=group_id, length=length, seal=seal))


def _keys(table: str, **targets: list[str]) -> list[sa.Constraint]:
    """The primary key, and the foreign keys by the table they lead to."""
    leading = [(column, target) for target, columns in targets.items() for column in columns]
    return [
        sa.PrimaryKeyConstraint("id", name=f"pk_{table}"),
        *(sa.ForeignKeyConstraint([each], [f"{to}.id"], name=f"fk_{table}_{each}") for each, to in leading),
    ]


def _index(table: str, *columns: list[str]) -> None:
    for each in columns:
        op.create_index(f"ix_{table}_{'_'.join(each)}", table, each)
