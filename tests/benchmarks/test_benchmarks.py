"""What the benchmark compares is the same: the floor answers every word as the bot does, and reads as often.

Whoever changes one of the pages, in its words or in what it reads, changes floor.py as well.
"""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from sqlalchemy import event

from tests.benchmarks import story, world
from tests.benchmarks.contest import PAGES, REGISTER, Contest, opened
from tests.benchmarks.signed import Signed

SIZE = 1000


@pytest.fixture(scope="module")
def contests(tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[str, Contest]]:
    """A world with 1,000 items, and one with 1,000 decisions, by the pages that are asked for in them."""
    folder = tmp_path_factory.mktemp("world")
    with (
        opened(folder / "world.db", SIZE) as shown,
        opened(folder / "register.db", SIZE, world.register, REGISTER) as register,
    ):
        yield dict.fromkeys(PAGES, shown) | dict.fromkeys(REGISTER, register)


def test_the_world_is_as_large_as_it_says(contests: dict[str, Contest]) -> None:
    assert contests["agenda"].database.execute("SELECT count(*) FROM items").fetchone() == (SIZE,)
    assert contests["decisions"].database.execute("SELECT count(*) FROM decisions").fetchone() == (SIZE,)


@pytest.mark.parametrize("page", PAGES + REGISTER)
def test_the_floor_answers_every_word_as_the_bot_does(contests: dict[str, Contest], page: str) -> None:
    ours = contests[page].answer("ours", page)
    assert len(ours["blocks"]) >= 5
    assert contests[page].answer("floor", page) == ours


@pytest.mark.parametrize("page", PAGES + REGISTER)
def test_the_floor_reads_as_often_as_the_bot_does(contests: dict[str, Contest], page: str) -> None:
    contest = contests[page]
    ours: list[str] = []
    floor: list[str] = []
    event.listen(contest.program.storage.engine, "before_cursor_execute", lambda *each: ours.append(each[2]))
    contest.database.set_trace_callback(floor.append)
    contest.answer("ours", page)
    contest.answer("floor", page)
    contest.database.set_trace_callback(None)
    reads, hand_written = ([sql for sql in each if "SELECT" in sql] for each in (ours, floor))
    assert 2 <= len(reads) == len(hand_written)


def test_a_whole_round_does_what_it_says_request_by_request(contests: dict[str, Contest]) -> None:
    contest = contests["agenda"]
    played = story.Round(contest, 1)
    played.play()
    asked = {step: len(played.times[step, "ours"]) for step in story.STEPS}
    assert asked == {"decide": 16, "announce": 3, "minutes": 7, "task": 1, "remind": 1, "ask": 1}
    assert asked == {step: len(played.times[step, "floor"]) for step in story.STEPS}

    def left(sql: str) -> object:
        return contest.database.execute(f"{sql} AND group_id = 2").fetchone()[0]

    assert left("SELECT count(*) FROM decisions WHERE state = 'announced'") == story.DECIDED
    assert left("SELECT state FROM minutes WHERE 1") == "posted"
    assert left("SELECT count(*) FROM tasks WHERE due = '2025-06-13'") == 1
    assert left("SELECT state FROM questions WHERE 1") == "answered"
    assert left("SELECT count(*) FROM letters WHERE key LIKE 'decisions:%'") == 1


def test_to_record_a_decision_asks_the_database_only_for_what_it_needs(contests: dict[str, Contest]) -> None:
    contest = contests["agenda"]
    asked: list[str] = []
    counted: list[int] = []
    event.listen(contest.program.storage.engine, "before_cursor_execute", lambda *each: asked.append(each[2]))

    class Counted(story.Round):
        def _measure(self, step: str, who: str, app: str, request: Signed) -> str:
            asked.clear()
            answer = super()._measure(step, who, app, request)
            if who == "ours" and any(each.startswith("INSERT INTO decisions") for each in asked):
                counted.append(len(asked))
            return answer

    Counted(contest, 0).play()
    assert len(counted) == story.DECIDED
    assert max(counted[1:]) <= 19  # the first begins the minutes as well
