"""Whoever has something to say: puts letters in transactions, and remembers what must be read where in the end."""

from __future__ import annotations

import random
import threading
import time
from collections import defaultdict
from collections.abc import Sequence
from typing import NamedTuple

from storage import Storage, Unavailable, outbox

BACKLOG = 100  # letters waiting, above which nothing more is put
PAUSE = 0.05  # seconds between transactions, twice that at most


class Place(NamedTuple):
    """A channel, or with `parent` (a letter's key) the thread under it."""

    channel: str
    parent: str | None = None


class Draft(NamedTuple):
    key: str
    place: Place


class Undecided(Exception):
    """The transaction is not to be kept, nor is what it would have said."""


class Writer:
    """Writes until told to stop. `decided` is what has been committed, by place, in order."""

    def __init__(self, storage: Storage, channels: Sequence[str], dice: random.Random) -> None:
        self.decided: dict[Place, list[str]] = defaultdict(list)
        self.count = 0
        self._storage, self._channels, self._dice = storage, channels, dice
        self._turn: list[str] = []
        self._parents: dict[str, str] = {}
        self._number = 0
        self._stop = threading.Event()
        self._thread = threading.Thread(target=self._run, name="writer", daemon=True)

    def start(self) -> None:
        self._thread.start()

    def stop(self) -> None:
        """Finish the transaction in hand."""
        self._stop.set()
        self._thread.join()

    def _run(self) -> None:
        while not self._stop.wait(self._dice.uniform(0, 2 * PAUSE)):
            with self._storage.reading() as reader:
                full = outbox.waiting(reader) > BACKLOG
            if not full:
                self._write(self._drafts(), kept=self._dice.random() > 0.05)

    def _drafts(self) -> list[Draft]:
        """A note, a round to several channels, an agenda with its thread, or one more answer in an old thread."""
        channel, *others = self._next_channels(4)
        parent = self._parents.get(channel)
        match self._dice.choices(("note", "round", "agenda", "answer"), (4, 3, 2, 2))[0]:
            case "round":
                return [self._draft(each) for each in (channel, *others)]
            case "agenda":
                top = self._draft(channel)
                return [top, *(self._draft(channel, top.key) for _ in range(self._dice.randint(1, 2)))]
            case "answer" if parent:
                return [self._draft(channel, parent)]
            case _:
                return [self._draft(channel)]

    def _next_channels(self, count: int) -> list[str]:
        """Different ones, each as often as the others: Slack takes one post a second in each."""
        if len(self._turn) < count:
            self._turn = self._dice.sample(self._channels, len(self._channels))
        chosen, self._turn = self._turn[:count], self._turn[count:]
        return chosen

    def _draft(self, channel: str, parent: str | None = None) -> Draft:
        self._number += 1
        return Draft(f"letter:{self._number}", Place(channel, parent))

    def _write(self, drafts: list[Draft], kept: bool) -> None:
        """Put them, again if it is not known to have worked: the keys see to it that once is enough."""
        while True:
            try:
                self._put(drafts, kept)
            except Unavailable:
                time.sleep(0.1)
            except Undecided:
                return
            else:
                break
        for draft in drafts:
            self.decided[draft.place].append(draft.key)
            if draft.place.parent:
                self._parents[draft.place.channel] = draft.place.parent
        self.count += len(drafts)

    def _put(self, drafts: list[Draft], kept: bool) -> None:
        with self._storage.transaction() as session:
            for draft in drafts:
                channel, parent = draft.place
                outbox.put(
                    session, key=draft.key, lane=channel, kind="post", payload={"text": draft.key}, now=time.time(),
                    parent_id=outbox.find(session, parent) if parent else None,
                )  # fmt: skip
            if not kept:
                raise Undecided
