"""The Events API: what happened in the workspace, told to the bot, and told again while it does not listen."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from uuid import uuid4

from . import limits
from .answers import Answer, Body
from .payloads import TOKEN
from .view import View
from .wire import Wire
from .workspace import APP, BOT, TEAM, Channel, Message, User, Workspace

# Each event and the scopes of which it needs one: docs.slack.dev/reference/events.
SCOPES = {
    "message.channels": {"channels:history"},
    "message.groups": {"groups:history"},
    "message.im": {"im:history"},
    "app_mention": {"app_mentions:read"},
    "file_shared": {"files:read"},
    "app_home_opened": set[str](),
    "member_joined_channel": {"channels:read", "groups:read"},
}


@dataclass(slots=True)
class _Late:
    envelope: Body
    attempts: int
    reason: str


@dataclass(slots=True)
class Events:
    """Tells what was subscribed to, as far as the scopes reach."""

    workspace: Workspace
    wire: Wire
    scopes: list[str]
    wanted: frozenset[str] = frozenset(SCOPES)
    withheld: dict[str, str] = field(default_factory=dict)
    _late: list[_Late] = field(default_factory=list)
    _taken: list[Body] = field(default_factory=list)

    def subscribe(self, names: Iterable[str]) -> None:
        """From now on only these. AssertionError for one that the app has no scope for: Slack would refuse it."""
        wanted = frozenset(names)
        for name in wanted:
            assert name in SCOPES, f"there is no event {name!r}; there are {sorted(SCOPES)}"
            assert self._granted(name), f"{name} needs the scope {' or '.join(sorted(SCOPES[name]))}"
        self.wanted = wanted

    def said(self, message: Message, client_id: str = "") -> None:
        """Somebody wrote, or shared a file."""
        channel = self.workspace.channels[message.channel]
        body: Body = {"type": "message", "user": message.user, "text": message.text, "ts": message.ts, "team": TEAM}
        body |= {"channel": channel.id, "event_ts": message.ts, "client_msg_id": client_id or str(uuid4())}
        body |= {"thread_ts": message.thread_ts} if message.thread_ts else {}
        if message.files:
            del body["client_msg_id"]
            files = [self.workspace.files.shown(file) for file in message.files]
            body |= {"subtype": "file_share", "files": files, "upload": False, "display_as_bot": False}
        for file in message.files:
            shared = {"channel_id": channel.id, "file_id": file.id, "user_id": file.user, "file": {"id": file.id}}
            self._tell("file_shared", {"type": "file_shared", **shared, "event_ts": message.ts}, channel)
        kind, word = _kind(channel)
        self._tell(f"message.{kind}", {**body, "channel_type": word}, channel)
        if f"<@{self.workspace.bot.id}>" in message.text and not channel.private_chat:
            self._tell("app_mention", {**body, "type": "app_mention"}, channel)

    def joined(self, channel: Channel, user: User, inviter: User | None) -> None:
        """Somebody came into a channel."""
        body = {"type": "member_joined_channel", "user": user.id, "channel": channel.id, "team": TEAM}
        body |= {"channel_type": "G" if channel.private else "C", "event_ts": self.workspace.stamp()}
        self._tell("member_joined_channel", body | ({"inviter": inviter.id} if inviter else {}), channel)

    def opened_home(self, user: User, view: View | None) -> None:
        """Somebody looks at the Home tab; what was published there comes along."""
        chat = self.workspace.chat_with(user)
        body: Body = {"type": "app_home_opened", "user": user.id, "channel": chat.id, "tab": "home"}
        body |= {"event_ts": self.workspace.stamp()} | ({"view": view.shown()} if view else {})
        self._tell("app_home_opened", body, chat)

    def retry(self) -> int:
        """Deliver what was not taken once more, as Slack does after a minute and after five; how many were."""
        late, self._late = self._late, []
        for each in late:
            self._attempt(each)
        return len(late)

    def repeat(self) -> list[str]:
        """Deliver all that was taken once more: Slack never heard that it was; what kinds of events that were."""
        taken, self._taken = self._taken, []
        for envelope in taken:
            self._attempt(_Late(envelope, 1, "http_timeout"))
        return [each["event"]["type"] for each in taken]

    def verify(self) -> bool:
        """Ask the bot's address whether it is the bot's, as Slack does when it is set."""
        challenge = uuid4().hex
        answer = self.wire.send("events_api", {"token": TOKEN, "challenge": challenge, "type": "url_verification"})
        return challenge in (answer.body.get("challenge"), answer.body.get("text"))

    def _tell(self, name: str, event: Body, channel: Channel) -> None:
        if not self.wire.connected or name not in self.wanted or self.workspace.bot.id not in channel.members:
            return
        if not self._granted(name):
            self.withheld[name] = " or ".join(sorted(SCOPES[name]))
            return
        late = _Late(self._envelope(event), 0, "")
        self._attempt(late)
        if late in self._late and late.attempts == 1:  # the first retry comes nearly at once
            self._late.remove(late)
            self._attempt(late)

    def _attempt(self, late: _Late) -> None:
        retry = (late.attempts, late.reason) if late.attempts else None
        answer = self.wire.send("events_api", late.envelope, retry)
        late.attempts, late.reason = late.attempts + 1, _reason(answer)
        if answer.error and not answer.final and late.attempts <= limits.EVENT_RETRIES:
            self._late.append(late)
        if not answer.error:
            self._taken.append(late.envelope)

    def _granted(self, name: str) -> bool:
        return not SCOPES[name] or bool(SCOPES[name] & set(self.scopes))

    def _envelope(self, event: Body) -> Body:
        bot = {"enterprise_id": None, "team_id": TEAM, "user_id": self.workspace.bot.id}
        return {
            "token": TOKEN,
            "team_id": TEAM,
            "context_team_id": TEAM,
            "api_app_id": APP,
            "event": event,
            "type": "event_callback",
            "event_id": f"Ev{uuid4().hex[:10].upper()}",
            "event_time": int(self.workspace.now()),
            "authorizations": [{**bot, "is_bot": True, "is_enterprise_install": False}],
            "is_ext_shared_channel": False,
            "event_context": f"4-{BOT}-{uuid4().hex[:8]}",
        }


def _kind(channel: Channel) -> tuple[str, str]:
    """What the event of a message is called, and its channel_type."""
    if channel.private_chat:
        return "im", "im"
    return ("groups", "group") if channel.private else ("channels", "channel")


def _reason(answer: Answer) -> str:
    if answer.error == "operation_timeout":
        return "http_timeout"
    return "http_error" if answer.status else "connection_failed"
