"""The questions that wait are looked for in every group at once."""

from alembic import op

revision = "0007"
down_revision = "0006"


def upgrade() -> None:
    """Let them be found by their state."""
    op.create_index("ix_questions_state", "questions", ["state"])
