"""What the benchmark compares is the same: the floor answers every word as the bot does, and reads as often.

Whoever changes one of the two pages, in its words or in what it reads, changes floor.py as well.
"""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from sqlalchemy import event

from tests.benchmarks.contest import PAGES, Contest, opened


@pytest.fixture(scope="module")
def contest(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Contest]:
    """A world with 1,000 items, open to all."""
    with opened(tmp_path_factory.mktemp("world") / "world.db", 1000) as contest:
        yield contest


def test_the_world_is_as_large_as_it_says(contest: Contest) -> None:
    assert contest.database.execute("SELECT count(*) FROM items").fetchone() == (1000,)


@pytest.mark.parametrize("page", PAGES)
def test_the_floor_answers_every_word_as_the_bot_does(contest: Contest, page: str) -> None:
    ours = contest.answer("ours", page)
    assert len(ours["blocks"]) == 5
    assert contest.answer("floor", page) == ours


@pytest.mark.parametrize("page", PAGES)
def test_the_floor_reads_as_often_as_the_bot_does(contest: Contest, page: str) -> None:
    ours: list[str] = []
    floor: list[str] = []
    event.listen(contest.storage.engine, "before_cursor_execute", lambda *each: ours.append(each[2]))
    contest.database.set_trace_callback(floor.append)
    contest.answer("ours", page)
    contest.answer("floor", page)
    reads, hand_written = ([sql for sql in each if "SELECT" in sql] for each in (ours, floor))
    assert 3 <= len(reads) == len(hand_written)
