"""The workspace: its people, channels and messages, and word of every change."""

from __future__ import annotations

import re
import threading
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from decimal import Decimal

from . import plain
from .blocks import Block
from .contents import Contents, Metadata, settled
from .files import TEAM, File, Files
from .refused import Refused

__all__ = ["APP", "BOT", "TEAM", "Channel", "Message", "User", "Workspace", "micros"]

APP = "A0DAP00001"
BOT = "B0DAP00001"


@dataclass(frozen=True, slots=True)
class User:
    """Somebody in the workspace; `label` says what the page calls them beside the name."""

    id: str
    name: str
    label: str = ""
    guest: bool = False
    bot: bool = False
    mail: str = ""

    @property
    def handle(self) -> str:
        """The short name that one types after an @: anne.holm."""
        return re.sub(r"\W+", ".", self.name.lower()).strip(".")

    @property
    def email(self) -> str:
        """Where mail reaches them."""
        return self.mail or f"{self.handle}@example.dk"


@dataclass(frozen=True, slots=True)
class Channel:
    """A channel or, with `private_chat`, the bot's private chat with one person. Members are user ids."""

    id: str
    name: str
    members: tuple[str, ...]
    private: bool = True
    private_chat: bool = False


@dataclass(frozen=True, slots=True)
class Message:
    """A message as it stood when it was read: a later change makes another one with the same `ts`."""

    ts: str
    channel: str
    user: str
    text: str = ""
    blocks: list[Block] = field(default_factory=list)
    thread_ts: str | None = None
    metadata: Metadata | None = None
    edited: bool = False
    whispered_to: str | None = None
    tombstone: bool = False
    files: tuple[File, ...] = ()
    names: Mapping[str, str] = field(default_factory=dict, repr=False, compare=False)

    @property
    def plain(self) -> str:
        """All that a person reads in it, in order."""
        said = plain.read(self.text, self.blocks, self.names)
        return "\n".join(filter(None, [said, *(f"[{file.name}]" for file in self.files)]))

    @property
    def buttons(self) -> list[str]:
        """What stands on its buttons."""
        return [plain.unescape(button["text"]["text"]) for _, button in plain.buttons(self.blocks)]

    @property
    def picks(self) -> list[str]:
        """What its menus, dates and boxes are called: the action_id of each."""
        return [element["action_id"] for _, element in plain.picks(self.blocks)]

    @property
    def pings(self) -> list[str]:
        """The mentions in it that would call somebody."""
        return plain.pings(self.text, self.blocks)


class Workspace:
    """State and its changes. Every change is made whole under `changed`, which then tells whoever waits."""

    def __init__(self, now: Callable[[], float], url: Callable[[], str] = str) -> None:
        self.now = now
        self.files = Files(now, url)
        self.changed = threading.Condition()
        self.version = 0
        self.users: dict[str, User] = {}
        self.channels: dict[str, Channel] = {}
        self.names: dict[str, str] = {}
        self._posts: dict[str, dict[str, Message]] = {}
        self._threads: dict[str, list[str]] = {}
        self._whispers: dict[str, Message] = {}
        self._last_stamp = 0
        self.bot = self.add_user("dap", bot=True)

    # People and places

    def add_user(self, name: str, label: str = "", guest: bool = False, bot: bool = False, mail: str = "") -> User:
        """Take somebody in."""
        with self.changed:
            user = User(f"U0DAP{len(self.users):05}", name, label, guest, bot, mail)
            self.users[user.id] = user
            self.names[user.id] = name
            self.tell()
            if not bot:
                self.chat_with(user)
            return user

    def add_channel(self, name: str, members: Iterable[str], private: bool) -> Channel:
        """Open a channel."""
        return self._open(Channel(f"C0DAP{len(self.channels):05}", name, tuple(members), private))

    def join(self, channel: str, user: User) -> Channel:
        """Somebody more in a channel."""
        with self.changed:
            old = self.channels[channel]
            assert user.id not in old.members, f"{user.name} is in {old.name} already"
            self.channels[channel] = replace(old, members=(*old.members, user.id))
            self.tell()
            return self.channels[channel]

    def chat_with(self, user: User) -> Channel:
        """The bot's private chat with this person."""
        with self.changed:
            name = f"D0DAP{user.id[5:]}"
            known = self.channels.get(name)
            return known or self._open(Channel(name, self.bot.name, (user.id, self.bot.id), True, private_chat=True))

    def _open(self, channel: Channel) -> Channel:
        with self.changed:
            self.channels[channel.id] = channel
            self.names[channel.id] = channel.name
            self._posts[channel.id] = {}
            self.tell()
            return channel

    # Reading

    def history(self, channel: str) -> list[Message]:
        """What stands in the channel itself, oldest first."""
        with self.changed:
            return [m for m in self._posts[channel].values() if m.thread_ts is None]

    def replies(self, channel: str, ts: str) -> list[Message]:
        """What stands in a message's thread under it, oldest first."""
        with self.changed:
            posts = self._posts[channel]
            return [posts[reply] for reply in self._threads.get(ts, []) if reply in posts]

    def whispers(self, user: str, channel: str) -> list[Message]:
        """What only this person sees there, oldest first."""
        with self.changed:
            return [m for m in self._whispers.values() if (m.whispered_to, m.channel) == (user, channel)]

    def all_seen_by(self, user: str, channel: str) -> list[Message]:
        """Everything that this person sees there, threads and whispers too, oldest first."""
        with self.changed:
            return sorted([*self._posts[channel].values(), *self.whispers(user, channel)], key=lambda m: m.ts)

    def find(self, channel: str, ts: str) -> Message | None:
        """The message as it stands now, whispers included."""
        with self.changed:
            whisper = self._whispers.get(ts)
            return self._posts[channel].get(ts) or (whisper if whisper and whisper.channel == channel else None)

    # Writing

    def post(
        self,
        channel: str,
        user: str,
        contents: Contents,
        thread_ts: str | None = None,
        files: tuple[File, ...] = (),
    ) -> Message:
        """A message that everybody in the channel sees."""
        with self.changed:
            message = replace(self._message(channel, user, contents, thread_ts), files=files)
            for file in files:
                self.files.share(file, channel, message.ts)
            self._posts[channel][message.ts] = message
            if thread_ts:
                self._threads.setdefault(thread_ts, []).append(message.ts)
            self.tell()
            return message

    def whisper(self, channel: str, to: str, contents: Contents, thread_ts: str | None = None) -> Message:
        """A message of the bot's that only one person sees."""
        with self.changed:
            message = replace(self._message(channel, self.bot.id, contents, thread_ts), whispered_to=to, metadata=None)
            self._whispers[message.ts] = message
            self.tell()
            return message

    def change(self, message: Message, contents: Contents) -> Message:
        """Put other contents into a message; metadata that is not given stays."""
        with self.changed:
            old = self._current(message)
            kept = old.metadata if contents.metadata is None else contents.metadata or None
            whole = settled(contents)
            new = replace(old, text=whole.text, blocks=list(whole.blocks), metadata=kept, edited=True)
            self._shelf(message)[message.ts] = new
            self.tell()
            return new

    def remove(self, message: Message) -> None:
        """Take a message away. One that has replies leaves a tombstone, so that its thread stands."""
        with self.changed:
            old = self._current(message)
            shelf = self._shelf(message)
            if old.whispered_to is None and self.replies(old.channel, old.ts):
                shelf[old.ts] = replace(
                    old, text="Beskeden er slettet.", blocks=[], metadata=None, user="USLACKBOT", tombstone=True
                )
            else:
                del shelf[old.ts]
            self.tell()

    def stamp(self) -> str:
        """The next ts: unique in the workspace and always rising."""
        with self.changed:
            self._last_stamp = max(micros(f"{self.now():.6f}"), self._last_stamp) + 100
            return f"{self._last_stamp // 1_000_000}.{self._last_stamp % 1_000_000:06}"

    def _message(self, channel: str, user: str, contents: Contents, thread_ts: str | None) -> Message:
        whole = settled(contents)
        return Message(
            ts=self.stamp(),
            channel=channel,
            user=user,
            text=whole.text,
            blocks=list(whole.blocks),
            thread_ts=thread_ts,
            metadata=whole.metadata or None,
            names=self.names,
        )

    def _current(self, message: Message) -> Message:
        current = self._shelf(message).get(message.ts)
        if current is None or current.tombstone:
            raise Refused("message_not_found")
        return current

    def _shelf(self, message: Message) -> dict[str, Message]:
        return self._whispers if message.whispered_to else self._posts[message.channel]

    def tell(self) -> None:
        """Something changed; call it under `changed`."""
        self.version += 1
        self.changed.notify_all()


def micros(ts: str) -> int:
    """A ts as whole microseconds, for comparing. Raises ArithmeticError if it is no number."""
    return int(Decimal(ts) * 1_000_000)
