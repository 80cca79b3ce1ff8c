"""The outbox in bad weather, with carriers killed and stopped: nothing lost, nothing twice, nothing out of order."""

from __future__ import annotations

import random
from collections.abc import Callable
from pathlib import Path

from tests.conftest import ENGINES
from tests.torture.ordeal import torture


def test_nothing_is_lost_doubled_or_out_of_order(fresh: Callable[[str, Path], str], tmp_path: Path) -> None:
    seed = random.SystemRandom().randrange(1_000_000)
    found = torture({engine: fresh(engine, tmp_path) for engine in ENGINES}, seed, seconds=18, posts=450)
    print(*found, sep="\n")
    assert all(each.is_clean for each in found), "\n".join(map(str, found))
    assert all(each.posts >= 450 and each.kills >= 10 and each.stops >= 3 for each in found), found
