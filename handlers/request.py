"""What a handler gets: who is asking, in which group, when; and how it answers."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from bot.groups import Group, Language, Member
from storage import Session, outbox
from storage.base import Reader
from templates import Message, Voice, message


@dataclass(frozen=True, slots=True)
class Origin:
    """Where a request came from, so that its answer finds back.

    `key` is Slack's own name for the request; `ts` the message whose button was pressed, `shown_only` whether only the
    person who pressed sees that message.
    """

    key: str
    channel: str
    slack_id: str
    response_url: str
    ts: str | None = None
    shown_only: bool = False


class Stranger(Exception):
    """Slack has not been asked yet who somebody is: the request is answered as soon as it has."""

    def __init__(self, slack_id: str) -> None:
        super().__init__(slack_id)
        self.slack_id = slack_id


@dataclass(frozen=True, slots=True)
class Reply:
    """What the person who asked gets to see: a whisper, or (`update`) the message whose button was pressed, changed."""

    messages: list[Message]
    update: bool = False


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
    ) -> int:
        """Put messages in the outbox for a channel or a person, under one key; the id of the first one's letter.

        `thread_of` is the letter in whose thread they stand.
        """
        letters = []
        for number, each in enumerate(messages, 1):
            letter = outbox.put(
                self.session, key=f"{key}:{number}", lane=to, kind="post", payload=each.payload(), now=self.clock,
                group_id=self.group.id, parent_id=thread_of,
            )  # fmt: skip
            letters.append(letter)
        return letters[0]
