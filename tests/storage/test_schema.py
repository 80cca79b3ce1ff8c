"""The migrations make the schema that the rows describe."""

from __future__ import annotations

from datetime import date

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import inspect, text

from bot.refusals import Refusal
from storage import Storage, deadlines, register, requests, schema, whereabouts
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


@pytest.fixture
def before_the_words(older: Older) -> Storage:
    """A database at version 0005, with a conditional decision that waits until a day, and one that waits."""
    storage = older("0005")
    with storage.transaction() as session:
        for line in BEFORE.split(";"):
            session.execute(text(line))
    return storage


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
    storage = older("0007")
    with storage.transaction() as session:
        for line in BEFORE_THE_PLACES.split(";"):
            session.execute(text(line.replace(":", "\\:")))
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
