"""Both engines under watch: each statement the tests execute is explained once, and reading a whole table is noticed.

What counts as a scan: SQLite's SCAN, an index it has to build first (AUTOMATIC), and a full-text table read without
MATCH; a table that PostgreSQL can only read from end to end, be it along an index. What does not: rows that were
searched for before (a subquery, a CTE), constants, functions such as json_each, a partial index (whoever made it meant
its few rows to be walked), the engine's own catalogue, and the tables that `Scans.small` names with a reason.
"""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, NamedTuple

import psycopg
from psycopg.rows import tuple_row
from sqlalchemy import Engine, event

EXPLAINED = re.compile(r"[\s(]*(SELECT|WITH|UPDATE|DELETE|(INSERT|REPLACE|MERGE)\b.*\bSELECT)\b", re.I | re.S)
ONE_ROW = {"alembic_version": "one row"}

# A statement is cleared by one way of planning it without a walk, whatever the few rows of a test make the cheapest:
# first along indexes, then by bitmaps, for which an index needs a condition. What is set here ends with the savepoint.
AVOID = "SELECT set_config('enable_' || way, 'off', true) FROM unnest(%s::text[]) AS way"
WAYS = (["seqscan", "hashjoin", "mergejoin"], ["indexscan", "indexonlyscan"])
WALKS = {"Seq Scan", "Index Scan", "Index Only Scan", "Bitmap Index Scan"}
PARTIAL = "SELECT indpred IS NOT NULL FROM pg_index WHERE indexrelid = to_regclass(quote_ident(%s))"


class Scan(NamedTuple):
    """A statement that read all of a table, and the line of its plan that says so."""

    engine: str
    sql: str
    plan: str


@dataclass
class Scans:
    """What was found. `small` names tables of which all is meant to be read: table → reason."""

    small: Mapping[str, str] = field(default_factory=dict)
    found: list[Scan] = field(default_factory=list)
    _seen: set[tuple[str, str]] = field(default_factory=set)

    def look(self, connection: Any, sql: str, parameters: Any) -> None:
        """Explain a statement on the connection that executed it, if it is a new one."""
        engine, explain = (
            ("sqlite", sqlite) if isinstance(connection, sqlite3.Connection) else ("postgresql", postgresql)
        )
        if (engine, sql) in self._seen or not EXPLAINED.match(sql):
            return
        self._seen.add((engine, sql))
        for table, line in explain(connection, sql, parameters):
            if table not in self.small and table not in ONE_ROW:
                self.found.append(Scan(engine, sql, line))

    def expect_none(self) -> None:
        """Fail with what was found since the last time."""
        found, self.found = self.found, []
        if found:
            raise AssertionError(told(found))


def watch(engine: Engine, scans: Scans) -> Scans:
    """Let every statement of this engine be looked at, after it succeeded and in its own transaction."""

    @event.listens_for(engine, "after_cursor_execute")
    def look(_conn: Any, cursor: Any, sql: str, parameters: Any, _context: Any, many: bool) -> None:
        scans.look(cursor.connection, sql, parameters[0] if many and isinstance(parameters, list) else parameters)

    return scans


def sharing(create: Callable[..., Engine]) -> Callable[..., Engine]:
    """The same function, whose engines do not compile again what another of their kind has compiled already: with a
    database for each test, a third of a story's time would go into that."""
    kept: dict[str, Engine] = {}

    def created(*address: Any, **settings: Any) -> Engine:
        engine = create(*address, **settings)
        first = kept.get(engine.dialect.name)
        if first:
            engine.dialect, engine._compiled_cache = first.dialect, first._compiled_cache
        else:  # a dialect knows what it talks to once it has been connected
            event.listen(engine, "first_connect", lambda *_: kept.setdefault(engine.dialect.name, engine))
        return engine

    return created


def told(found: list[Scan]) -> str:
    advice = (
        "These statements read a whole table. Give the condition an index;"
        " if all of the table is meant, name it in Scans(small={table: reason})."
    )
    return "\n\n".join([advice, *(f"{scan.engine}: {scan.plan}\n{scan.sql.strip()}" for scan in found)])


def sqlite(connection: sqlite3.Connection, sql: str, parameters: Any) -> list[tuple[str, str]]:
    """(table, line) of each scan. The lines name aliases: `FROM item AS i` is SCAN i."""
    cursor = connection.cursor()
    cursor.row_factory = None
    lines = [str(row[3]) for row in cursor.execute(f"EXPLAIN QUERY PLAN {sql}", parameters)]
    searched = {line.split()[1] for line in lines if line.startswith(("MATERIALIZE ", "CO-ROUTINE "))}
    scans = [(aliased(line.split()[1], sql), line) for line in lines if is_scan(line)]
    return [
        (table, line)
        for table, line in scans
        if table not in searched and not table.startswith("sqlite_") and not walks_partial(cursor, line)
    ]


def is_scan(line: str) -> bool:
    if " VIRTUAL TABLE INDEX " in line:
        # "0:" is a full-text table with nothing to look for; a pragma as a table looks the same.
        return line.endswith(" INDEX 0:") and not line.startswith("SCAN pragma_")
    if line.startswith("SEARCH "):
        return " USING AUTOMATIC " in line
    return line.startswith("SCAN ") and not re.match(r"SCAN (\d+ )?CONSTANT ROW", line)


def aliased(name: str, sql: str) -> str:
    alias = re.search(rf'\b(?:FROM|JOIN|UPDATE)\b[^()]*?(\w+)"? AS "?{re.escape(name)}\b', sql, re.I)
    return alias[1] if alias else name


def walks_partial(cursor: sqlite3.Cursor, line: str) -> bool:
    index = re.search(r" USING (?:COVERING )?INDEX (\S+)", line)
    if not index:
        return False
    made_by = cursor.execute("SELECT sql FROM sqlite_master WHERE type = 'index' AND name = ?", [index[1]]).fetchone()
    return bool(made_by and made_by[0] and " WHERE " in made_by[0].upper())


def postgresql(connection: psycopg.Connection[Any], sql: str, parameters: Any) -> list[tuple[str, str]]:
    """(table, line) of each scan. A savepoint that is always rolled back keeps the tested transaction as it was,
    and sees tables and locks that a second connection would not get past."""
    found: list[tuple[str, str]] = []
    with connection.transaction(force_rollback=True), connection.cursor(row_factory=tuple_row) as cursor:
        for avoided in WAYS:
            cursor.execute(AVOID, [avoided])
            explain = f"EXPLAIN (FORMAT JSON) {sql}".encode()
            ((plans,),) = cursor.execute(explain, parameters, prepare=False).fetchall()
            found = [
                (table, shown(node, table)) for node, table in walks(plans[0]["Plan"]) if counts(cursor, node, table)
            ]
            if not found:
                break
    return found


def walks(node: dict[str, Any], table: str = "", limited: bool = False) -> Iterator[tuple[dict[str, Any], str]]:
    """The nodes that read all of a table. What max() and LIMIT take off its end, with no filter, is not all."""
    table = node.get("Relation Name", table)
    if node["Node Type"] in WALKS and "Index Cond" not in node and ("Filter" in node or not limited):
        yield node, table
    for part in node.get("Plans", ()):
        yield from walks(part, table, node["Node Type"] == "Limit")


def counts(cursor: psycopg.Cursor[Any], node: dict[str, Any], table: str) -> bool:
    partial = cursor.execute(PARTIAL, [node.get("Index Name", "")]).fetchone()
    return not table.startswith("pg_") and not (partial and partial[0])


def shown(node: dict[str, Any], table: str) -> str:
    return " ".join(filter(None, (node["Node Type"], "on", table, node.get("Filter"))))
