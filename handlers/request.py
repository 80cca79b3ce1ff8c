"""What a handler gets: who is asking, in which group, when; and how it answers."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from typing import Any, Literal

from bot.groups import Group, Language, Member
from bot.refusals import Refusal
from handlers import marks
from storage import Session, groups, outbox
from storage.base import Reader
from templates import Message, View, Voice, form, message

LARGEST = 2**31 - 1  # that an id can be
NUMBER = re.compile("[0-9]{1,18}")
Surface = Literal["command", "button", "form", "shortcut", "words", "file", "home", "joined"]


class Stranger(Exception):
    """Slack has not been asked yet who somebody is: the request is answered as soon as it has."""

    def __init__(self, slack_id: str) -> None:
        super().__init__(slack_id)
        self.slack_id = slack_id


class Several(Exception):
    """Nobody said which of somebody's groups it is about: they are asked, and the request is answered after that."""

    def __init__(self, groups: list[Group]) -> None:
        super().__init__(groups)
        self.groups = groups


@dataclass(frozen=True, slots=True)
class Origin:
    """Where a request came from, so that its answer finds back.

    `key` is Slack's own name for the request; `trigger_id` opens one form within three seconds; `ts` is the message
    whose button was pressed, `shown_only` whether only the person who pressed sees that message; `form` is the form
    whose button was pressed, by its id and the hash of what stood in it; `view` the form that was sent or whose button
    was pressed, as it came back; `thread` the thread of the words that were said in a channel, where an answer for
    everybody belongs.
    """

    surface: Surface
    key: str
    slack_id: str
    channel: str | None = None
    response_url: str | None = None
    trigger_id: str | None = None
    ts: str | None = None
    shown_only: bool = False
    form: tuple[str, str] | None = None
    thread: str | None = None
    view: View | None = None

    @property
    def place(self) -> str | None:
        """The channel that tells which group it is about; None in the private chat, and from anywhere."""
        return None if self.channel is None or self.channel.startswith("D") else self.channel


@dataclass(frozen=True, slots=True)
class Reply:
    """What the person who asked gets to see: a whisper, or (`update`) the message whose button was pressed, changed; or
    a form to fill in, which in answer to a form is its next step, or (`push`) lies on top of it.
    `language` is the form's.
    """

    messages: list[Message] = field(default_factory=list)
    update: bool = False
    view: dict[str, Any] | None = None
    push: bool = False
    language: Language | None = None

    def on_top(self) -> Reply:
        """The same form, but on top of the one in which it was asked for, which comes back when this is closed.

        What answers so is declared with reads=True: whoever comes back may send the lower form once more.
        """
        return replace(self, push=True)


@dataclass(slots=True)
class Request:
    """One request in the hands of its handler. `now` is business time in the group's zone; `clock` is machine time."""

    reader: Reader
    group: Group
    member: Member
    origin: Origin
    now: datetime
    clock: float
    command: str
    founded: bool = False

    @property
    def session(self) -> Session:
        """The transaction of a request that may change something."""
        assert isinstance(self.reader, Session), "declared with reads=True, it can't change anything"
        return self.reader

    @property
    def today(self) -> date:
        return self.now.date()

    @property
    def language(self) -> Language:
        return self.group.language

    @property
    def voice(self) -> Voice:
        return Voice(self.language)

    def reply(self, template: str, **values: Any) -> Reply:
        """An answer that only the person who asked sees."""
        return Reply(self.written(template, **values))

    def update(self, template: str, **values: Any) -> Reply:
        """The message whose button was pressed, as it shall look now."""
        return Reply(self.written(template, **values), update=True)

    def ask(self, name: str, template: str, *about: int, **values: Any) -> Reply:
        """A form to fill in, declared under a name; `about` are the ids that come back with it."""
        view: View = form(template, self.language, group=self.group, command=self.command, **values)
        metadata = carried(self.group.id, self.origin, about)
        drawn = marks.marked({**view, "type": "modal", "callback_id": name, "private_metadata": metadata})
        return Reply(view=drawn, language=self.language)

    def extended(self, anew: Reply) -> Reply:
        """The form whose button was pressed, with what there is more in it drawn anew; what is written in it stays."""
        sent = self.origin.view
        return replace(anew, view=marks.extended(sent, anew.view)) if sent and anew.view else anew

    def meanwhile(self, anew: Reply) -> Reply | None:
        """The form that was sent as it is drawn anew, where something has changed since it was drawn: it says what, and
        keeps what was written. Ask when the rows are locked, before anything is changed.
        """
        sent, now = self.origin.view, anew.view
        if sent is None or now is None:
            return None
        changes = marks.changes(sent, now)
        if not changes and brought(sent.get("private_metadata"))[3] == brought(now["private_metadata"])[3]:
            return None
        if self.origin.surface != "form":  # answered late, it is closed
            raise Refusal("changed_meanwhile")
        named = [replace(each, now=self._names(each.people)) if each.people else each for each in changes]
        told = [block for each in self.written("meanwhile/told", meanwhile=named) for block in each.blocks]
        below = [block for each in self.written("meanwhile/below") for block in each.blocks]
        merged = marks.merged(sent, now, changes, self.voice.plain("meanwhile.field_gone"))
        return replace(anew, view={**merged, "blocks": [*told, *merged["blocks"], *below]})

    def _names(self, slack_ids: Iterable[str]) -> str:
        return self.voice.list([groups.person(self.session, each).name for each in slack_ids])

    def written(self, template: str, **values: Any) -> list[Message]:
        """A template filled in for this request's group."""
        return message(template, self.language, group=self.group, command=self.command, **values)

    def later(
        self,
        messages: Iterable[Message],
        *,
        key: str,
        to: str,
        thread_of: int | None = None,
        thread: str | None = None,
        after: int = 0,
    ) -> int:
        """Put messages in the outbox for a channel or a person, under one key, `after` those that it has already; the
        id of the first one's letter.

        `thread_of` is the letter in whose thread they stand, `thread` the `ts` of a message that is nobody's letter.
        """
        letters, there = [], {"thread_ts": thread} if thread else {}
        for number, each in enumerate(messages, after + 1):
            letter = outbox.put(
                self.session, key=f"{key}:{number}", lane=to, kind="post", payload=each.payload() | there,
                now=self.clock, group_id=self.group.id, parent_id=thread_of,
            )  # fmt: skip
            letters.append(letter)
        return letters[0]

    def attach(self, name: str, title: str, content: str, *, key: str, to: str, thread_of: int) -> None:
        """Put a text file in the outbox, for the thread of a letter."""
        outbox.put(
            self.session, key=key, lane=to, kind="file", payload={"name": name, "title": title, "content": content},
            now=self.clock, group_id=self.group.id, parent_id=thread_of,
        )  # fmt: skip

    def errand(self, key: str, **payload: Any) -> None:
        """Put an errand in the outbox."""
        lane = f"errand:{key}"
        outbox.put(self.session, key=lane, lane=lane, kind="errand", payload=payload, now=self.clock)

    def replace(self, messages: list[Message], *, of: str, key: str, to: str, thread_of: int, gathered: str) -> None:
        """Put messages in the place of the post whose letters are under a key (`of`). Parts that it needs no more say
        so (`gathered`); those that it has more stand in the thread of a letter.
        """
        letters = outbox.parts(self.session, of)
        parts = messages + self.written(gathered) * (len(letters) - len(messages))
        for number, (letter, part) in enumerate(zip(letters, parts, strict=False), 1):
            self.mend([part], key=f"{key}:{number}", of=letter, to=to)
        more = parts[len(letters) :]
        if more:
            self.later(more, key=of, to=to, thread_of=thread_of, after=len(letters))

    def mend(self, messages: Iterable[Message], *, key: str, of: int, to: str) -> None:
        """Change the post that a letter has become, or will; only its first message."""
        first = next(iter(messages))
        outbox.put(
            self.session, key=key, lane=to, kind="update", payload=first.payload(), now=self.clock,
            group_id=self.group.id, parent_id=of,
        )  # fmt: skip


def carried(group_id: int, origin: Origin, about: Iterable[int]) -> str:
    """What a form carries and brings back: where it was asked for, and what it is about. It proves nothing."""
    return " ".join([str(group_id), origin.channel or "-", origin.response_url or "-", *map(str, about)])


def brought(metadata: object) -> tuple[int, str | None, str | None, tuple[int, ...]]:
    """What a form brought back: the group, channel and response_url, and the ids; group 0 where it can't be read."""
    words = metadata.split() if isinstance(metadata, str) else []
    numbers = [words[0], *words[3:]] if len(words) >= 3 else []
    if not numbers or not all(map(NUMBER.fullmatch, numbers)):
        return 0, None, None, ()
    group_id, *about = map(int, numbers)
    channel, url = (None if each == "-" else each for each in words[1:3])
    return group_id if group_id <= LARGEST else 0, channel, url, tuple(about)


def whole(word: str) -> int | None:
    """A row's id that was chosen in a form; None for what is none."""
    return int(word) if re.fullmatch("[0-9]{1,10}", word) and int(word) <= LARGEST else None
