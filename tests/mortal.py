"""A bot that dies: the real program in its own process, killed at the n-th commit or call of Slack, or not at all."""

from __future__ import annotations

import logging
import os
from collections.abc import Callable, Iterable
from datetime import datetime
from multiprocessing import get_context
from multiprocessing.connection import Connection
from typing import Any

from slack_sdk import WebClient
from slack_sdk.web import SlackResponse
from sqlalchemy import event
from werkzeug.serving import make_server

from bot.__main__ import build
from bot.config import Settings

CONTEXT = get_context("forkserver")
CONTEXT.set_forkserver_preload(["tests.mortal", "tests.rehearsal"])
REHEARSE_IN = "REHEARSE_IN"  # in the environment: the addresses of databases, see tests/rehearsal.py
LEASE, MARGIN, SECOND_LOOK, PAUSE = 0.3, 0.1, 0.05, 0.05  # seconds, so that a test need not wait a minute


def rehearse(urls: Iterable[str]) -> None:
    """From now on lives are forked from a process that has rehearsed in these databases, which are done with then."""
    os.environ[REHEARSE_IN] = " ".join(urls)
    first = CONTEXT.Process(target=int)
    first.start()
    first.join()
    del os.environ[REHEARSE_IN]


class Mortal:
    """One life of the bot. `url` is where Slack finds it; it dies at the `dies_at`-th point once it has been armed."""

    def __init__(self, settings: Settings, now: datetime, dies_at: int = 0) -> None:
        self._pipe, theirs = CONTEXT.Pipe()
        self._process = CONTEXT.Process(target=_live, args=(settings, now, dies_at, theirs), daemon=True)
        self._process.start()
        theirs.close()
        self.url: str = self._pipe.recv()

    @property
    def is_dead(self) -> bool:
        return not self._process.is_alive()

    def end(self) -> None:
        """End this life, if it has not ended."""
        self._process.kill()
        self._process.join()


def _live(settings: Settings, now: datetime, dies_at: int, pipe: Connection) -> None:
    logging.disable()
    points = 0

    def point(*_: Any) -> None:
        nonlocal points
        points += 1
        if points == dies_at:
            os._exit(9)

    program = build(settings, now=lambda: now)
    carrier = program.carrier
    carrier.lease, carrier.margin, carrier.second_look, carrier.pause = LEASE, MARGIN, SECOND_LOOK, PAUSE
    carrier.client = MortalClient(point, settings)
    event.listen(program.storage.engine, "commit", point)
    program.storage.after_commit.append(point)
    server = make_server("127.0.0.1", 0, program.wsgi(), threaded=True)
    carrier.start()
    pipe.send(f"http://127.0.0.1:{server.server_port}/slack/events")
    server.serve_forever()


class MortalClient(WebClient):
    """Slack's own client, between whose calls the process may die."""

    def __init__(self, point: Callable[[], None], settings: Settings) -> None:
        super().__init__(settings.slack_bot_token, settings.slack_api_url, timeout=10, retry_handlers=[])
        self._point = point

    def api_call(self, api_method: str, **arguments: Any) -> SlackResponse:
        """Die before the call, or after Slack took it and before anybody here knows."""
        self._point()
        answer = super().api_call(api_method, **arguments)
        self._point()
        assert isinstance(answer, SlackResponse)
        return answer
