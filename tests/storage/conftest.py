"""Databases as older versions of the program left them."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from alembic import command
from alembic.config import Config

from storage import Storage, open_storage, schema
from tests.postgres import Postgres

Older = Callable[[str], Storage]


@pytest.fixture
def older(engine: str, tmp_path: Path, request: pytest.FixtureRequest) -> Iterator[Older]:
    """older("0004"): an empty database whose schema is at that version."""
    opened: list[Storage] = []

    def at(version: str) -> Storage:
        url = f"sqlite:///{tmp_path / 'old.db'}"
        if engine == "postgresql":
            server: Postgres = request.getfixturevalue("postgres")
            url = server.database()
        storage = open_storage(url)
        opened.append(storage)
        with storage.transaction() as session:
            config = Config()
            config.set_main_option("script_location", str(schema.MIGRATIONS))
            config.attributes["connection"] = session.connection()
            command.upgrade(config, version)
        return storage

    yield at
    for each in opened:
        each.close()
