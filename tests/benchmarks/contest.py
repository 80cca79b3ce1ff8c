"""Our App, the floor's and Bolt alone over one world: asked the same signed requests in turn, so that drift cancels."""

from __future__ import annotations

import hashlib
import hmac
import json
import sqlite3
import time
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from typing import Any
from urllib.parse import urlencode

from slack_bolt import App, BoltRequest

from bot.__main__ import build
from bot.config import Settings
from handlers import attend
from storage import Storage
from tests.benchmarks import world
from tests.benchmarks.floor import alone, floor
from tests.slack import StandIn

SECRET = "a secret of the benchmarks"
PAGES = ("agenda", "budget")
ROUNDS, WARM, EACH = 120, 10, 15

Medians = dict[tuple[str, int, str], float]


@dataclass(frozen=True, slots=True)
class Contest:
    """The Apps by name, and what ours and the floor read from."""

    apps: Mapping[str, App]
    storage: Storage
    database: sqlite3.Connection

    def answer(self, who: str, page: str) -> dict[str, Any]:
        """What one App answers to `/dap page`."""
        answer: dict[str, Any] = json.loads(self.apps[who].dispatch(_signed(page)).body)
        return answer

    def timed(self, who: str, page: str) -> list[int]:
        """How long one App takes for each of a few requests, from the request's text to the answer's, in ns."""
        app, signed = self.apps[who], _signed(page)
        body, headers = signed.raw_body, signed.headers
        times = []
        for _ in range(EACH):
            began = time.perf_counter_ns()
            app.dispatch(BoltRequest(body=body, headers=headers))
            times.append(time.perf_counter_ns() - began)
        return times


@contextmanager
def opened(path: Path, items: int) -> Iterator[Contest]:
    """Make a world with so many items, and open it to all."""
    slack = StandIn(signing_secret=SECRET).start()
    settings = Settings(
        slack_bot_token=slack.token,
        slack_signing_secret=SECRET,
        slack_api_url=slack.api_url,
        database_url=world.made(path, items),
    )
    program = build(settings, now=lambda: world.NOW)
    client = program.carrier.client
    database = sqlite3.connect(path, isolation_level=None, check_same_thread=False)
    apps = {
        "ours": attend(program.desk, client, SECRET),
        "floor": floor(client, SECRET, database, world.NOW.date()),
        "Bolt alone": alone(client, SECRET),
    }
    try:
        yield Contest(apps, program.storage, database)
    finally:
        database.close()
        program.storage.close()
        slack.stop()


def medians(contests: Mapping[int, Contest]) -> Medians:
    """Microseconds by page, size and App. All sizes take turns as well, so that they can be compared."""
    times: defaultdict[tuple[str, int, str], list[int]] = defaultdict(list)
    for turn in range(WARM + ROUNDS):
        for items, contest in contests.items():
            for page in PAGES:
                for who in contest.apps:
                    measured = contest.timed(who, page)
                    times[page, items, who] += measured if turn >= WARM else []
    return {what: median(each) / 1000 for what, each in times.items()}


def _signed(page: str) -> BoltRequest:
    """`/dap page` as Slack sends it now, from a member in the group's channel."""
    body = urlencode(
        {
            "token": "verification-token",
            "team_id": "T0STANDIN",
            "team_domain": "stand-in",
            "channel_id": world.CHANNEL,
            "channel_name": "privategroup",
            "user_id": world.MEMBER,
            "user_name": "medlem",
            "command": "/dap",
            "text": page,
            "api_app_id": "A0STANDIN",
            "is_enterprise_install": "false",
            "response_url": "https://slack.test/commands/1",
            "trigger_id": "1.1.1",
        }
    )
    stamp = str(int(time.time()))
    signature = hmac.new(SECRET.encode(), f"v0:{stamp}:{body}".encode(), hashlib.sha256).hexdigest()
    headers: dict[str, str | Sequence[str]] = {
        "Content-Type": "application/x-www-form-urlencoded",
        "X-Slack-Request-Timestamp": stamp,
        "X-Slack-Signature": f"v0={signature}",
    }
    return BoltRequest(body=body, headers=headers)
