"""What every test may ask for: a database of either kind, watched for table scans, and an office with people in it."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from storage import Storage, open_storage, schema
from tests.engines import Scans, watch
from tests.office import Office
from tests.postgres import Postgres

SCANS = Scans()
ENGINES = ("sqlite", "postgresql")


@pytest.fixture(scope="session")
def postgres() -> Iterator[Postgres]:
    """One PostgreSQL for the whole run."""
    server = Postgres.start()
    yield server
    server.stop()


@pytest.fixture(scope="session")
def fresh(tmp_path_factory: pytest.TempPathFactory, request: pytest.FixtureRequest) -> Callable[[str, Path], str]:
    """Makes databases with the newest schema and nothing in them: fresh("sqlite", folder) is its address."""
    made: dict[str, str] = {}

    def migrated(url: str) -> str:
        storage = open_storage(url)
        schema.migrate(storage)
        storage.close()
        return url

    def sqlite(folder: Path) -> str:
        if "sqlite" not in made:
            made["sqlite"] = str(tmp_path_factory.mktemp("template") / "template.db")
            migrated(f"sqlite:///{made['sqlite']}")
        shutil.copy(made["sqlite"], folder / "dap.db")
        return f"sqlite:///{folder / 'dap.db'}"

    def postgresql() -> str:
        server: Postgres = request.getfixturevalue("postgres")
        if "postgresql" not in made:
            made["postgresql"] = migrated(server.database())
        return server.database(template=made["postgresql"])

    return lambda engine, folder: sqlite(folder) if engine == "sqlite" else postgresql()


@pytest.fixture(params=ENGINES)
def engine(request: pytest.FixtureRequest) -> str:
    """Each of the two engines in turn."""
    name: str = request.param
    return name


@pytest.fixture
def database_url(
    engine: str, fresh: Callable[[str, Path], str], tmp_path: Path, request: pytest.FixtureRequest
) -> Iterator[str]:
    """The address of an empty database, which is gone when the test is over."""
    server: Postgres | None = request.getfixturevalue("postgres") if engine == "postgresql" else None
    url = fresh(engine, tmp_path)
    yield url
    if server:
        server.drop(url)


@pytest.fixture
def storage(database_url: str) -> Iterator[Storage]:
    """An empty database, watched."""
    opened = open_storage(database_url)
    watch(opened.engine, SCANS)
    yield opened
    opened.close()
    SCANS.expect_none()


@pytest.fixture
def office(database_url: str) -> Iterator[Office]:
    """The bot at work, with nothing set up yet, its database watched."""
    opened = Office(database_url)
    watch(opened.program.storage.engine, SCANS)
    yield opened
    opened.close()
    SCANS.expect_none()
