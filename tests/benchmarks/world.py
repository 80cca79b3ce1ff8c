"""A world to measure in: many groups of one shape, filed once the way the program files, then multiplied in SQL.

Every group has the coming meeting and 24 before it. Each meeting has 20 items, three of them sub-items, with 40
recommendations and 40 appendices, and a budget of 12 lines and a total. So 1,000 items are two groups.

The register's world is one group that has met every week, with a decision of each item it has had.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime, time
from pathlib import Path

from bot.agenda import Agenda, Appendix, Block, Item, Kinds, Presenter, Recommendation, Section
from bot.budgets import Budget, Line
from bot.meetings import Meeting
from bot.roles import Role
from storage import Session, agenda, budgets, groups, meetings, open_storage, schema
from storage.appointments import Appointment

NOW = datetime(2025, 6, 10, 7, 0, tzinfo=UTC)  # Tuesday 10 June 2025, 9 o'clock in Copenhagen
DAY = date(2025, 6, 18)
CHANNEL, MEMBER = "C0STYREGRUPPE", "U0MEDLEM3"
PEOPLE = 12
MEETINGS = 25
ITEMS = 20
SHAPE = MEETINGS * ITEMS

TITLES = (
    *("Velkomst og godkendelse af dagsorden", "Status for programmet", "Status for budget 2025", "Klinikkens cockpit"),
    *("Intelligent indbakke", "Kommunale prøvesvar", "Diagnosekort i almen praksis", "Lokale laboratorieanalyser"),
    *("MinLæge: drift og vedligehold", "MinLæge: videreudvikling", "Graviditetsløsning i almen praksis", "Fælles plan"),
    *("Test og certificering", "Nye ønsker til programmet", "Kommunikation", "Økonomi for 2026", "Eventuelt"),
)
PROJECTS = (
    *(("Programledelse inkl. test og certificering", 1_615_000, 581_087), ("Klinikkens cockpit", 1_045_000, 312_420)),
    *(("Intelligent indbakke", 521_000, 38_210), ("Kommunale prøvesvar", 1_242_000, 117_429)),
    *(("Diagnosekort i almen praksis", 1_149_000, 691_163), ("Lokale laboratorieanalyser", 425_000, 41_222)),
    *(("MinLæge: drift og vedligehold", 900_000, 0), ("MinLæge: videreudvikling", 525_000, 0)),
    *(("Graviditetsløsning i almen praksis", 265_000, 126_567), ("Kommunikation", 150_000, 0), ("Møder", 250_000, 0)),
)
KINDS = ("O", "D", "B/D", "")
ANNE, BO, ELSE = (
    Presenter("Anne Holm", "sekretariatet"),
    Presenter("Bo Lind", "lægerne"),
    Presenter("Else Krag", "lægerne"),
)
PRESENTERS = ((ANNE,), (BO, ELSE), (ANNE, BO))
NOT_IN_ALL = ("groups", "people", "appointments")
IN_ALL = ("meetings", "items", "recommendations", "appendices", "budgets", "budget_lines")
DECIDED = """
    INSERT INTO decisions (group_id, meeting_id, item_id, position, text, outcomes, answers, year, number, force,
        holder, due, due_text, precision, state, version, recorded_by, recorded_at)
    SELECT 1, m.id, i.id, 1, 'Styregruppen ' || iif(i.id % 3, 'godkendte ', 'drøftede ') || lower(i.title) || '.',
        iif(i.id % 3, '["approved"]', '["discussed"]'), '[1]', cast(strftime('%Y', m.date) AS INTEGER),
        row_number() OVER (PARTITION BY strftime('%Y', m.date) ORDER BY m.date, i.position),
        CASE WHEN m.id = 3 AND i.position < 4 THEN 'conditional' WHEN m.id = 4 AND i.position < 3 THEN 'preliminary'
            ELSE 'final' END,
        iif(m.id = 3 AND i.position < 4, 'KL', NULL), iif(m.id = 3 AND i.position < 4, '2025-07-01', NULL),
        iif(m.id = 3 AND i.position < 4, '1. juli 2025', NULL), iif(m.id = 3 AND i.position < 4, 'day', NULL),
        'announced', 1, 1, '2025-06-01 10:00:00'
    FROM items AS i JOIN meetings AS m ON m.id = i.meeting_id WHERE m.date < ?"""  # what awaits something is never much


def made(path: Path, items: int) -> str:
    """Make a world with so many items, a multiple of 500, in an SQLite file; the database's address."""
    copies, rest = divmod(items, SHAPE)
    if rest or not copies:
        raise ValueError(f"{items} items: it must be a multiple of {SHAPE}")
    with _begun(path) as database:
        _multiply(database, IN_ALL, MEETINGS - 1, date="date(\"date\", (-56 * n) || ' days')")
        names = {"channel": "channel || '-' || n", "slack_id": "slack_id || '-' || n"}
        _multiply(database, NOT_IN_ALL + IN_ALL, copies - 1, **names)
    return f"sqlite:///{path}"


def register(path: Path, decisions: int) -> str:
    """Make a world of one group with so many decisions, a multiple of 20, in an SQLite file; the database's address."""
    with _begun(path) as database:
        _multiply(database, IN_ALL, decisions // ITEMS + 1, date="date(\"date\", (-7 * n) || ' days')")
        database.execute(DECIDED, (NOW.date().isoformat(),))
        database.execute("UPDATE meetings SET state = 'closed' WHERE date < ?", (NOW.date().isoformat(),))
    return f"sqlite:///{path}"


def named(name: str, group: int) -> str:
    """The channel or person of a group, counted from 0, that has this name in the first."""
    return f"{name}-{group}" if group else name


@contextmanager
def _begun(path: Path) -> Iterator[sqlite3.Connection]:
    """A database with one group and its coming meeting, to be multiplied."""
    storage = open_storage(f"sqlite:///{path}")
    schema.migrate(storage)
    with storage.transaction() as session:
        _file(session)
    storage.close()
    database = sqlite3.connect(path)
    database.execute("PRAGMA synchronous=OFF")
    yield database
    database.commit()
    database.close()


def _file(session: Session) -> None:
    """One group with its people and its coming meeting."""
    home = groups.found(session, CHANNEL, language="da", at=NOW)
    home.programme = "Digital Almen Praksis"
    roles = [Role.SECRETARY, Role.CHAIR, *[Role.MEMBER] * (PEOPLE - 2)]
    for number, role in enumerate(roles, 1):
        groups.introduce(session, f"U0MEDLEM{number}", f"Medlem {number}", guest=False)
        person = groups.person(session, f"U0MEDLEM{number}")
        session.add(Appointment(group_id=home.id, person_id=person.id, role=role, since=date(2021, 1, 1)))

    coming = Meeting("Styregruppemøde", DAY, "onsdag", False, time(13), time(15), "hos sekretariatet", "planned", 1)
    meeting = meetings.on(session, home.id, coming)
    agenda.file(session, meeting, Agenda(coming, items=tuple(_items())))
    budgets.file(session, meeting, (_budget(),))


def _items() -> Iterator[Item]:
    for position, title in enumerate(TITLES):
        below = (_item(each, f"{position + 1}.{letter}", f"{title}, del {letter}") for each, letter in enumerate("abc"))
        yield _item(position, str(position + 1), title, tuple(below) if position == 11 else ())


def _item(position: int, number: str, title: str, below: tuple[Item, ...] = ()) -> Item:
    verbs = ("drøfter", "tager til efterretning")
    return Item(
        number,
        title,
        kinds=Kinds(KINDS[position % 4]),
        duration=5,
        presenters=PRESENTERS[position % 3],
        appendices=tuple(Appendix(f"{number}.{each}", f"{title}: notat {each}") for each in (1, 2)),
        sections=(
            Section("Resumé", (Block("text", f"Her står det korte om {title.lower()}, som alle når at læse."),)),
            Section("Baggrund", tuple(Block("text", f"Afsnit {each}: hvad der gik forud. " * 3) for each in (1, 2))),
        ),
        recommendations=tuple(Recommendation(f"{verb} {title.lower()}.", verb) for verb in verbs),
        items=below,
    )


def _budget() -> Budget:
    """Like that of June 2025: the unallocated line is below zero and its rest left blank."""
    whole = 8_000_000
    lines = [_line(name, budget, spent) for name, budget, spent in PROJECTS]
    unallocated = whole - sum(budget for _, budget, _ in PROJECTS)
    return Budget(
        "Digital Almen Praksis 2025",
        item="3",
        columns=("Projekt", "Budget 2025 (28/4)", "Forbrug 31/5", "Rest. 31/5"),
        budget_as_of=date(2025, 4, 28),
        spent_as_of=date(2025, 5, 31),
        year_inferred=True,
        lines=(*lines, Line("Udisponerede midler", unallocated * 100, unallocated=True)),
        total=_line("Total", whole, sum(spent for _, _, spent in PROJECTS)),
    )


def _line(name: str, budget: int, spent: int) -> Line:
    return Line(name, budget * 100, spent * 100, (budget - spent) * 100)


def _multiply(database: sqlite3.Connection, tables: tuple[str, ...], copies: int, **new: str) -> None:
    """Copy all rows of the tables so many times. Ids run from 1 without a gap, so a copy's ids and those it refers to
    are its original's moved on by the number of rows there were; `new` are expressions for other columns.
    """
    rows = {table: database.execute(f"SELECT count(*) FROM {table}").fetchone()[0] for table in tables}
    for table in tables:
        moved = {"id": rows[table]}
        moved |= {
            column: rows.get(other, 0) for _, _, other, column, *_ in _pragma(database, "foreign_key_list", table)
        }
        columns = [column for _, column, *_ in _pragma(database, "table_info", table)]
        values = [f'"{each}" + n * {moved[each]}' if each in moved else new.get(each, f'"{each}"') for each in columns]
        database.execute(f"CREATE TEMP TABLE original AS SELECT * FROM {table}")
        database.execute(
            f"INSERT INTO {table} WITH RECURSIVE copies(n) AS (SELECT 0 UNION ALL SELECT n + 1 FROM copies WHERE n < ?)"
            f" SELECT {', '.join(values)} FROM copies CROSS JOIN original WHERE n > 0",
            (copies,),
        )
        database.execute("DROP TABLE original")


def _pragma(database: sqlite3.Connection, name: str, table: str) -> list[tuple[str, ...]]:
    return database.execute(f"PRAGMA {name}({table})").fetchall()
