"""What do we remember, and what may become of it? Rows and their verbs; pages read straight into values."""

from __future__ import annotations

import json
import sqlite3
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import Connection, Engine, create_engine, event, make_url
from sqlalchemy.exc import ArgumentError, DBAPIError, OperationalError
from sqlalchemy.orm import Session

from storage.history import seal

__all__ = ["Session", "Storage", "Unavailable", "open_storage"]

_decode = json.JSONDecoder().raw_decode
WAIT = 1.0  # seconds for a lock, twice over at most (our own, then the database's), well within Slack's three

STATEMENTS = 500  # that a connection to SQLite keeps prepared; a meeting's round alone has a hundred

DISCREET = True  # an error is logged without the values of its statement: what people wrote is not for a log


class Unavailable(Exception):
    """The database is locked or away. Nothing was changed; the same request may be tried again."""


@dataclass(slots=True)
class Storage:
    """One database: what is written goes through `transaction`, what is only read through `reading`.

    `after_commit` are called when a transaction has become durable.
    """

    engine: Engine
    after_commit: list[Callable[[], None]] = field(default_factory=list)
    _looking: Engine = field(init=False)
    _writer: threading.Lock = field(default_factory=threading.Lock)

    def __post_init__(self) -> None:
        self._looking = self.engine
        if self.engine.dialect.name == "postgresql":
            only_looks: dict[str, Any] = {"isolation_level": "REPEATABLE READ", "postgresql_readonly": True}
            self._looking = self.engine.execution_options(**only_looks)

    @contextmanager
    def transaction(self, tell: bool = True) -> Iterator[Session]:
        """A session whose changes all become durable at the end, or none. The only place that commits.

        Nobody need be told of what gives nobody anything to do.
        """
        with (
            _told_as_unavailable(),
            self._one_writer(),
            Session(self.engine, expire_on_commit=False) as session,
        ):
            self._begin(session.connection(), "BEGIN IMMEDIATE")
            yield session
            seal(session)
            session.commit()
        if tell:
            for call in self.after_commit:
                call()

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """One consistent look, through which nothing can be kept."""
        with _told_as_unavailable(), self._looking.connect() as connection:
            self._begin(connection, "BEGIN")
            yield connection

    def _begin(self, connection: Connection, how: str) -> None:
        """Begin as SQLite needs it, on the driver's own connection: a listener to SQLAlchemy's would be asked at every
        statement.
        """
        if self.engine.dialect.name == "sqlite":
            driver: Any = connection.connection.driver_connection
            driver.execute(how)

    @contextmanager
    def _one_writer(self) -> Iterator[None]:
        if self.engine.dialect.name != "sqlite":
            yield
            return
        if not self._writer.acquire(timeout=WAIT):
            raise Unavailable
        try:
            yield
        finally:
            self._writer.release()

    def close(self) -> None:
        """Give back every connection."""
        self.engine.dispose()


def open_storage(url: str) -> Storage:
    """Open a database by its address: `sqlite:///dap.db`, `postgresql://…`, `postgres://…`. ValueError for others."""
    try:
        address = make_url(url)
    except ArgumentError as error:
        raise ValueError(f"DATABASE_URL is {url!r}; it must be like sqlite:///dap.db or postgresql://…") from error
    if address.get_backend_name() == "sqlite":
        waits = {"timeout": WAIT, "check_same_thread": False, "cached_statements": STATEMENTS}
        engine = create_engine(address, connect_args=waits, hide_parameters=DISCREET, json_deserializer=_value)
        event.listen(engine, "connect", _tune_sqlite)
        return Storage(engine)
    if address.drivername.split("+")[0] not in ("postgresql", "postgres"):
        raise ValueError(f"DATABASE_URL names {address.drivername}; it can be sqlite or postgresql.")
    milliseconds = int(WAIT * 1000)
    options = f"-c lock_timeout={milliseconds} -c statement_timeout={2 * milliseconds}"
    engine = create_engine(
        address.set(drivername="postgresql+psycopg"),
        connect_args={"connect_timeout": 2, "options": options},
        pool_timeout=WAIT,
        pool_size=10,
        hide_parameters=DISCREET,
    )
    return Storage(engine)


def _value(text: str) -> Any:
    """What JSON of ours says: nothing stands before or after it, so that nobody need look for that."""
    return _decode(text)[0]


@contextmanager
def _told_as_unavailable() -> Iterator[None]:
    try:
        yield
    except sqlite3.OperationalError as error:  # at BEGIN, which is ours
        raise Unavailable from error
    except DBAPIError as error:
        if is_away(error):
            raise Unavailable from error
        raise


def is_away(error: DBAPIError) -> bool:
    """Whether an error says that the database is locked or gone, rather than that we asked something wrong."""
    asked_wrong = str(error.orig).startswith("no such")
    return error.connection_invalidated or (isinstance(error, OperationalError) and not asked_wrong)


def _tune_sqlite(connection: sqlite3.Connection, _record: Any) -> None:
    connection.isolation_level = None  # BEGIN is ours: see Storage._begin
    connection.execute("PRAGMA journal_mode=WAL")
    connection.execute("PRAGMA synchronous=FULL")
    connection.execute("PRAGMA foreign_keys=ON")
