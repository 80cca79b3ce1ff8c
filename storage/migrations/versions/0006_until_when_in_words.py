"""Until when a conditional decision waits, in the words it was said in."""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"


def upgrade() -> None:
    """Widen decisions; of one that has a day already, that is what was said."""
    with op.batch_alter_table("decisions") as decisions:
        decisions.add_column(sa.Column("due_text", sa.String(), nullable=True))
        decisions.add_column(sa.Column("precision", sa.String(), nullable=True))
        decisions.create_index("ix_decisions_precision_state", ["precision", "state"])
    names = ("id", "due_text", "precision")
    table = sa.table("decisions", sa.column("due", sa.Date()), *(sa.column(name) for name in names))
    connection = op.get_bind()
    dated = connection.execute(sa.select(table.c.id, table.c.due).where(table.c.due.is_not(None))).all()
    for number, due in dated:
        said = {"due_text": f"{due.day}.{due.month}.{due.year}", "precision": "day"}
        connection.execute(table.update().where(table.c.id == number).values(said))
