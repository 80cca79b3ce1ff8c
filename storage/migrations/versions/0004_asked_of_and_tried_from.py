"""Whom a yes was asked of, and since when a letter has been tried."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"


def upgrade() -> None:
    """Widen approvals and letters."""
    with op.batch_alter_table("approvals") as approvals:
        approvals.add_column(sa.Column("asked_of", sa.Integer(), nullable=True))
        approvals.create_foreign_key("fk_approvals_asked_of", "people", ["asked_of"], ["id"])
        approvals.create_index("ix_approvals_asked_of", ["asked_of"])
    with op.batch_alter_table("letters") as letters:
        letters.add_column(sa.Column("tried_from", sa.Double(), nullable=True))
