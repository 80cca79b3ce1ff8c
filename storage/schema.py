"""The schema and its versions. Alembic, slow to load, is loaded only when there is something to migrate."""

from __future__ import annotations

from pathlib import Path

from sqlalchemy import inspect, text

from storage import (
    Storage,
    agenda,
    appointments,
    approvals,
    budgets,
    decisions,
    documents,
    groups,
    history,
    items,
    meetings,
    members,
    minutes,
    outbox,
    questions,
    reminders,
    requests,
    sendings,
    tasks,
    whereabouts,
)
from storage.base import Base

HEAD = "0009"
MIGRATIONS = Path(__file__).parent / "migrations"
ROOMS = (
    *(
        agenda,
        appointments,
        approvals,
        budgets,
        decisions,
        documents,
        groups,
        history,
        items,
        meetings,
        members,
        minutes,
        outbox,
        questions,
        reminders,
    ),
    *(requests, sendings, tasks, whereabouts),
)
METADATA = Base.metadata  # complete, now that every module with rows has been imported


def version(storage: Storage) -> str | None:
    """Which version of the schema a database has; None where it has none."""
    with storage.reading() as connection:
        if not inspect(connection).has_table("alembic_version"):
            return None
        found: str | None = connection.scalar(text("SELECT version_num FROM alembic_version"))
        return found


def is_current(storage: Storage) -> bool:
    """Whether the database has the newest schema."""
    return version(storage) == HEAD


def migrate(storage: Storage) -> None:
    """Bring the database to the newest schema; nothing happens where it has it."""
    if is_current(storage):
        return
    from alembic import command  # noqa: PLC0415 takes over a second to load
    from alembic.config import Config  # noqa: PLC0415

    with storage.transaction() as session:
        config = Config()
        config.set_main_option("script_location", str(MIGRATIONS).replace("%", "%%"))
        config.attributes["connection"] = session.connection()
        command.upgrade(config, "head")
