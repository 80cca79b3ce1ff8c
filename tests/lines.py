"""Lines to PostgreSQL that stay open from one test to the next: a new one has to learn every table and statement anew,
which costs more than all that a story asks of it.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable
from typing import Any

import psycopg
from psycopg.pq import TransactionStatus
from sqlalchemy import Engine, event, make_url


class Line(psycopg.Connection[Any]):
    """A connection that goes back to its lines when it is closed, as long as they are open and it is in order."""

    lines: Lines | None = None
    kind = ""

    def close(self) -> None:
        """Go back, or really close."""
        if self.lines is None or not self.lines.put_back(self):
            super().close()


class Lines:
    """The lines to one database, for as long as it is lent once."""

    def __init__(self, idle: list[Line]) -> None:
        self._idle: dict[str, list[Line]] = defaultdict(list)
        self._open = True
        for line in idle:
            line.lines = self
            self._idle[line.kind].append(line)

    def take(self, cargs: Any, cparams: Any) -> Line:
        """An idle line, or a new one; none is to be had once the database has been given back."""
        if not self._open:
            raise psycopg.OperationalError("this database has been given back")
        kind = repr([cargs, sorted(each for each in cparams.items() if each[0] != "context")])
        while self._idle[kind]:
            line = self._idle[kind].pop()
            if not line.closed:
                return line
        line = Line.connect(*cargs, **cparams)
        line.lines, line.kind = self, kind
        return line

    def put_back(self, line: Line) -> bool:
        """Whether it may be used again."""
        if not self._open or line.closed:
            return False
        try:
            if line.info.transaction_status != TransactionStatus.IDLE:
                line.rollback()
        except psycopg.Error:
            return False
        self._idle[line.kind].append(line)
        return True

    def end(self) -> list[Line]:
        """The database is given back: whoever asks from now on gets no line. Those that are idle."""
        self._open = False
        return [line for lines in self._idle.values() for line in lines if not line.closed]


class Exchange:
    """Knows the lines to the databases that are lent just now, by their addresses, and what was left of them."""

    def __init__(self) -> None:
        self._lines: dict[str | None, Lines] = {}
        self._left: dict[str, list[Line]] = {}

    def lend(self, url: str) -> None:
        """From now on there are lines to this database."""
        self._lines[make_url(url).database] = Lines(self._left.pop(url, []))

    def end(self, url: str) -> list[Line]:
        """From now on there are none; those that are idle."""
        return self._lines.pop(make_url(url).database).end()

    def keep(self, url: str, lines: list[Line]) -> None:
        """They are there when it is lent the next time."""
        self._left[url] = lines

    def close(self) -> None:
        """Hang up everywhere."""
        for lines in self._left.values():
            hang_up(lines)
        self._left.clear()

    def connecting(self, create: Callable[..., Engine]) -> Callable[..., Engine]:
        """The same function, whose engines use the lines there are."""

        def created(*address: Any, **settings: Any) -> Engine:
            engine = create(*address, **settings)
            lines = self._lines.get(engine.url.database) if engine.dialect.name == "postgresql" else None
            if lines:
                event.listen(engine, "do_connect", lambda _dialect, _record, cargs, cparams: lines.take(cargs, cparams))
            return engine

        return created


def hang_up(lines: Iterable[Line]) -> None:
    """Really close them."""
    for line in lines:
        line.lines = None
        line.close()
