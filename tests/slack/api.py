"""The Web API: each method with the arguments it needs and may have, and what it does. No other method exists."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from . import limits
from .contents import read
from .paging import Page, flag
from .refused import Refused
from .workspace import APP, BOT, TEAM, Channel, Message, User, Workspace

Args = Mapping[str, Any]
Answer = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Method:
    """What answers a method, and the names of its arguments."""

    answer: Callable[[WebApi, Args], Answer]
    needs: frozenset[str]
    may: frozenset[str]


METHODS: dict[str, Method] = {}
SAID = "text blocks link_names parse"


def method(name: str, needs: str = "", may: str = "") -> Callable[[Callable[[WebApi, Args], Answer]], Any]:
    """Register a method; arguments are named in one string."""

    def register(answer: Callable[[WebApi, Args], Answer]) -> Callable[[WebApi, Args], Answer]:
        METHODS[name] = Method(answer, frozenset(needs.split()), frozenset(may.split()))
        return answer

    return register


@dataclass(frozen=True, slots=True)
class WebApi:
    """Answers the bot's calls out of the workspace."""

    workspace: Workspace
    token: str
    url: Callable[[], str]

    def answer(self, name: str, args: Args, token: str | None) -> Answer:
        """The body of the answer, or Refused."""
        if name not in METHODS:
            raise Refused("unknown_method", [f"[ERROR] the stand-in has no method {name}"])
        if not token:
            raise Refused("not_authed")
        if token != self.token:
            raise Refused("invalid_auth")

        known = METHODS[name]
        missing = [f"[ERROR] missing required field: {need}" for need in sorted(known.needs) if not args.get(need)]
        strange = [f"[ERROR] unknown argument: {arg}" for arg in args if arg not in known.needs | known.may]
        if missing or strange:
            raise Refused("invalid_arguments", missing + strange)
        return {"ok": True, **known.answer(self, args)}

    @method("auth.test", may="team_id")
    def auth_test(self, _args: Args) -> Answer:
        """Who the token is."""
        bot = self.workspace.bot
        return {
            "url": self.url() + "/",
            "team": "DAP",
            "user": bot.handle,
            "team_id": TEAM,
            "user_id": bot.id,
            "bot_id": BOT,
            "is_enterprise_install": False,
        }

    @method("users.info", needs="user", may="include_locale")
    def users_info(self, args: Args) -> Answer:
        """A person's name, zone, language, and whether she is a guest."""
        user = self._user(args["user"])
        profile = {"real_name": user.name, "display_name": user.name, "title": user.label}
        answer = {
            "id": user.id,
            "team_id": TEAM,
            "name": user.handle,
            "deleted": False,
            "real_name": user.name,
            "tz": "Europe/Copenhagen",
            "tz_label": "Central European Time",
            "tz_offset": 3600,
            "profile": {**profile, "team": TEAM},
            "is_admin": False,
            "is_owner": False,
            "is_restricted": user.guest,
            "is_ultra_restricted": False,
            "is_bot": user.bot,
            "is_app_user": False,
            "updated": 1_750_000_000,
        }
        return {"user": {**answer, "locale": "da-DK"} if flag(args, "include_locale") else answer}

    @method("conversations.info", needs="channel", may="include_locale include_num_members")
    def conversations_info(self, args: Args) -> Answer:
        """What a channel is called, and of which kind it is."""
        channel = self._channel(args["channel"])
        member = self.workspace.bot.id in channel.members
        answer = {"id": channel.id, "created": 1_750_000_000, "is_im": channel.private_chat, "is_archived": False}
        if channel.private_chat:
            return {"channel": {**answer, "user": channel.members[0], "is_org_shared": False}}
        kind = {"is_channel": not channel.private, "is_group": channel.private, "is_private": channel.private}
        answer |= {"name": channel.name, "name_normalized": channel.name, "is_member": member, "is_mpim": False, **kind}
        if flag(args, "include_num_members"):
            answer["num_members"] = len(channel.members)
        return {"channel": answer}

    @method("conversations.open", may="users channel return_im prevent_creation")
    def conversations_open(self, args: Args) -> Answer:
        """The bot's private chat with one person."""
        if args.get("channel"):
            channel = self._channel(args["channel"])
        elif not args.get("users"):
            raise Refused("users_list_not_supplied")
        else:
            users = args["users"].split(",") if isinstance(args["users"], str) else args["users"]
            if len(users) != 1:
                raise Refused("invalid_arguments", ["[ERROR] the stand-in opens chats with one person only"])
            channel = self.workspace.chat_with(self._user(users[0]))
        short = {"id": channel.id}
        whole = {**short, "is_im": True, "user": channel.members[0], "is_open": True}
        return {"channel": whole if flag(args, "return_im") else short}

    @method("conversations.history", "channel", "latest oldest inclusive limit cursor include_all_metadata")
    def conversations_history(self, args: Args) -> Answer:
        """The newest first, without what stands in threads."""
        channel = self._joined(args["channel"])
        page = Page.asked(args, limits.HISTORY_PAGE_DEFAULT, limits.HISTORY_PAGE)
        found, cursor = page.cut(self.workspace.history(channel.id), newest_first=True)
        return self._page(found, cursor, args)

    @method("conversations.replies", "channel ts", "latest oldest inclusive limit cursor include_all_metadata")
    def conversations_replies(self, args: Args) -> Answer:
        """A message and what stands in its thread, the oldest first. Every page begins with the message itself."""
        channel = self._joined(args["channel"])
        page = Page.asked(args, limits.REPLIES_PAGE, limits.REPLIES_PAGE)
        top = self.workspace.find(channel.id, str(args["ts"]))
        if top is None or top.whispered_to:
            raise Refused("thread_not_found")
        found, cursor = page.cut(self.workspace.replies(channel.id, top.ts), newest_first=False)
        return self._page([top, *found], cursor, args)

    @method("chat.postMessage", "channel", f"{SAID} metadata thread_ts unfurl_links unfurl_media mrkdwn")
    def chat_post_message(self, args: Args) -> Answer:
        """Say something to a channel, a thread, or (by user id) a person."""
        channel = self._joined(args["channel"], by_user=True)
        _plain_words_only(args)
        message = self.workspace.post(channel.id, self.workspace.bot.id, read(args), self._thread(channel, args))
        return {"channel": channel.id, "ts": message.ts, "message": self._shown(message, metadata=True)}

    @method("chat.update", "channel ts", f"{SAID} metadata")
    def chat_update(self, args: Args) -> Answer:
        """Put other contents into a message of the bot's own. Text without blocks takes the blocks away."""
        channel = self._joined(args["channel"])
        _plain_words_only(args)
        message = self._own(channel, args, "cant_update_message")
        contents = read(args, longest=limits.UPDATE_TEXT)
        message = self.workspace.change(message, contents)
        shown = self._shown(message, metadata=True)
        return {"channel": channel.id, "ts": message.ts, "text": message.text, "message": shown}

    @method("chat.delete", "channel ts")
    def chat_delete(self, args: Args) -> Answer:
        """Take a message of the bot's own away."""
        channel = self._joined(args["channel"])
        message = self._own(channel, args, "cant_delete_message")
        self.workspace.remove(message)
        return {"channel": channel.id, "ts": message.ts}

    @method("chat.postEphemeral", "channel user", f"{SAID} thread_ts")
    def chat_post_ephemeral(self, args: Args) -> Answer:
        """Say something that one member of a channel sees."""
        channel = self._joined(args["channel"])
        _plain_words_only(args)
        if args["user"] not in channel.members:
            raise Refused("user_not_in_channel")
        message = self.workspace.whisper(channel.id, args["user"], read(args), self._thread(channel, args))
        return {"message_ts": message.ts}

    # Finding what the arguments name

    def _user(self, name: object) -> User:
        user = self.workspace.users.get(str(name))
        if user is None:
            raise Refused("user_not_found")
        return user

    def _channel(self, name: object) -> Channel:
        channel = self.workspace.channels.get(str(name))
        # A private channel that the app is not in does not exist for it.
        if channel is None or (channel.private and self.workspace.bot.id not in channel.members):
            raise Refused("channel_not_found")
        return channel

    def _joined(self, name: object, by_user: bool = False) -> Channel:
        user = self.workspace.users.get(str(name))
        if by_user and user is not None and not user.bot:
            return self.workspace.chat_with(user)
        channel = self._channel(name)
        if self.workspace.bot.id not in channel.members:
            raise Refused("not_in_channel")
        return channel

    def _own(self, channel: Channel, args: Args, otherwise: str) -> Message:
        message = self.workspace.find(channel.id, str(args["ts"]))
        if message is None or message.whispered_to:
            raise Refused("message_not_found")
        if message.user != self.workspace.bot.id:
            raise Refused(otherwise)
        return message

    def _thread(self, channel: Channel, args: Args) -> str | None:
        if not args.get("thread_ts"):
            return None
        parent = self.workspace.find(channel.id, str(args["thread_ts"]))
        if parent is None:
            raise Refused("thread_not_found")
        if parent.thread_ts or parent.whispered_to:
            raise Refused("cannot_reply_to_message")
        return parent.ts

    # Showing

    def _page(self, messages: list[Message], cursor: str, args: Args) -> Answer:
        metadata = flag(args, "include_all_metadata")
        page: Answer = {"messages": [self._shown(m, metadata) for m in messages], "has_more": bool(cursor)}
        return page | ({"response_metadata": {"next_cursor": cursor}} if cursor else {})

    def _shown(self, message: Message, metadata: bool) -> Answer:
        shown: Answer = {"type": "message", "user": message.user, "ts": message.ts, "team": TEAM, "text": message.text}
        if message.user == self.workspace.bot.id:
            shown |= {"bot_id": BOT, "app_id": APP}
        if message.blocks:
            shown["blocks"] = message.blocks
        if message.edited:
            shown["edited"] = {"user": message.user, "ts": message.ts}
        if message.tombstone:
            shown |= {"subtype": "tombstone", "hidden": True}
        if metadata and message.metadata:
            shown["metadata"] = message.metadata
        replies = self.workspace.replies(message.channel, message.ts)
        if message.thread_ts:
            shown |= {"thread_ts": message.thread_ts}
        elif replies:
            users = list(dict.fromkeys(reply.user for reply in replies))
            shown |= {"thread_ts": message.ts, "reply_count": len(replies), "reply_users": users}
            shown |= {"reply_users_count": len(users), "latest_reply": replies[-1].ts}
        return shown


def _plain_words_only(args: Args) -> None:
    if flag(args, "link_names") or args.get("parse", "none") != "none":
        raise Refused("invalid_arguments", ["[ERROR] link_names and parse would let plain words call people"])
