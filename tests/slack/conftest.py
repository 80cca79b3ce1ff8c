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

Block = dict[str, Any]
SECRET = "a secret between Slack and the bot"
SCOPES = [
    *("commands", "chat:write", "users:read", "users:read.email", "files:read", "files:write", "app_mentions:read"),
    *(f"{kind}:{deed}" for kind in ("channels", "groups", "im") for deed in ("history", "read", "write")),
]


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
    hear: Callable[[dict[str, Any]], object] = lambda _event: None
    envelopes: list[dict[str, Any]] = field(default_factory=list)
    headers: list[dict[str, str]] = field(default_factory=list)

    @property
    def payload(self) -> dict[str, Any]:
        """The payload of the latest button press, form or shortcut."""
        payload: dict[str, Any] = json.loads(self.forms[-1]["payload"])
        return payload

    @property
    def events(self) -> list[dict[str, Any]]:
        """What happened in the workspace, as the bot heard of it."""
        return [envelope["event"] for envelope in self.envelopes]

    def __call__(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        """Answer as a web server's application."""
        return self._answer(Request(environ))(environ, start_response)

    def _answer(self, request: Request) -> Response:
        # What is not signed is refused, as Bolt does.
        if not SignatureVerifier(SECRET).is_valid_request(request.get_data(), dict(request.headers)):
            return Response(status=401)
        if request.is_json:
            self.envelopes.append(request.get_json())
            self.headers.append(dict(request.headers))
            answer = self.hear(self.envelopes[-1])
        else:
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
    stand_in.scopes = SCOPES
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


@pytest.fixture
def opens(bot: Bot, client: WebClient) -> Any:
    """opens(view): from now on the bot opens this when it hears a command or a press."""

    def opens(view: Block, method: str = "views.open") -> None:
        def answer(form: dict[str, str]) -> None:
            trigger = form.get("trigger_id") or bot.payload["trigger_id"]
            client.api_call(method, json={"trigger_id": trigger, "view": view})

        bot.answer = answer

    return opens


def button(text: str, action_id: str = "press", **more: Any) -> dict[str, Any]:
    """A button block element."""
    return {"type": "button", "text": {"type": "plain_text", "text": text}, "action_id": action_id, **more}


def actions(*buttons: dict[str, Any]) -> dict[str, Any]:
    """A row of buttons."""
    return {"type": "actions", "elements": list(buttons)}


def words(text: str) -> Block:
    """Plain text."""
    return {"type": "plain_text", "text": text}


def option(text: str, value: str = "") -> Block:
    """A choice."""
    return {"text": words(text), "value": value or text}


def entry(label: str, kind: str, block_id: str = "", **element: Any) -> Block:
    """An input block; `optional` and `dispatch` belong to it, the rest to the element in it."""
    optional = {"optional": True} if element.pop("optional", False) else {}
    dispatch = {"dispatch_action": True} if element.pop("dispatch", False) else {}
    inside = {"type": kind, "action_id": "in", **element}
    block_id = block_id or label.lower()
    return {"type": "input", "block_id": block_id, "label": words(label), "element": inside, **optional, **dispatch}


def modal(*blocks: Block, **more: Any) -> Block:
    """A form."""
    asks = {"submit": words("Foreslå")} if any(block["type"] == "input" for block in blocks) else {}
    return {"type": "modal", "title": words("Nyt punkt"), "blocks": list(blocks), **asks, **more}
