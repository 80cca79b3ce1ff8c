"""A workspace with Anne, the secretary, and Bo, a member; and a bot that answers as the test says."""

from __future__ import annotations

import json
import threading
import time
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import pytest
from slack_sdk import WebClient
from slack_sdk.signature import SignatureVerifier
from werkzeug.serving import WSGIRequestHandler, make_server
from werkzeug.wrappers import Request, Response

from tests.slack import Channel, StandIn, User

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIEnvironment

SECRET = "a secret between Slack and the bot"


@dataclass
class Hands:
    """Machine time that a test may move."""

    now: float = field(default_factory=time.time)

    def __call__(self) -> float:
        return self.now


@dataclass
class Bot:
    """A bot that does what `answer` says with each form that reaches it, and keeps them all."""

    answer: Callable[[dict[str, str]], object] = lambda _form: None
    forms: list[dict[str, str]] = field(default_factory=list)

    @property
    def payload(self) -> dict[str, Any]:
        """The payload of the latest button press."""
        payload: dict[str, Any] = json.loads(self.forms[-1]["payload"])
        return payload

    def __call__(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        """Answer as a web server's application."""
        return self._answer(Request(environ))(environ, start_response)

    def _answer(self, request: Request) -> Response:
        # What is not signed is refused, as Bolt does.
        if not SignatureVerifier(SECRET).is_valid_request(request.get_data(), dict(request.headers)):
            return Response(status=401)
        self.forms.append(request.form.to_dict())
        answer = self.answer(self.forms[-1])
        if isinstance(answer, dict):
            return Response(json.dumps(answer), content_type="application/json")
        return answer if isinstance(answer, Response) else Response(str(answer or ""))


class Quiet(WSGIRequestHandler):
    """Tells nobody about requests."""

    def log_request(self, *_args: object, **_more: object) -> None:
        """Nobody."""


@pytest.fixture
def clock() -> Hands:
    """Machine time."""
    return Hands()


@pytest.fixture
def slack(clock: Hands) -> Iterator[StandIn]:
    """The stand-in, listening."""
    stand_in = StandIn(SECRET, now=clock).start()
    yield stand_in
    stand_in.stop()


@pytest.fixture
def anne(slack: StandIn) -> User:
    """The secretary."""
    return slack.person("Anne Holm", label="sekretær")


@pytest.fixture
def bo(slack: StandIn) -> User:
    """A member."""
    return slack.person("Bo Berg", label="medlem")


@pytest.fixture
def room(slack: StandIn, anne: User, bo: User) -> Channel:
    """The group's channel."""
    return slack.channel("styregruppen", people=[anne, bo])


@pytest.fixture
def client(slack: StandIn) -> WebClient:
    """The bot's client: the real one, which alone decides not to try again."""
    return WebClient(token=slack.token, base_url=slack.api_url, retry_handlers=[])


@pytest.fixture
def bot(slack: StandIn) -> Iterator[Bot]:
    """A bot, connected."""
    bot = Bot()
    server = make_server("127.0.0.1", 0, bot, threaded=True, request_handler=Quiet)
    threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True).start()
    slack.connect(f"http://127.0.0.1:{server.port}/slack/events")
    yield bot
    server.shutdown()
    server.server_close()


def button(text: str, action_id: str = "press", **more: Any) -> dict[str, Any]:
    """A button block element."""
    return {"type": "button", "text": {"type": "plain_text", "text": text}, "action_id": action_id, **more}


def actions(*buttons: dict[str, Any]) -> dict[str, Any]:
    """A row of buttons."""
    return {"type": "actions", "elements": list(buttons)}
