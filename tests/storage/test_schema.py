"""The migrations make the schema that the rows describe."""

from __future__ import annotations

from datetime import date

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import inspect, text

from bot.groups import Member, Person
from bot.refusals import Refusal
from bot.roles import Role
from storage import Storage, budgets, deadlines, register, requests, schema, whereabouts
from tests.storage.conftest import Older


def test_the_migrated_schema_is_the_one_that_the_rows_describe(storage: Storage) -> None:
    with storage.reading() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        assert compare_metadata(context, schema.METADATA) == []


def test_the_newest_version_is_known_without_loading_alembic() -> None:
    assert ScriptDirectory(str(schema.MIGRATIONS)).get_current_head() == schema.HEAD


def test_every_foreign_key_begins_an_index(storage: Storage) -> None:
    with storage.reading() as connection:
        looked_at = inspect(connection)
        for table in schema.METADATA.sorted_tables:
            indexed = {index["column_names"][0] for index in looked_at.get_indexes(table.name)}
            indexed |= {unique["column_names"][0] for unique in looked_at.get_unique_constraints(table.name)}
            indexed.add(looked_at.get_pk_constraint(table.name)["constrained_columns"][0])
            for key in table.foreign_keys:
                assert key.parent.name in indexed, f"{table.name}.{key.parent.name}"


def test_migrating_twice_is_migrating_once(storage: Storage) -> None:
    schema.migrate(storage)
    assert schema.is_current(storage)


def at(older: Older, version: str, lines: str) -> Storage:
    """A database at some version, with what some statements put in it."""
    storage = older(version)
    with storage.transaction() as session:
        for line in lines.split(";"):
            session.execute(text(line.replace(":", "\\:")))
    return storage


@pytest.fixture
def before_the_words(older: Older) -> Storage:
    """A database at version 0005, with a conditional decision that waits until a day, and one that waits."""
    return at(older, "0005", BEFORE)


BEFORE = """
    INSERT INTO groups (id, channel, language, zone, meeting_length) VALUES (1, 'C1', 'da', 'Europe/Copenhagen', 120);
    INSERT INTO meetings (id, group_id, year_inferred, state, version, decisions_version)
        VALUES (1, 1, false, 'closed', 1, 2);
    INSERT INTO items (id, group_id, meeting_id, position, number, title, kinds, presenters, sections, state)
        VALUES (1, 1, 1, 1, '1', 'Budget', 'B', '[]', '[]', 'treated');
    INSERT INTO decisions (id, group_id, meeting_id, item_id, position, text, outcomes, answers, force, holder, due,
        state, version) VALUES (1, 1, 1, 1, 1, 'Godkendt.', '["approved"]', '[]', 'conditional', 'KL', '2025-07-01',
        'announced', 1), (2, 1, 1, 1, 2, 'Godkendt.', '["approved"]', '[]', 'conditional', 'KL', NULL, 'announced', 1)
"""


def test_a_day_that_was_kept_before_there_were_words_is_what_was_said(before_the_words: Storage) -> None:
    schema.migrate(before_the_words)
    with before_the_words.reading() as reader:
        first, second = register.one(reader, 1).deadline, register.one(reader, 2).deadline
    assert first == deadlines.value(date(2025, 7, 1), "1.7.2025", "day")
    assert first and not first.year_inferred
    assert second is None


BEFORE_THE_PLACES = """
    INSERT INTO groups (id, channel, language, zone, meeting_length) VALUES (1, 'C1', 'da', 'Europe/Copenhagen', 120),
        (2, 'C2', 'da', 'Europe/Copenhagen', 120);
    INSERT INTO people (slack_id, name, guest, seen) VALUES ('UBO', 'Bo Lind', false, true);
    INSERT INTO letters (id, key, lane, group_id, kind, payload, state, attempts, put_at, maybe_sent) VALUES
        (1, 'home:UBO', 'home:UBO', NULL, 'home', '{}', 'sent', 1, 0, false),
        (2, 'here:UBO:1', 'home:UBO', 1, 'home', '{}', 'kept', 0, 0, false),
        (3, 'here:UBO:2', 'home:UBO', 2, 'home', '{}', 'kept', 0, 0, false),
        (4, 'chosen:UBO', 'chosen:UBO', 2, 'errand', '{}', 'kept', 0, 0, false),
        (5, 'home:UMADS', 'home:UMADS', NULL, 'home', '{}', 'kept', 0, 0, false),
        (6, 'asked:first', 'asked:UMADS', NULL, 'errand', '{}', 'sent', 0, 0, false),
        (7, 'asked:second', 'asked:UMADS', NULL, 'errand', '{"door": "words"}', 'kept', 0, 0, false),
        (8, 'agenda:1:1', 'C1', 1, 'post', '{"text": "Dagsorden"}', 'sent', 1, 0, false)
"""


def test_where_people_are_and_what_they_asked_is_moved_from_among_the_letters(older: Older) -> None:
    storage = at(older, "0007", BEFORE_THE_PLACES)
    schema.migrate(storage)
    with storage.transaction() as session:
        assert [whereabouts.is_in(session, "UBO", group) for group in (1, 2)] == [True, True]
        assert whereabouts.chosen(session, "UBO") == 2
        assert [whereabouts.are_known(session, each) for each in ("UBO", "UMADS", "UEVA")] == [True, True, False]
        assert whereabouts.chosen(session, "UMADS") is None
        assert requests.take_up(session, 7, "UMADS") == {"door": "words"}
        for number in (6, 7):
            with pytest.raises(Refusal):
                requests.take_up(session, number, "UMADS")
        assert requests.set_aside(session, "third", "UMADS", {"door": "words"}) == 8
        assert list(session.scalars(text("SELECT key FROM letters ORDER BY id"))) == ["home:UBO", "agenda:1:1"]


@pytest.fixture
def before_identity(older: Older) -> Storage:
    """A database at version 0008: item 3 is closed and 4 open, 5 is there twice, once closed. A budget stands under
    each of these and under 3.1, one under a number that nothing has, one under none, and one under a closed item that
    is gone, which has an empty number.
    """
    return at(older, "0008", NUMBERED)


NUMBERED = """
    INSERT INTO groups (id, channel, language, zone, meeting_length) VALUES (1, 'C1', 'da', 'Europe/Copenhagen', 120);
    INSERT INTO meetings (id, group_id, year_inferred, state, version, decisions_version)
        VALUES (1, 1, false, 'planned', 1, 0), (2, 1, false, 'planned', 1, 0);
    INSERT INTO items (group_id, meeting_id, parent_id, position, number, title, kinds, presenters, sections, state,
        audience) VALUES (1, 1, NULL, 1, '3', 'Lukket', '', '[]', '[]', 'accepted', '[]'),
        (1, 1, 1, 2, '3.1', 'Under det lukkede', '', '[]', '[]', 'accepted', NULL),
        (1, 1, NULL, 3, '4', 'Åbent', '', '[]', '[]', 'accepted', NULL),
        (1, 1, NULL, 4, '5', 'Åbent også', '', '[]', '[]', 'accepted', NULL),
        (1, 1, NULL, 5, '5', 'Samme nummer', '', '[]', '[]', 'accepted', '[]'),
        (1, 2, NULL, 1, '4', 'Et andet mødes', '', '[]', '[]', 'accepted', '[]');
    INSERT INTO budgets (id, meeting_id, name, item, columns, year_inferred)
        VALUES (1, 1, 'under 3', '3', '[]', false), (2, 1, 'under 3.1', '3.1', '[]', false),
        (3, 1, 'under 4', '4', '[]', false), (4, 1, 'under 5', '5', '[]', false),
        (5, 1, 'under 9', '9', '[]', false), (6, 1, 'under ingenting', NULL, '[]', false),
        (7, 1, 'under et lukket, der er væk', '', '[]', false)
"""


def test_a_budget_that_stood_under_a_number_stands_under_the_item_that_has_it(before_identity: Storage) -> None:
    schema.migrate(before_identity)
    with before_identity.transaction() as session:
        assert [each.item for each in budgets.of_meeting(session, 1)] == ["3", "3.1", "4", "5", "9", None, None]
        open_to_all = [each.budget.name for each in budgets.latest(session, 1, None)]
        assert open_to_all == ["under 4", "under 9", "under ingenting"]
        chair = Member(Person(1, "U1", "Karen Toft"), frozenset({Role.CHAIR}))
        assert len(budgets.latest(session, 1, chair)) == 7
        session.execute(text("UPDATE items SET number = '3' WHERE title = 'Åbent'"))
        assert budgets.of_meeting(session, 1)[2].item == "3"
