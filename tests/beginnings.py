"""Where a story begins: lived through the front door by the first test that begins there, remembered by those after it.

What there is to remember lies in two places, the database and Slack: the bot itself keeps nothing.
"""

from __future__ import annotations

import pickle
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from functools import wraps
from threading import RLock
from typing import Any

import pytest
from psycopg import Connection, sql

from storage.schema import METADATA
from tests.office import Office
from tests.slack import memory

Beginning = Callable[[Office], Office]
NUMBERED = "SELECT c.oid::regclass::text, pg_sequence_last_value(c.oid) FROM pg_class c WHERE c.relkind = 'S'"

_remembered: dict[tuple[str, ...], Moment] = {}
_living = RLock()  # held by the first who lives something, that those who begin there at the same time remember it


def beginning(live: Beginning) -> Any:
    """A fixture: the office as it is when this has been lived in it."""

    @pytest.fixture(name=live.__name__)
    @wraps(live)
    def begun(office: Office) -> Office:
        return begin(office, live)

    return begun


def begin(office: Office, live: Beginning) -> Office:
    """Let a new office be as it is when this has been lived in it."""
    key = live.__module__, live.__qualname__, office.program.storage.engine.dialect.name
    with _living:
        if key not in _remembered:
            live(office)
            _remembered[key] = Moment.of(office)
            return office
    moment = _remembered[key]
    if moment.fits(office):
        moment.recall(office)
    else:
        live(office)
    return office


@dataclass(frozen=True, slots=True)
class Moment:
    """An office in which nothing is on its way: what its database holds, what is in its Slack, and what time it is."""

    rows: bytes
    slack: bytes
    time: datetime
    address: bytes  # of its Slack

    @classmethod
    def of(cls, office: Office) -> Moment:
        """This moment."""
        office.settle()
        rows, slack = pickle.dumps(_rows(office)), pickle.dumps(memory.of(office.slack))
        return cls(rows, slack, office.time, _address(office))

    def fits(self, office: Office) -> bool:
        """Whether a new office can be there: its address takes the place of the other's."""
        return len(self.address) == len(_address(office))

    def recall(self, office: Office) -> None:
        """Let a new office be where the other one was; what named the other one's address names its own."""
        rows, slack = (pickle.loads(each.replace(self.address, _address(office))) for each in (self.rows, self.slack))
        _fill(office, rows)
        memory.recall(office.slack, slack)
        office.time = self.time


def _address(office: Office) -> bytes:
    return office.slack.url.encode()


def _rows(office: Office) -> dict[str, Any]:
    """What is in each table, and how far PostgreSQL has counted, as the driver likes it best."""
    connection = office.program.storage.engine.raw_connection()
    try:
        driver: Any = connection.driver_connection
        if isinstance(driver, Connection):
            with driver.cursor() as cursor:
                found: dict[str, Any] = {}
                for name in _TABLES:
                    with cursor.copy(sql.SQL("COPY {} TO STDOUT").format(sql.Identifier(name))) as copy:
                        found[name] = b"".join(map(bytes, copy))
                found[""] = [each for each in cursor.execute(NUMBERED).fetchall() if each[1]]
                return found
        return {name: driver.execute(f'SELECT * FROM "{name}"').fetchall() for name in _TABLES}
    finally:
        connection.close()


def _fill(office: Office, rows: dict[str, Any]) -> None:
    connection = office.program.storage.engine.raw_connection()
    try:
        driver: Any = connection.driver_connection
        if isinstance(driver, Connection):
            with driver.cursor() as cursor:
                for name in filter(rows.get, _TABLES):
                    with cursor.copy(sql.SQL("COPY {} FROM STDIN").format(sql.Identifier(name))) as copy:
                        copy.write(rows[name])
                cursor.executemany("SELECT setval(%s::regclass, %s)", rows[""])
        else:
            driver.execute("BEGIN IMMEDIATE")
            driver.execute("PRAGMA defer_foreign_keys = ON")
            for name in filter(rows.get, _TABLES):
                places = ", ".join("?" * len(rows[name][0]))
                driver.executemany(f'INSERT INTO "{name}" VALUES ({places})', rows[name])
        driver.commit()
    finally:
        connection.close()


_TABLES = [table.name for table in METADATA.sorted_tables]
