"""Socket Mode: connections that we open to Slack, through which everything comes where we have no address of our own.

Slack sends each envelope through one of an app's connections, of which it allows ten, and sends again what nobody
acknowledged. Two are held, so that one is there while the other is renewed. The SDK's own client needs a minute to
notice that it was cut off, and turns the processor's full power on that.
"""

from __future__ import annotations

import json
import logging
import threading
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Any

from slack_bolt import App, BoltRequest
from slack_sdk.errors import SlackApiError
from websockets.exceptions import ConnectionClosed, WebSocketException
from websockets.sync.client import ClientConnection, connect

log = logging.getLogger(__name__)

HELD = 2  # connections
HANDS = 10  # envelopes in hand at once
IN_TIME = 3  # seconds in which Slack wants an envelope acknowledged
PING = 5  # seconds between signs of life, and to wait for one
LONGEST = 30  # seconds between two attempts to get through
TIMEOUT = 10  # seconds for a connection to come about


@dataclass(slots=True)
class Sockets:
    """The connections of one app. `patience` is what the waiting between attempts begins with, `linger` for how long is
    listened to a connection that Slack wants back, both in seconds.
    """

    app: App
    app_token: str
    held: int = HELD
    patience: float = 1
    linger: float = 10
    _open: list[ClientConnection] = field(default_factory=list)
    _changed: threading.Condition = field(default_factory=threading.Condition)
    _closing: threading.Event = field(default_factory=threading.Event)
    _threads: list[threading.Thread] = field(default_factory=list)
    _hands: ThreadPoolExecutor = field(default_factory=lambda: ThreadPoolExecutor(HANDS, "envelope"))

    def open(self) -> None:
        """Hold connections from now on, each in a thread of its own."""
        for _ in range(self.held):
            self._begin(self._hold)

    def close(self) -> None:
        """Finish what is in hand, then hang up. What comes meanwhile is left to whom Slack sends it next."""
        self._closing.set()
        self._hands.shutdown()
        with self._changed:
            leaving, threads = list(self._open), list(self._threads)
        for each in leaving:
            each.close()
        for thread in threads:
            thread.join(TIMEOUT)

    def _begin(self, deed: Callable[..., None], *about: ClientConnection) -> None:
        thread = threading.Thread(target=deed, args=about, name="socket", daemon=True)
        with self._changed:
            self._threads = [each for each in self._threads if each.is_alive() or each.ident is None] + [thread]
        thread.start()

    def _hold(self) -> None:
        """Hold one connection, and when it is gone or Slack wants it back the next one, until we hang up."""
        wait = self.patience
        while not self._closing.is_set():
            try:
                connection = self._dial()
            except (SlackApiError, WebSocketException, OSError) as trouble:
                why = trouble.response.get("error") if isinstance(trouble, SlackApiError) else trouble
                log.warning("no connection to Slack, next attempt in %.0f s: %s", wait, why)
                self._closing.wait(wait)
                wait = min(wait * 2, LONGEST)
                continue
            wait = self.patience
            if self._listen(connection):
                self._begin(self._linger, connection)
            else:
                self._closing.wait(self.patience)

    def _dial(self) -> ClientConnection:
        """A connection on which Slack has said hello."""
        url = self.app.client.apps_connections_open(app_token=self.app_token)["url"]
        connection = connect(
            url, open_timeout=TIMEOUT, close_timeout=1, ping_interval=PING, ping_timeout=PING, max_size=None,
            compression=None, legacy=True,
        )  # fmt: skip
        said = json.loads(connection.recv(TIMEOUT))
        with self._changed:
            welcome = said.get("type") == "hello" and not self._closing.is_set()
            if welcome:
                self._open.append(connection)
                self._changed.notify_all()
        if not welcome:
            connection.close()
            raise ConnectionRefusedError(said.get("reason") or "we hang up")
        return connection

    def _listen(self, connection: ClientConnection, until: float | None = None) -> bool:
        """Take what comes until the connection is gone, then False, or Slack wants it back, then True."""
        try:
            while True:
                left = None if until is None else until - time.monotonic()
                said = json.loads(connection.recv(left))
                if said.get("type") == "disconnect":
                    return True
                if "envelope_id" in said:
                    self._take(connection, said)
        except ConnectionClosed:
            self._drop(connection)
            return False

    def _linger(self, connection: ClientConnection) -> None:
        """Listen to the end of a connection whose successor is on its way: Slack may send on it until it closes it."""
        until = time.monotonic() + self.linger
        with suppress(TimeoutError):
            while self._listen(connection, until):
                pass
        self._drop(connection)
        connection.close()

    def _drop(self, connection: ClientConnection) -> None:
        with self._changed:
            self._open = [each for each in self._open if each is not connection]

    def _take(self, connection: ClientConnection, envelope: dict[str, Any]) -> None:
        with suppress(RuntimeError):  # we hang up, and our hands take nothing more
            self._hands.submit(self._answer, connection, envelope, time.monotonic() + IN_TIME)

    def _answer(self, connection: ClientConnection, envelope: dict[str, Any], until: float) -> None:
        try:
            answer = self.app.dispatch(BoltRequest(mode="socket_mode", body=envelope["payload"]))
        except Exception:
            log.exception("envelope %s not answered", envelope["envelope_id"])
            return
        payload = {"payload": json.loads(answer.body)} if answer.status == 200 and answer.body else {}
        self._acknowledge(connection, json.dumps({"envelope_id": envelope["envelope_id"], **payload}), until)

    def _acknowledge(self, connection: ClientConnection, said: str, until: float) -> None:
        """By the connection it came through, else by any other, else by the next that comes in time."""
        while True:
            with self._changed:
                others = [each for each in self._open if each is not connection]
            for each in [connection, *others]:
                with suppress(ConnectionClosed):
                    each.send(said)
                    return
            with self._changed:
                left = until - time.monotonic()
                if left <= 0 or self._closing.is_set():
                    break
                self._changed.wait(left)
        log.warning("an envelope was not acknowledged in time, Slack may send it again")
