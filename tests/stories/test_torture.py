"""The outbox in bad weather, with carriers killed and stopped: nothing lost, nothing twice, nothing out of order."""

from __future__ import annotations

import random
from contextlib import ExitStack

import pytest

from tests.conftest import ENGINES
from tests.databases import Databases
from tests.torture.ordeal import Least, torture

pytestmark = pytest.mark.usefixtures("rehearsed")


def test_nothing_is_lost_doubled_or_out_of_order(databases: Databases) -> None:
    seed = random.SystemRandom().randrange(1_000_000)
    with ExitStack() as stack:
        urls = {engine: stack.enter_context(databases.lent(engine)) for engine in ENGINES}
        found = torture(urls, seed, Least(posts=500, kills=10, stops=3))
    print(*found, sep="\n")
    assert all(each.is_clean for each in found), "\n".join(map(str, found))
    assert {each.engine for each in found} == set(ENGINES)
    assert all(each.posts >= 500 and each.kills >= 10 and each.stops >= 3 for each in found), found
