"""A steering group at work: the bot running against the stand-in Slack, and the people who use it.

Anne is the secretary, Karen the chair, Sofie her deputy, Bo and Mads members for the doctors and the municipalities;
Gry is a guest in the workspace.
"""

from __future__ import annotations

import logging
import socket
import threading
import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

from werkzeug.serving import make_server

from bot.__main__ import Program, build
from bot.config import Settings
from handlers.declared import offered
from tests.slack import Answer, Channel, Message, StandIn, User, nearby

logging.getLogger("werkzeug").setLevel(logging.ERROR)  # not a line a request
SECRET = "a secret of the tests"
MORNING = datetime(2025, 6, 10, 9, 0, tzinfo=UTC) - timedelta(hours=2)  # Tuesday 10 June 2025, 9 o'clock in Copenhagen


class Door:
    """Where the bot is asked over HTTP."""

    def __init__(self, application: nearby.Application) -> None:
        self._server = make_server("127.0.0.1", 0, application, threaded=True)
        self.url = f"http://127.0.0.1:{self._server.server_port}"
        threading.Thread(target=self._server.serve_forever, args=(0.01,), daemon=True).start()

    def close(self) -> None:
        """Nobody answers there any more."""
        self._server.shutdown()
        self._server.server_close()


class NearDoor:
    """Where the bot is asked from within the process; its port is kept, so that nobody else answers there."""

    def __init__(self, application: nearby.Application) -> None:
        self._kept = socket.socket()
        self._kept.bind(("127.0.0.1", 0))
        self.url = f"http://127.0.0.1:{self._kept.getsockname()[1]}"
        nearby.open_door(self.url, lambda: application)

    def close(self) -> None:
        """Nobody answers there any more."""
        nearby.close_door(self.url)
        self._kept.close()


class Office:
    """The bot, its Slack and its people. `time` is business time and may be set; machine time runs on.

    With `near` they speak without a socket between them.
    """

    def __init__(
        self,
        database_url: str,
        port: int = 0,
        now: Callable[[], datetime] | None = None,
        near: bool = False,
        **settings: Any,
    ) -> None:
        self.slack = StandIn(signing_secret=SECRET).start(port, near)
        self.time = MORNING
        self.program: Program = build(
            Settings(
                slack_bot_token=self.slack.token,
                slack_signing_secret=SECRET,
                slack_api_url=self.slack.api_url,
                database_url=database_url,
                **settings,
            ),
            now=now or (lambda: self.time),
        )
        self.program.carrier.second_look = 0.1
        self.program.carrier.patience, self.program.carrier.pause = 0.01, 0.1
        self.anne = self.slack.person("Anne Holm", label="sekretær")
        self.karen = self.slack.person("Karen Toft", label="formand")
        self.bo = self.slack.person("Bo Lind", label="medlem, PLO")
        self.gry = self.slack.person("Gry Dahl", label="gæst", guest=True)
        self.sofie = self.slack.person("Sofie Krag", label="næstformand, Danske Regioner")
        self.mads = self.slack.person("Mads Juhl", label="medlem, KL")
        everybody = [self.anne, self.karen, self.bo, self.gry, self.sofie, self.mads]
        self.called: dict[str, str] = {}  # buttons by their Danish names, where the group speaks another language
        self.room = self.slack.channel("styregruppen", people=everybody)
        for name, each in offered.items():
            self.slack.shortcut(name, each.called, "message" if each.on_message else "global")
        self._door = NearDoor(self.program.wsgi()) if near else Door(self.program.wsgi())
        self.bot_url = f"{self._door.url}/slack/events"
        self.slack.connect(self.bot_url)
        self._changed = threading.Event()
        self.program.storage.after_commit.append(self._changed.set)
        self.program.carrier.start()
        self._at_work = True

    def retire(self) -> None:
        """The bot goes home; its Slack and its database stay."""
        self._door.close()
        self.program.carrier.stop()
        self._at_work = False

    def close(self) -> None:
        """Everybody goes home."""
        if self._at_work:
            self.retire()
        self.program.storage.close()
        self.slack.stop()

    def types(self, person: User, text: str, place: Channel | User | None = None) -> str:
        """Type `/dap …`; all that the person gets to read in answer, in the acknowledgement or whispered after it."""
        where = place or self.room
        before = len(self.slack.whispers(person, where))
        answer = self.slack.command(person, where, f"/dap {text}".strip())
        assert answer.status == 200, answer
        self.slack.wait(lambda: len(self.slack.whispers(person, where)) > before, seconds=20)
        self.settle()
        return "\n".join(each.plain for each in self.slack.whispers(person, where)[before:])

    def presses(self, person: User, button: str, place: Channel | User | None = None) -> Answer:
        """Press the newest button of that name among what the person sees there; the room is looked at first."""
        answer = self.slack.press(person, self.with_button(person, button, place), self.called.get(button, button))
        self.settle()
        return answer

    def with_button(self, person: User, button: str, place: Channel | User | None = None) -> Message:
        """The newest message with that button among what the person sees."""
        button = self.called.get(button, button)
        places: list[Channel | User] = [place] if place else [self.room, person]
        for where in places:
            seen = self.slack.history(where) + self.slack.whispers(person, where)
            for each in sorted(seen, key=lambda each: float(each.ts), reverse=True):
                if button in each.buttons:
                    return each
        raise AssertionError(f"{person.name} sees no button {button!r}\n\n{self.slack.picture()}")

    def settle(self, seconds: float = 20) -> None:
        """Wait until the outbox is empty."""
        deadline = time.monotonic() + seconds
        while self.program.carrier.waiting():
            assert time.monotonic() < deadline, "letters still waiting"
            self._changed.wait(0.05)  # not only for our changes: another process may carry
            time.sleep(0.003)  # where one has come, more will
            self._changed.clear()

    def founded(self) -> None:
        """Anne has made the channel the group's home, and Karen is its chair."""
        self.types(self.anne, "opsætning")
        self.types(self.anne, f"opsætning formand <@{self.karen.id}>")
