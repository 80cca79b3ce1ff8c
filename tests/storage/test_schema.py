"""The migrations make the schema that the rows describe."""

from __future__ import annotations

from datetime import date

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import inspect, text

from storage import Storage, deadlines, register, schema
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
