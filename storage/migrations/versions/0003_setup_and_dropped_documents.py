"""The group's setup, what somebody speaks for, and documents that were read but not filed yet."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"


def upgrade() -> None:
    """Widen groups, appointments and documents."""
    with op.batch_alter_table("groups") as groups:
        groups.add_column(sa.Column("setup", sa.JSON(), nullable=True))
        groups.add_column(sa.Column("room", sa.String(), nullable=True))
    op.create_index("ix_meetings_date", "meetings", ["date"])
    with op.batch_alter_table("appointments") as appointments:
        appointments.add_column(sa.Column("organisation", sa.String(), nullable=True))
    with op.batch_alter_table("documents") as documents:
        documents.alter_column("meeting_id", existing_type=sa.Integer(), nullable=True)
        documents.add_column(sa.Column("group_id", sa.Integer(), nullable=True))
        documents.add_column(sa.Column("data", sa.LargeBinary(), nullable=True))
        documents.create_foreign_key("fk_documents_group_id", "groups", ["group_id"], ["id"])
        documents.create_index("ix_documents_group_id", ["group_id"])
