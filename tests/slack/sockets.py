"""Socket Mode: the bot comes to Slack over WebSockets, and everything goes to it through one of them.

The messages are those of docs.slack.dev/apis/events-api/using-socket-mode.
"""

from __future__ import annotations

import json
import threading
import time
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Any
from uuid import NAMESPACE_OID, uuid4, uuid5

from websockets.exceptions import ConnectionClosed
from websockets.sync.server import Server, ServerConnection, serve

from . import limits
from .answers import Answer, Body
from .refused import Refused
from .weather import Weather
from .workspace import APP

_HOST = "applink-stand-in"
_ANSWERED = {"slash_commands", "view_submission"}


@dataclass(slots=True)
class _Waiting:
    answered: threading.Event = field(default_factory=threading.Event)
    payload: Body = field(default_factory=dict)


class Sockets:
    """The door for WebSockets. It opens with the first apps.connections.open."""

    def __init__(self, weather: Weather) -> None:
        self._weather = weather
        self._server: Server | None = None
        self._tickets: set[str] = set()
        self._open: list[ServerConnection] = []
        self._leaving: list[ServerConnection] = []
        self._waiting: dict[str, _Waiting] = {}
        self._turn = 0
        self._lock = threading.RLock()
        self.switched_on = True

    @property
    def connected(self) -> int:
        """How many sockets are open."""
        with self._lock:
            return len(self._open)

    def url(self) -> str:
        """The address of one connection to come; a ticket lets in once."""
        if not self.switched_on:
            raise Refused("forbidden_team")
        with self._lock:
            if self._server is None:
                self._server = serve(self._serve, "127.0.0.1", 0, ping_interval=limits.SOCKET_PING, compression=None)
                threading.Thread(target=self._server.serve_forever, daemon=True, name="slack sockets").start()
            ticket = uuid4().hex
            self._tickets.add(ticket)
            port = self._server.socket.getsockname()[1]
        return f"ws://127.0.0.1:{port}/link/?ticket={ticket}&app_id={APP}"

    def close(self) -> None:
        """Close the door, and every connection."""
        server, self._server = self._server, None
        if server is not None:
            server.shutdown()
            self.hang_up()

    # What Slack sends

    def send(self, kind: str, payload: Body, retry: tuple[int, str] | None = None) -> Answer:
        """One envelope to one of the connections, and the ack that comes back in time. What is sent again goes by the
        same envelope_id."""
        started, waiting = time.perf_counter(), _Waiting()
        name = str(uuid5(NAMESPACE_OID, json.dumps(payload, sort_keys=True)))
        attempt, reason = retry or (0, "")
        envelope: Body = {
            "envelope_id": name,
            "type": kind,
            "payload": payload,
            "accepts_response_payload": kind in _ANSWERED or payload.get("type") in _ANSWERED,
        }
        if kind == "events_api":
            envelope |= {"retry_attempt": attempt, "retry_reason": reason}
        self._waiting[name] = waiting
        try:
            if not self._handed_over(json.dumps(envelope, ensure_ascii=False)):
                return Answer(error="dispatch_failed")
            answered = waiting.answered.wait(limits.ACK_SECONDS)
        finally:
            del self._waiting[name]
        seconds = time.perf_counter() - started
        return Answer(200, seconds, waiting.payload) if answered else Answer(0, seconds, error="operation_timeout")

    def disconnect(self, reason: str, number: int | None = None) -> None:
        """Tell the connections (or one, by its number) to go: "warning", "refresh_requested" or "link_disabled"."""
        assert reason in ("warning", "refresh_requested", "link_disabled"), f"Slack knows no reason {reason!r}"
        message = {"type": "disconnect", "reason": reason, "debug_info": {"host": _HOST}}
        with self._lock:
            chosen = self._open if number is None else self._open[number : number + 1]
            self._leaving += chosen
            told = list(chosen)
        self.switched_on = self.switched_on and reason != "link_disabled"
        for connection in told:
            with suppress(ConnectionClosed):
                connection.send(json.dumps(message))
            if reason == "link_disabled":
                connection.close()

    def hang_up(self, number: int | None = None, politely: bool = False) -> None:
        """Cut every connection (or one, by its number), without a word or `politely` with a close frame."""
        with self._lock:
            cut = list(self._open) if number is None else self._open[number : number + 1]
            self._open = [each for each in self._open if each not in cut]
        for connection in cut:
            if politely:
                connection.close()
            else:
                with suppress(OSError):
                    connection.socket.shutdown(2)

    def _handed_over(self, message: str) -> bool:
        for connection in self._in_turn():
            try:
                connection.send(message)
            except ConnectionClosed:
                self._forget(connection)
            else:
                return True
        return False

    def _in_turn(self) -> list[ServerConnection]:
        """Everyone gets their turn; those that were told to go come last."""
        with self._lock:
            self._turn += 1
            turn = self._turn % len(self._open) if self._open else 0
            order = self._open[turn:] + self._open[:turn]
            return sorted(order, key=self._leaving.__contains__)

    # What the bot sends

    def _serve(self, connection: ServerConnection) -> None:
        path = connection.request.path if connection.request else ""
        ticket = path.partition("ticket=")[2].partition("&")[0]
        with self._lock:
            known = ticket in self._tickets
            self._tickets.discard(ticket)
            crowded = len(self._open) >= limits.SOCKETS
        if not known or crowded:
            reason = "too_many_websockets" if crowded else "invalid_ticket"
            connection.send(json.dumps({"type": "disconnect", "reason": reason, "debug_info": {"host": _HOST}}))
            return
        with self._lock:
            connection.send(json.dumps(self._hello(len(self._open) + 1)))
            self._open.append(connection)
        try:
            for message in connection:
                self._heard(message)
        except ConnectionClosed:
            pass
        finally:
            self._forget(connection)

    def _heard(self, message: str | bytes) -> None:
        said: Any = json.loads(message)
        waiting = self._waiting.get(said.get("envelope_id", ""))
        if self._weather.loses_ack():
            return
        if waiting is not None:  # what comes too late, or twice, is nobody's answer any more
            waiting.payload = said.get("payload") or {}
            waiting.answered.set()

    def _forget(self, connection: ServerConnection) -> None:
        with self._lock:
            self._open = [each for each in self._open if each is not connection]
            self._leaving = [each for each in self._leaving if each is not connection]

    def _hello(self, number: int) -> Body:
        return {
            "type": "hello",
            "num_connections": number,
            "debug_info": {"host": _HOST, "build_number": 1, "approximate_connection_time": 18_060},
            "connection_info": {"app_id": APP},
        }
