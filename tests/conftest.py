"""What every test may ask for: a database of either kind, watched for table scans, and an office with people in it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from typing import Any

import pytest
from hypothesis import HealthCheck, settings
from sqlalchemy import create_engine

from storage import Storage, open_storage
from tests import shares
from tests.databases import Databases
from tests.engines import Scans, sharing, watch
from tests.mortal import rehearse
from tests.office import Office
from tests.postgres import Postgres
from tests.slack import limits

settings.register_profile("untimed", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("untimed")  # a busy machine stands still at times; how fast we are is for the benchmarks to say

SCANS = Scans()
ENGINES = ("sqlite", "postgresql")
PATIENCE = 15.0  # seconds; a busy machine stands still at times


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """What takes long comes first."""
    items.sort(key=lambda item: shares.place(item.nodeid))


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config: pytest.Config, log: Any) -> shares.Shares:
    """Share them out among processes."""
    return shares.Shares(config, log)


@pytest.fixture(scope="session")
def postgres() -> Iterator[Postgres]:
    """One PostgreSQL for the whole run."""
    server = Postgres.start()
    yield server
    server.stop()


@pytest.fixture(scope="session", autouse=True)
def compiled(databases: Databases) -> Iterator[None]:
    """What one test has compiled, the next one need not; nor is it connected anew."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("storage.create_engine", sharing(databases.exchange.connecting(create_engine)))
        yield


@pytest.fixture(scope="session")
def databases(request: pytest.FixtureRequest) -> Iterator[Databases]:
    """Lends databases of either kind with the newest schema and nothing in them."""
    lender = Databases(lambda: request.getfixturevalue("postgres"))
    yield lender
    lender.close()


@pytest.fixture(scope="session")
def rehearsed(databases: Databases) -> None:
    """Lives of the bot in processes of their own know by heart what the first of them would have to learn."""
    with ExitStack() as stack:
        rehearse(stack.enter_context(databases.lent(name)) for name in ENGINES)


@pytest.fixture(params=ENGINES)
def engine(request: pytest.FixtureRequest) -> str:
    """Each of the two engines in turn."""
    name: str = request.param
    return name


@pytest.fixture
def database_url(engine: str, databases: Databases) -> Iterator[str]:
    """The address of an empty database, which is gone when the test is over."""
    with databases.lent(engine) as url:
        yield url


@pytest.fixture
def storage(database_url: str) -> Iterator[Storage]:
    """An empty database, watched."""
    opened = open_storage(database_url)
    watch(opened.engine, SCANS)
    yield opened
    opened.close()
    SCANS.expect_none()


def be_patient(patch: pytest.MonkeyPatch) -> None:
    """Let Slack wait longer than three seconds: what comes late has its effect, which a story would miss."""
    patch.setattr(limits, "ACK_SECONDS", PATIENCE)
    patch.setattr(limits, "TRIGGER_SECONDS", PATIENCE)


@pytest.fixture
def patient(monkeypatch: pytest.MonkeyPatch) -> None:
    """For a story that opens its own office."""
    be_patient(monkeypatch)


@pytest.fixture
def office(database_url: str, monkeypatch: pytest.MonkeyPatch) -> Iterator[Office]:
    """The bot at work, with nothing set up yet, its database watched."""
    be_patient(monkeypatch)
    with watched(database_url) as opened:
        yield opened


@contextmanager
def watched(database_url: str) -> Iterator[Office]:
    """An office whose database is watched."""
    opened = Office(database_url, near=True)
    watch(opened.program.storage.engine, SCANS)
    try:
        yield opened
    finally:
        opened.close()
    SCANS.expect_none()
