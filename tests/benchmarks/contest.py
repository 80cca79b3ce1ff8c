"""Our App, the floor's and Bolt alone over one world: asked the same signed requests in turn, so that drift cancels."""

from __future__ import annotations

import json
import sqlite3
import time
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from typing import Any

from slack_bolt import App

from bot.__main__ import Program, build
from bot.config import Settings
from handlers import attend
from tests.benchmarks import signed, world
from tests.benchmarks.floor import alone, floor
from tests.benchmarks.floor_durable import durable
from tests.benchmarks.signed import SECRET, Signed
from tests.slack import StandIn

PAGES = ("agenda", "budget")
REGISTER = (
    *("decisions", "decisions 2024", "decisions godkendte", "decisions betingede", "decisions udsendte"),
    *("decisions prøvesvar", "decisions 2024 prøvesvar"),
)  # the first page, and what is looked for by year, kind, state and text
ROUNDS, WARM, EACH = 60, 5, 15
ENOUGH = 15_000_000  # ns for one App and page at a turn

Medians = dict[tuple[str, int, str], float]


@dataclass(frozen=True, slots=True)
class Contest:
    """The Apps by name, what ours and the floor read from, and which pages there are to ask for."""

    apps: Mapping[str, App]
    program: Program
    database: sqlite3.Connection
    pages: Sequence[str]

    def answer(self, who: str, page: str) -> dict[str, Any]:
        """What one App answers to `/dap page`."""
        answer: dict[str, Any] = json.loads(self.apps[who].dispatch(_asked(page).request()).body)
        return answer

    def timed(self, who: str, page: str) -> list[int]:
        """How long one App takes for each of a few requests, from the request's text to the answer's, in ns."""
        app, asked = self.apps[who], _asked(page)
        times: list[int] = []
        while len(times) < EACH and sum(times) < ENOUGH:
            began = time.perf_counter_ns()
            app.dispatch(asked.request())
            times.append(time.perf_counter_ns() - began)
        return times


@contextmanager
def opened(
    path: Path, size: int, made: Callable[[Path, int], str] = world.made, pages: Sequence[str] = PAGES
) -> Iterator[Contest]:
    """Make a world of so many items, or decisions, and open it to all."""
    slack = StandIn(signing_secret=SECRET).start()
    settings = Settings(
        slack_bot_token=slack.token,
        slack_signing_secret=SECRET,
        slack_api_url=slack.api_url,
        database_url=made(path, size),
    )
    program = build(settings, now=lambda: world.NOW)
    client = program.carrier.client
    database = sqlite3.connect(path, isolation_level=None, check_same_thread=False)
    apps = {
        "ours": attend(program.desk, client, SECRET),
        "floor": floor(client, SECRET, database, world.NOW.date()),
        "durable": durable(client, SECRET, path.with_suffix(".floor")),
        "Bolt alone": alone(client, SECRET),
    }
    try:
        yield Contest(apps, program, database, pages)
    finally:
        database.close()
        program.storage.close()
        slack.stop()


def medians(contests: Mapping[int, Contest]) -> Medians:
    """Microseconds by page, size and App. All sizes take turns as well, so that they can be compared."""
    times: defaultdict[tuple[str, int, str], list[int]] = defaultdict(list)
    for turn in range(WARM + ROUNDS):
        for size, contest in contests.items():
            for page in contest.pages:
                for who in ("ours", "floor", "Bolt alone"):
                    measured = contest.timed(who, page)
                    times[page, size, who] += measured if turn >= WARM else []
    return {what: median(each) / 1000 for what, each in times.items()}


def _asked(page: str) -> Signed:
    """`/dap page`, from a member in the group's channel."""
    return signed.typed(page, world.MEMBER, world.CHANNEL)
