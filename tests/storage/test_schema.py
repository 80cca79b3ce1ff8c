"""The migrations make the schema that the rows describe."""

from __future__ import annotations

from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import inspect

from storage import Storage, schema


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
