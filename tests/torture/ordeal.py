"""The run itself: a Slack in bad weather, a writer, three carriers and their fate; in the end, what is read there."""

from __future__ import annotations

import random
import time
from collections import Counter
from collections.abc import Mapping, Sized
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from dataclasses import dataclass
from itertools import chain

from sqlalchemy import func, select

from bot.config import Settings
from storage import Storage, open_storage, outbox
from tests.slack import Message, StandIn
from tests.torture.fate import Fate
from tests.torture.life import TIMEOUT, Life
from tests.torture.writer import Place, Writer

CARRIERS, ROOMS = 3, 60
LAG = 0.6  # seconds by which history lags; less than the second look
TOO_LONG = 1.3 * TIMEOUT  # an answer that the carrier does not wait for, though the post is taken
QUIET = TOO_LONG + 1  # seconds after which nothing can be on its way any more
PATIENCE = 90  # seconds for the outbox to become empty


@dataclass(frozen=True)
class Least:
    """How much of each is enough."""

    seconds: float = 0
    posts: int = 0
    kills: int = 0
    stops: int = 0

    def is_reached(self, seconds: float, writer: Writer, fate: Fate) -> bool:
        """Whether so much has been done."""
        done = (seconds, self.seconds), (writer.count, self.posts), (fate.kills, self.kills), (fate.stops, self.stops)
        return all(much >= enough for much, enough in done)


@dataclass(frozen=True)
class Findings:
    """What was done in one run, and what became of the letters. All but the first line should be nothing."""

    engine: str
    seed: int
    seconds: float
    posts: int
    kills: int
    stops: int
    calls: int
    failed: int
    taken_back: int

    lost: list[str]
    twice: list[str]
    out_of_order: list[Place]
    undecided: list[str]
    dead: int
    waiting: int

    @property
    def is_clean(self) -> bool:
        return not (self.lost or self.twice or self.out_of_order or self.undecided or self.dead or self.waiting)

    def __str__(self) -> str:
        wrong: dict[str, Sized] = {
            "lost": self.lost,
            "twice": self.twice,
            "out of order": self.out_of_order,
            "never decided": self.undecided,
        }
        lines = [
            f"{self.engine}, seed {self.seed}: {self.posts:,} posts in {self.seconds:.0f} s, {self.kills} kills,"
            f" {self.stops} stops, {self.calls:,} calls ({self.failed / max(self.calls, 1):.0%} failed),"
            f" {self.taken_back} copies taken back:",
            "  "
            + ", ".join(f"{len(each)} {name}" for name, each in wrong.items())
            + f", {self.dead} dead, {self.waiting} waiting",
            *(f"  {name}: {each}" for name, each in wrong.items() if each),
        ]
        return "\n".join(lines)


def torture(databases: Mapping[str, str], seed: int, least: Least) -> list[Findings]:
    """Torture the outbox in each of these databases (engine: address), all at the same time, until it is enough; and
    then for as long as the outbox needs to become empty.
    """
    with ThreadPoolExecutor(len(databases)) as pool:
        runs = [pool.submit(_run, engine, url, seed, least) for engine, url in databases.items()]
        return [run.result() for run in runs]


def _run(engine: str, url: str, seed: int, least: Least) -> Findings:
    with ExitStack() as stack:
        slack = StandIn(signing_secret="a secret of the tests").start()
        stack.callback(slack.stop)
        _worsen(slack, seed)
        rooms = [slack.channel(f"room-{number}") for number in range(ROOMS)]
        storage = open_storage(url)
        stack.callback(storage.close)
        writer = Writer(storage, [room.id for room in rooms], random.Random(seed))
        settings = Settings(slack_bot_token=slack.token, slack_api_url=slack.api_url, database_url=url)
        lives = [Life(settings, seed + number) for number in range(CARRIERS)]
        for life in lives:
            stack.callback(life.end)
        begun = time.monotonic()
        fate = Fate(lives, random.Random(seed), begun)
        writer.start()
        while not least.is_reached(time.monotonic() - begun, writer, fate):
            fate.pass_by(time.monotonic())
            time.sleep(0.01)
        writer.stop()
        fate.relent()
        _await_quiet(storage)
        return _findings(engine, seed, time.monotonic() - begun, slack, storage, writer, fate)


def _worsen(slack: StandIn, seed: int) -> None:
    """One call in five fails, history lags, some answers take longer than anybody waits."""
    weather = slack.weather
    weather.seed(seed)
    weather.delay, weather.lag, weather.rate_limit = 0.005, LAG, True
    weather.ratelimited = 0.03
    weather.error_before = weather.drop_before = 0.04
    weather.error_after = weather.drop_after = 0.05
    dice = random.Random(seed)
    slack.before("chat.postMessage", lambda _: time.sleep(TOO_LONG if dice.random() < 0.02 else 0))


def _await_quiet(storage: Storage) -> None:
    """Until nothing has been waiting for as long as a call can be on its way."""
    begun = busy = time.monotonic()
    while time.monotonic() < min(busy + QUIET, begun + PATIENCE):
        if _waiting(storage):
            busy = time.monotonic()
        time.sleep(0.05)


def _findings(
    engine: str, seed: int, seconds: float, slack: StandIn, storage: Storage, writer: Writer, fate: Fate
) -> Findings:
    read = _read(slack)
    found = Counter(chain.from_iterable(read.values()))
    decided = set(chain.from_iterable(writer.decided.values()))
    calls = slack.calls
    return Findings(
        engine=engine,
        seed=seed,
        seconds=seconds,
        posts=len(decided),
        kills=fate.kills,
        stops=fate.stops,
        calls=len(calls),
        failed=sum(not call.ok for call in calls),
        taken_back=sum(call.ok and call.method == "chat.delete" for call in calls),
        lost=sorted(decided - found.keys()),
        twice=sorted(key for key, times in found.items() if times > 1),
        out_of_order=[
            place
            for place in writer.decided.keys() | read.keys()
            if list(dict.fromkeys(read.get(place, [])))
            != [key for key in writer.decided.get(place, []) if key in found]
        ],
        undecided=sorted(found.keys() - decided),
        dead=_dead(storage),
        waiting=_waiting(storage),
    )


def _read(slack: StandIn) -> dict[Place, list[str]]:
    """The letters' keys as they stand in every channel and thread."""
    read: dict[Place, list[str]] = {}
    for room in list(slack.workspace.channels):
        posted = slack.workspace.history(room)
        read[Place(room)] = [_key(message) for message in posted]
        for message in posted:
            thread = [_key(reply) for reply in slack.thread(message)]
            if thread:
                read.setdefault(Place(room, _key(message)), []).extend(thread)
    return read


def _key(message: Message) -> str:
    return message.plain


def _waiting(storage: Storage) -> int:
    with storage.reading() as reader:
        return outbox.waiting(reader)


def _dead(storage: Storage) -> int:
    dead = select(func.count()).where(outbox.Letter.state == "dead")
    with storage.reading() as reader:
        return reader.scalar(dead) or 0
