"""The Web API: each method with the arguments and scopes it needs, and what it does. No other method exists.

The methods themselves stand in `methods/`, by family.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from .paging import flag
from .refused import Refused
from .sockets import Sockets
from .tickets import Tickets
from .views import Views
from .workspace import APP, BOT, TEAM, Channel, Message, User, Workspace

Args = Mapping[str, Any]
Answer = dict[str, Any]
Answering = Callable[["WebApi", Args], Answer]


@dataclass(frozen=True, slots=True)
class Method:
    """What answers a method, the names of its arguments, the scope that it needs, and which token it takes."""

    answer: Answering
    needs: frozenset[str]
    may: frozenset[str]
    scope: str
    app_level: bool


METHODS: dict[str, Method] = {}


def method(
    name: str, needs: str = "", may: str = "", scope: str = "", app_level: bool = False
) -> Callable[[Answering], Answering]:
    """Register a method; arguments are named in one string."""

    def register(answer: Answering) -> Answering:
        METHODS[name] = Method(answer, frozenset(needs.split()), frozenset(may.split()), scope, app_level)
        return answer

    return register


@dataclass(frozen=True, slots=True)
class WebApi:
    """Answers the bot's calls out of the workspace. `scopes` are those that the workspace granted."""

    workspace: Workspace
    tickets: Tickets
    views: Views
    sockets: Sockets
    token: str
    app_token: str
    scopes: list[str]
    url: Callable[[], str]
    visible: Callable[[Message], bool]

    def answer(self, name: str, args: Args, token: str | None) -> Answer:
        """The body of the answer, or Refused."""
        if name not in METHODS:
            raise Refused("unknown_method", [f"[ERROR] the stand-in has no method {name}"])
        if not token:
            raise Refused("not_authed")
        if token not in (self.token, self.app_token):
            raise Refused("invalid_auth")

        known = METHODS[name]
        if (token == self.app_token) != known.app_level:
            raise Refused("not_allowed_token_type")
        if known.scope:
            self.need(known.scope)
        missing = [f"[ERROR] missing required field: {need}" for need in sorted(known.needs) if not args.get(need)]
        allowed = known.needs | known.may | {"team_id"}  # Bolt's client puts that into every call, and Slack lets it
        strange = [f"[ERROR] unknown argument: {arg}" for arg in args if arg not in allowed]
        if missing or strange:
            raise Refused("invalid_arguments", missing + strange)
        return {"ok": True, **known.answer(self, args)}

    def headers(self, name: str, token: str | None) -> dict[str, str]:
        """What Slack says about scopes with every answer."""
        granted = "connections:write" if token == self.app_token else ",".join(self.scopes)
        accepted = METHODS[name].scope if name in METHODS else ""
        return {"X-OAuth-Scopes": granted} | ({"X-Accepted-OAuth-Scopes": accepted} if accepted else {})

    def need(self, scope: str) -> None:
        """Refuse unless this scope was granted."""
        if scope not in self.scopes:
            raise Refused("missing_scope", more={"needed": scope, "provided": ",".join(self.scopes)})

    def need_for(self, channel: Channel, deed: str) -> None:
        """Refuse unless the scope for this deed in this kind of channel was granted: groups:history."""
        kind = "im" if channel.private_chat else "groups" if channel.private else "channels"
        self.need(f"{kind}:{deed}")

    # Finding what the arguments name

    def user(self, name: object) -> User:
        """A person by id."""
        user = self.workspace.users.get(str(name))
        if user is None:
            raise Refused("user_not_found")
        return user

    def channel(self, name: object) -> Channel:
        """A channel by id, if the app may know of it."""
        channel = self.workspace.channels.get(str(name))
        # A private channel that the app is not in does not exist for it.
        if channel is None or (channel.private and self.workspace.bot.id not in channel.members):
            raise Refused("channel_not_found")
        return channel

    def joined(self, name: object, by_user: bool = False) -> Channel:
        """A channel that the app is in; with `by_user` a person's id will do for the private chat."""
        user = self.workspace.users.get(str(name))
        if by_user and user is not None and not user.bot:
            return self.workspace.chat_with(user)
        channel = self.channel(name)
        if self.workspace.bot.id not in channel.members:
            raise Refused("not_in_channel")
        return channel

    def own(self, channel: Channel, args: Args, otherwise: str) -> Message:
        """A message of the bot's own."""
        message = self.workspace.find(channel.id, str(args["ts"]))
        if message is None or message.whispered_to:
            raise Refused("message_not_found")
        if message.user != self.workspace.bot.id:
            raise Refused(otherwise)
        return message

    def thread(self, channel: Channel, args: Args) -> str | None:
        """The thread that is meant."""
        if not args.get("thread_ts"):
            return None
        parent = self.workspace.find(channel.id, str(args["thread_ts"]))
        if parent is None:
            raise Refused("thread_not_found")
        if parent.thread_ts or parent.whispered_to:
            raise Refused("cannot_reply_to_message")
        return parent.ts

    # Showing

    def page(self, messages: list[Message], cursor: str, args: Args) -> Answer:
        """A page of messages."""
        metadata = flag(args, "include_all_metadata")
        page: Answer = {"messages": [self.shown(m, metadata) for m in messages], "has_more": bool(cursor)}
        return page | ({"response_metadata": {"next_cursor": cursor}} if cursor else {})

    def shown(self, message: Message, metadata: bool) -> Answer:
        """A message as the bot gets it."""
        shown: Answer = {"type": "message", "user": message.user, "ts": message.ts, "team": TEAM, "text": message.text}
        if message.user == self.workspace.bot.id:
            shown |= {"bot_id": BOT, "app_id": APP}
        if message.blocks:
            shown["blocks"] = message.blocks
        if message.files:
            shown["files"] = [self.workspace.files.shown(file) for file in message.files]
        if message.edited:
            shown["edited"] = {"user": message.user, "ts": message.ts}
        if message.tombstone:
            shown |= {"subtype": "tombstone", "hidden": True}
        if metadata and message.metadata:
            shown["metadata"] = message.metadata
        return shown | self._about_thread(message)

    def _about_thread(self, message: Message) -> Answer:
        replies = self.workspace.replies(message.channel, message.ts)
        if message.thread_ts:
            return {"thread_ts": message.thread_ts}
        if not replies:
            return {}
        users = list(dict.fromkeys(reply.user for reply in replies))
        counted = {"reply_count": len(replies), "reply_users": users, "reply_users_count": len(users)}
        return {"thread_ts": message.ts, **counted, "latest_reply": replies[-1].ts}
