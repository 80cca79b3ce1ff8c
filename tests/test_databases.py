"""The databases that tests borrow: whatever one did with its own, the next finds nothing of it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from contextlib import closing, contextmanager

import psycopg
import pytest
from sqlalchemy import Engine, create_engine, text
from sqlalchemy.exc import OperationalError

from storage import groups, open_storage, schema
from tests.databases import Databases
from tests.postgres import Postgres, connect, named

BO = "INSERT INTO people (slack_id, name, guest, seen, placed) VALUES ('U1', 'Bo', false, false, false)"


@pytest.fixture(scope="module")
def lender(postgres: Postgres) -> Iterator[Databases]:
    lender = Databases(lambda: postgres)
    yield lender
    lender.close()


def found(url: str) -> int:
    """Found a group in a database; its id."""
    with closing(open_storage(url)) as storage, storage.transaction() as session:
        return groups.found(session, "C1", language="da", at=dt.datetime(2025, 6, 10, tzinfo=dt.UTC)).id


def test_each_is_of_the_newest_schema_empty_and_numbered_from_one(engine: str, lender: Databases) -> None:
    for _ in range(2):
        with lender.lent(engine) as url:
            with closing(open_storage(url)) as storage:
                assert schema.is_current(storage)
            assert found(url) == 1


def test_what_came_back_is_lent_again_where_no_straggler_finds_it(lender: Databases) -> None:
    with lender.lent("postgresql") as first:
        straggler = connect(first)
        identity = oid(first)
    with pytest.raises(psycopg.OperationalError):
        straggler.execute("SELECT 1")
    with pytest.raises(psycopg.OperationalError, match="does not exist"):
        connect(first)
    with lender.lent("postgresql") as second:
        assert oid(second) == identity


def test_a_line_stays_open_for_the_next_and_none_is_had_once_it_has_been_given_back(lender: Databases) -> None:
    create = lender.exchange.connecting(create_engine)

    def spoken(engine: Engine) -> tuple[object, ...]:
        with engine.begin() as connection:
            return connection.scalar(text(f"{BO} RETURNING id")), connection.scalar(text("SELECT pg_backend_pid()"))

    with lender.lent("postgresql") as first, disposing(create(first)) as straggler:
        said = spoken(straggler)
    with pytest.raises(OperationalError, match="has been given back"):
        straggler.connect()
    with lender.lent("postgresql") as second, disposing(create(second)) as engine:
        assert second == first
        assert spoken(engine) == said


def test_a_line_that_is_in_the_middle_of_something_does_not_stay_open(lender: Databases) -> None:
    create = lender.exchange.connecting(create_engine)
    with lender.lent("postgresql") as first:
        busy = create(first).connect()
        identity = oid(first)
        busy.execute(text(BO))
    with pytest.raises(OperationalError):
        busy.execute(text("SELECT 1"))
    with lender.lent("postgresql") as second:
        assert oid(second) == identity
        assert second != first


@pytest.mark.parametrize(
    "change",
    [
        "CREATE TABLE other (id INTEGER)",
        "CREATE INDEX other ON people (id, name)",
        "DROP INDEX ix_letters_next_at",
        "ALTER TABLE people ADD COLUMN other TEXT",
        "ALTER TABLE people DROP COLUMN name",
        "ALTER TABLE people ADD CONSTRAINT other CHECK (id > 0)",
        "CREATE FUNCTION other() RETURNS integer LANGUAGE SQL RETURN 1",
    ],
)
def test_one_that_was_altered_is_not_lent_again(lender: Databases, change: str) -> None:
    with lender.lent("postgresql") as first:
        identity = oid(first)
        with connect(first) as connection:
            connection.execute(change)
    with lender.lent("postgresql") as second:
        assert oid(second) != identity


@contextmanager
def disposing(engine: Engine) -> Iterator[Engine]:
    yield engine
    engine.dispose()


def oid(url: str) -> object:
    """Which database it is, whatever it is called."""
    with connect(url) as connection:
        row = connection.execute("SELECT oid FROM pg_database WHERE datname = %s", [named(url)]).fetchone()
    return row and row[0]
