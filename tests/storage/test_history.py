"""The history: whatever was changed in it, taken out, put in or moved shows, and writers at once keep it whole."""

from __future__ import annotations

import datetime as dt
import json
from threading import Barrier, Thread

import pytest
from sqlalchemy import text

from bot.__main__ import main
from storage import Storage, groups, history, schema
from storage.history import Verified
from tests.storage.conftest import Older

NOW = dt.datetime(2025, 6, 10, 9, 0, 0, 123456, tzinfo=dt.UTC)


@pytest.fixture
def two_groups(storage: Storage) -> Storage:
    """A database with two groups; what happens in the first has five changes (it was founded, then four)."""
    with storage.transaction() as session:
        for channel in ("C1", "C2"):
            groups.found(session, channel, language="da", at=NOW)
    for number in range(4):
        write(storage, 1, f"change {number}", number)
    return storage


def write(storage: Storage, group_id: int, what: str, number: int) -> None:
    """Note one change in a transaction of its own."""
    with storage.transaction() as session:
        after = {"number": number, "said": "æøå & <b>"}
        history.note(session, group_id, what, by=None, at=NOW, before={"number": None}, after=after)


def verified(storage: Storage, group_id: int = 1) -> Verified:
    """A group's chain as it is now."""
    with storage.reading() as reader:
        return history.verify(reader, group_id)


def tamper(storage: Storage, *statements: str) -> None:
    """Somebody gets at the database past the program."""
    with storage.transaction() as session:
        for each in statements:
            session.execute(text(each))


def test_what_nobody_touched_holds(two_groups: Storage) -> None:
    found = verified(two_groups)
    assert (found.length, found.breaks) == (5, ())
    assert len(found.seal) == 64
    assert verified(two_groups, 2).length == 1


SWAP = (
    "UPDATE changes SET id = 99 WHERE id = 4",
    "UPDATE changes SET id = 4 WHERE id = 5",
    "UPDATE changes SET id = 5 WHERE id = 99",
)
FORGED = (
    "INSERT INTO changes (id, group_id, \"by\", at, what, before, after, seal)"
    " SELECT 99, group_id, \"by\", at, 'forged', before, after, seal FROM changes WHERE id = 6"
)  # fmt: skip


@pytest.mark.parametrize(
    ("statements", "breaks"),
    [
        pytest.param(("UPDATE changes SET what = 'another' WHERE id = 4",), (4,), id="what was done"),
        pytest.param(("UPDATE changes SET after = '{\"number\": 7}' WHERE id = 4",), (4,), id="what it became"),
        pytest.param(("UPDATE changes SET before = NULL WHERE id = 4",), (4,), id="what it was before"),
        pytest.param(("UPDATE changes SET at = '2025-06-11 09:00:00.000000' WHERE id = 4",), (4,), id="when"),
        pytest.param(("UPDATE changes SET seal = 'x' WHERE id = 4",), (4, 5), id="its seal"),
        pytest.param(("DELETE FROM changes WHERE id = 4",), (5, None), id="one taken out"),
        pytest.param(("DELETE FROM changes WHERE id = 6",), (None,), id="the last taken out"),
        pytest.param(("DELETE FROM changes WHERE group_id = 1",), (None,), id="all taken out"),
        pytest.param(("DELETE FROM chains WHERE group_id = 1",), (None,), id="the end forgotten"),
        pytest.param(
            ("DELETE FROM changes WHERE group_id = 1", "DELETE FROM chains WHERE group_id = 1"), (None,), id="all of it"
        ),
        pytest.param((FORGED,), (99, None), id="one put in"),
        pytest.param(SWAP, (4, 5, 6), id="two in another order"),
        pytest.param(("UPDATE changes SET group_id = 2 WHERE id = 4",), (5, None), id="one given to another group"),
    ],
)
def test_tampering_shows(two_groups: Storage, statements: tuple[str, ...], breaks: tuple[int | None, ...]) -> None:
    tamper(two_groups, *statements)
    assert verified(two_groups).breaks == breaks


def test_what_is_rolled_back_leaves_the_chain_as_it_was(two_groups: Storage) -> None:
    before = verified(two_groups)
    with pytest.raises(RuntimeError), two_groups.transaction() as session:
        history.note(session, 1, "never", by=None, at=NOW)
        raise RuntimeError
    assert verified(two_groups) == before


def test_writers_at_the_same_time_keep_the_chains_whole(two_groups: Storage) -> None:
    at_once = Barrier(4)

    def writer(number: int) -> None:
        at_once.wait()
        for turn in range(10):
            with two_groups.transaction() as session:  # both groups, in either order: nobody waits in a circle
                for group_id in (1, 2) if number % 2 else (2, 1):
                    history.note(session, group_id, f"{number}.{turn}", by=None, at=NOW, after={"turn": turn})

    threads = [Thread(target=writer, args=(number,)) for number in range(4)]
    for each in threads:
        each.start()
    for each in threads:
        each.join()
    assert [verified(two_groups, group_id).breaks for group_id in (1, 2)] == [(), ()]
    assert [verified(two_groups, group_id).length for group_id in (1, 2)] == [45, 41]


def test_the_door_says_how_it_is(
    two_groups: Storage, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    url = two_groups.engine.url.render_as_string(hide_password=False).replace("+psycopg", "")
    monkeypatch.setenv("DATABASE_URL", url)
    assert main(["verify"]) == 0
    seal = verified(two_groups).seal
    assert capsys.readouterr().out.splitlines()[0] == f"+ C1: 5 ændringer, seneste segl {seal}"

    tamper(two_groups, "UPDATE changes SET what = 'another' WHERE id = 4", "DELETE FROM changes WHERE id = 6")
    assert main(["verify"]) == 1
    first, second, third = capsys.readouterr().out.splitlines()
    assert first.startswith("- C1: Ændringsloggen brydes ved ændring 4.")
    assert second.startswith("- C1: Ændringsloggen er 4 ændringer lang")
    assert third.startswith("+ C2: 1 ændring,")


@pytest.fixture
def before_the_seals(older: Older) -> Storage:
    """A database at version 0004, with changes in two groups, as that version wrote them."""
    storage = older("0004")
    with storage.transaction() as session:
        for channel in ("C1", "C2"):
            session.execute(
                text(
                    "INSERT INTO groups (channel, language, zone, meeting_length)"
                    " VALUES (:channel, 'da', 'Europe/Copenhagen', 120)"
                ),
                {"channel": channel},
            )
        for number in range(6):
            after = json.dumps({"name": "Møde 'æøå'", "number": number}) if number % 3 else None
            values = {"group": 1 + number % 2, "at": f"2025-06-10 09:00:00.{number * 100_000:06}", "after": after}
            session.execute(
                text("INSERT INTO changes (group_id, at, what, after) VALUES (:group, :at, 'changed', :after)"), values
            )
    return storage


def test_what_was_written_before_there_were_seals_is_chained_and_goes_on(before_the_seals: Storage) -> None:
    storage = before_the_seals
    schema.migrate(storage)
    write(storage, 1, "and on", 1)
    assert [(verified(storage, each).length, verified(storage, each).breaks) for each in (1, 2)] == [(4, ()), (3, ())]
    tamper(storage, "UPDATE changes SET what = 'another' WHERE id = 1")
    assert verified(storage).breaks == (1,)
    storage.close()
