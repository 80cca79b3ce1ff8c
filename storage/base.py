"""What all rows share: the declarative base, and how dates and JSON are kept."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime
from functools import cache
from typing import Any, TypeVar, cast

from sqlalchemy import (
    JSON,
    ColumnElement,
    Connection,
    DateTime,
    Dialect,
    Executable,
    MetaData,
    Select,
    Table,
    TypeDecorator,
    bindparam,
    insert,
    inspect,
    or_,
    select,
    update,
)
from sqlalchemy.orm import DeclarativeBase, InstrumentedAttribute, Session
from sqlalchemy.orm.attributes import set_committed_value

from bot.refusals import Refusal

NOTHING_IS_NULL = JSON(none_as_null=True)  # else None would be kept as the JSON text null, which no IS NULL finds
Reader = Session | Connection  # whatever can answer a SELECT: a transaction's session, or a bare look


class Moment(TypeDecorator[datetime]):
    """A point in time: aware going in and coming out, kept in UTC."""

    impl = DateTime
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:  # noqa: ARG002 SQLAlchemy's signature
        return value.astimezone(UTC).replace(tzinfo=None) if value else None

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:  # noqa: ARG002 SQLAlchemy's signature
        return value.replace(tzinfo=UTC) if value else None


class Base(DeclarativeBase):
    """A row. Its verbs guard its state, ask a rule in bot, write the history, and flush."""

    metadata = MetaData(
        naming_convention={
            "ix": "ix_%(table_name)s_%(column_0_N_name)s",
            "uq": "uq_%(table_name)s_%(column_0_N_name)s",
            "fk": "fk_%(table_name)s_%(column_0_name)s",
            "pk": "pk_%(table_name)s",
        }
    )
    type_annotation_map = {datetime: Moment, dict[str, Any]: NOTHING_IS_NULL, list[Any]: NOTHING_IS_NULL}  # noqa: RUF012 SQLAlchemy's name

    def write(self, **values: Any) -> None:
        """Put values into the row's columns here and now: a statement, where the unit of work would first look for what
        has changed in every row there is.
        """
        row = inspect(self)
        assert row.session and row.identity
        row.session.connection().execute(_rewriting(type(self)), {"this": row.identity[0], **values})
        for name, value in values.items():
            set_committed_value(self, name, value)


Row = TypeVar("Row", bound=Base)


def table(row: type[Base]) -> Table:
    """The table behind a kind of row, for statements that need no rows."""
    return cast(Table, row.__table__)


def add(session: Session, row: type[Base], **values: Any) -> int:
    """Insert a row; its id."""
    new: int = session.connection().execute(_addition(row), values).scalar_one()
    return new


def insert_new(session: Session, row: type[Base], **values: Any) -> Any:
    """Insert a row unless its unique key stands there already; its id, or None where it did."""
    connection = session.connection()
    return connection.scalar(_insertion(row, connection.dialect.name), values)


def own(session: Session, row: type[Row], group_id: int, row_id: int) -> Row:
    """A group's row by its id, locked against others' changes to it; another group's does not exist."""
    found: Row | None = session.scalars(_locked(row), {"id": row_id, "group": group_id}).one_or_none()
    if found is None:
        raise Refusal("stale")
    return found


def rows(session: Session, row: type[Row], *order: str, **known: Any) -> list[Row]:
    """The rows of a kind by what is known of them, in the order of some columns, else in that in which they came."""
    return list(session.scalars(_selection(row, order, tuple(known)), known))


def among(column: ColumnElement[Any] | InstrumentedAttribute[Any], values: Iterable[Any]) -> ColumnElement[bool]:
    """Whether a column is one of a few known values: half the time of an IN, whose list is written anew each time."""
    return or_(*(column == each for each in values))


# Statements are built once, since building takes longer than executing.


@cache
def _locked(row: type[Row]) -> Select[Row]:
    columns = table(row).c
    mine = (columns.id == bindparam("id"), columns.group_id == bindparam("group"))
    return select(row).where(*mine).with_for_update()


@cache
def _selection(row: type[Row], order: tuple[str, ...], known: tuple[str, ...]) -> Select[Row]:
    columns = table(row).c
    return (
        select(row)
        .where(*(columns[each] == bindparam(each) for each in known))
        .order_by(*(columns[each] for each in order), *table(row).primary_key.columns)
    )


@cache
def _addition(row: type[Base]) -> Executable:
    return insert(table(row)).returning(*table(row).primary_key.columns)


@cache
def _rewriting(row: type[Base]) -> Executable:
    (key,) = table(row).primary_key.columns
    return update(table(row)).where(key == bindparam("this"))


@cache
def _insertion(row: type[Base], dialect: str) -> Executable:
    if dialect == "postgresql":
        from sqlalchemy.dialects.postgresql import insert as upsert  # noqa: PLC0415 slow to load, and only one is needed
    else:
        from sqlalchemy.dialects.sqlite import insert as upsert  # type: ignore[assignment]  # noqa: PLC0415
    return upsert(table(row)).on_conflict_do_nothing().returning(*table(row).primary_key.columns)
