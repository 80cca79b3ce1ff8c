"""A carrier in a process of its own, which may be killed, or stopped for longer than its lease and go on."""

from __future__ import annotations

import logging
import os
import random
import signal
import time
from contextlib import suppress
from multiprocessing.connection import Connection
from typing import Any

from slack_sdk import WebClient
from slack_sdk.web import SlackResponse

from bot.__main__ import build
from bot.config import Settings
from handlers.outbox import Carrier
from tests.mortal import CONTEXT

# Seconds. As in handlers, lease > timeout + margin and margin > timeout; but a run need not wait a minute.
TIMEOUT, MARGIN, LEASE, SECOND_LOOK, PATIENCE, PAUSE = 1, 1.2, 2.5, 3, 0.005, 0.1
HESITATION = 0.03


class Life:
    """A place for a carrier: when one has been killed, another is born in it."""

    def __init__(self, settings: Settings, seed: int) -> None:
        self._settings, self._dice = settings, random.Random(seed)
        self._stops_until = self._dead_until = 0.0
        self._wakes = False
        self._begin()

    @property
    def is_stopped(self) -> bool:
        return self._stops_until > 0

    def may_be_struck(self) -> bool:
        """Who sleeps past the second look, wakes, posts, and is killed before telling anybody is beyond every outbox:
        whoever wakes is spared until the letter in hand is through."""
        if self._wakes and self._ours.poll():
            self._ours.recv()
            self._wakes = False
        return not self._dead_until and not self._wakes

    def kill(self, now: float, seconds: float) -> None:
        """kill -9; the next is born after so many seconds."""
        self.end()
        self._stops_until, self._dead_until, self._wakes = 0, now + seconds, False

    def stop(self, now: float, seconds: float) -> None:
        """Freeze it in the middle of whatever it does."""
        self._signal(signal.SIGSTOP)
        self._stops_until = now + seconds

    def tend(self, now: float) -> None:
        """Let it go on, or begin anew, if its time has come."""
        if self._stops_until and self._stops_until <= now:
            self._signal(signal.SIGCONT)
            self._ours.send("are you through?")
            self._stops_until, self._wakes = 0, True
        if self._dead_until and self._dead_until <= now:
            self._dead_until = 0
            self._begin()

    def end(self) -> None:
        self._process.kill()
        self._process.join()
        self._ours.close()

    def _begin(self) -> None:
        self._ours, theirs = CONTEXT.Pipe()
        seed = self._dice.randrange(2**32)
        self._process = CONTEXT.Process(target=_live, args=(self._settings, seed, theirs), daemon=True)
        self._process.start()
        theirs.close()

    def _signal(self, number: int) -> None:
        assert self._process.pid
        os.kill(self._process.pid, number)


class Hesitant(WebClient):
    """Slack's own client, which takes its time before it posts, so that a stop often falls just there."""

    def __init__(self, settings: Settings, seed: int) -> None:
        super().__init__(settings.slack_bot_token, settings.slack_api_url, timeout=TIMEOUT, retry_handlers=[])
        self._dice = random.Random(seed)

    def api_call(self, api_method: str, **arguments: Any) -> SlackResponse:
        """Call, if it is to post after a moment."""
        if api_method == "chat.postMessage":
            time.sleep(self._dice.uniform(0, HESITATION))
        answer = super().api_call(api_method, **arguments)
        assert isinstance(answer, SlackResponse)
        return answer


class Attentive(Carrier):
    """A carrier that counts how often it was through with the letter in hand."""

    through = 0

    def carry(self, errands_only: bool = False) -> bool:
        """Carry, and count."""
        try:
            return super().carry(errands_only)
        finally:
            self.through += not errands_only


def _live(settings: Settings, seed: int, pipe: Connection) -> None:
    logging.disable()
    program, client = build(settings), Hesitant(settings, seed)
    carrier = Attentive(
        program.storage, program.desk, client, lease=LEASE, margin=MARGIN, second_look=SECOND_LOOK, patience=PATIENCE,
        pause=PAUSE,
    )  # fmt: skip
    carrier.start()
    with suppress(EOFError):
        while pipe.recv():  # until nobody holds the other end any more
            before = carrier.through
            while carrier.through == before:
                time.sleep(0.01)
            pipe.send("yes")
