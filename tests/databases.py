"""Databases for tests: each with the newest schema and nothing in it, at an address of its own, gone after use.

SQLite's are copies of one file. PostgreSQL takes hundreds of milliseconds to copy a database, to drop one, or to
TRUNCATE its tables: so one that comes back is emptied by DELETE and lent again, over the lines that are open already.
Where anybody else is still connected, it is renamed before that, that no straggler finds it.
"""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import cached_property
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import psycopg
from psycopg import sql

from storage import open_storage, schema
from tests.lines import Exchange, Line, hang_up
from tests.postgres import Postgres, connect
from tests.shelf import shelf

CHILDREN_FIRST = [sql.Identifier(table.name) for table in reversed(schema.METADATA.sorted_tables)]
EMPTY = sql.SQL("; ").join(sql.SQL("DELETE FROM {}").format(name) for name in CHILDREN_FIRST)
# Else a statement's plan, which tests/engines.py looks at, would depend on what was counted in tests long ago.
UNCOUNTED = sql.SQL("; ").join(
    sql.SQL("ALTER TABLE {} SET (autovacuum_enabled = off)").format(name) for name in CHILDREN_FIRST
)
OTHERS = "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND NOT pid = ANY(%s)"
FROM_ONE = "SELECT setval(oid, 1, false) FROM pg_class WHERE relkind = 'S'"
# What a test made, altered or dropped shows here; whoever did so is not followed by anybody.
SHAPE = """
SELECT (SELECT ROW(count(*), max(oid), max(relfilenode)) FROM pg_class),
       (SELECT ROW(count(*), sum(atttypid::bigint)) FROM pg_attribute WHERE NOT attisdropped),
       (SELECT ROW(count(*), max(oid)) FROM pg_constraint),
       (SELECT ROW(count(*), max(oid)) FROM pg_trigger),
       (SELECT ROW(count(*), max(oid)) FROM pg_proc)
"""


class Databases:
    """Lends databases. `server` is asked for when the first one of PostgreSQL's is."""

    def __init__(self, server: Callable[[], Postgres]) -> None:
        self._server = server
        self._folder = TemporaryDirectory(prefix="dap-sqlite-", dir=shelf())
        self._idle: list[str] = []
        self.exchange = Exchange()

    @contextmanager
    def lent(self, engine: str) -> Iterator[str]:
        """The address of an empty database for as long as it is needed."""
        if engine == "sqlite":
            with TemporaryDirectory(dir=self._folder.name) as folder:
                shutil.copy(self._file, f"{folder}/dap.db")
                yield f"sqlite:///{folder}/dap.db"
            return
        url = self._idle.pop() if self._idle else self._postgres.database(template=self._template)
        self.exchange.lend(url)
        try:
            yield url
        finally:
            self._take_back(url, self.exchange.end(url))

    def close(self) -> None:
        """Hang up: no more is lent."""
        self.exchange.close()

    @cached_property
    def _file(self) -> Path:
        file = Path(self._folder.name) / "template.db"
        _migrate(f"sqlite:///{file}")
        return file

    @cached_property
    def _postgres(self) -> Postgres:
        return self._server()

    @cached_property
    def _template(self) -> str:
        url = self._postgres.database()
        _migrate(url)
        with connect(url) as connection:
            connection.execute(UNCOUNTED)
        return url

    @cached_property
    def _shape(self) -> Any:
        with connect(self._template) as connection:
            return connection.execute(SHAPE).fetchone()

    def _take_back(self, url: str, lines: list[Line]) -> None:
        shape = self._shape
        try:
            if not _are_alone(lines):
                hang_up(lines)
                lines, url = [], self._postgres.rename(url)
            with _line(url, lines) as line:
                whole = line.execute(SHAPE).fetchone() == shape
                line.execute(EMPTY)
                line.execute(FROM_ONE)
        except psycopg.Error:
            whole = False
        if whole:
            self.exchange.keep(url, lines)
            self._idle.append(url)
        else:
            hang_up(lines)
            self._postgres.drop(url)


def _are_alone(lines: list[Line]) -> bool:
    """Whether these are all that is connected to their database."""
    if not lines:
        return False
    pids = [each.info.backend_pid for each in lines]
    with _line("", lines) as line:
        return bool(line.execute(OTHERS, [pids]).fetchone() == (0,))


@contextmanager
def _line(url: str, lines: list[Line]) -> Iterator[psycopg.Connection[Any]]:
    """One of these lines, else a new one, on which each statement stands by itself."""
    if not lines:
        with connect(url) as connection:
            yield connection
        return
    lines[0].autocommit = True
    yield lines[0]
    lines[0].autocommit = False


def _migrate(url: str) -> None:
    storage = open_storage(url)
    schema.migrate(storage)
    storage.close()
