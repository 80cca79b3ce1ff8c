"""The desk: who is asking, in which group, may they, was it answered before? It opens the transaction, and takes care
that an answer reaches the person whatever became of the request.
"""

from __future__ import annotations

import logging
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import Any
from uuid import uuid4
from zoneinfo import ZoneInfo

from bot.groups import Group, Language, Member
from bot.refusals import Refusal
from bot.roles import Role
from handlers.declared import arguments, buttons, founding, handlers, refused_as, unknown, vocabulary
from handlers.request import Origin, Reply, Request, Stranger
from storage import Session, Storage, Unavailable, groups, outbox, requests
from storage.base import Reader
from storage.groups import Visitor
from templates import Message, refused

log = logging.getLogger(__name__)
Ack = dict[str, Any] | None


@dataclass(slots=True)
class Desk:
    """Answers what is typed and pressed. `now` is business time, `clock` machine time; `command` is what people type.

    `whisper` speaks to a response_url at once: the last resort when the outbox is out of reach.
    """

    storage: Storage
    language: Language
    command: str
    whisper: Callable[[str, dict[str, Any]], None]
    now: Callable[[], datetime] = lambda: datetime.now(UTC)
    clock: Callable[[], float] = time.time

    def typed(self, body: dict[str, Any]) -> Ack:
        """Answer a slash command: the message for the acknowledgement's body, None where the answer comes later."""
        origin = Origin(body["trigger_id"], body["channel_id"], body["user_id"], body["response_url"])
        line = unescaped(body.get("text") or "")
        found = vocabulary.match(line) if line else vocabulary.match("help")

        def act(reader: Reader) -> Reply:
            visitor = self._visitor(reader, origin, found is not None and found.command.name in founding)
            with _speaking(visitor):
                if found is None:
                    raise unknown(line)
                self._allow(reader, visitor, found.command.may, refused_as[found.command.name])
                request = self._request(reader, origin, visitor)
                return handlers[found.command.name](request, **arguments(found.command, found.rest, line))

        answer = self._read if found is None or found.command.reads else self._change
        return self._guarded(origin, {"typed": body}, lambda: answer(origin, act))

    def pressed(self, body: dict[str, Any]) -> None:
        """Answer a button; whatever there is to say goes by letter."""
        container, pressed = body["container"], body["actions"][0]
        origin = Origin(
            body["trigger_id"], container["channel_id"], body["user"]["id"], body["response_url"],
            container["message_ts"], container.get("is_ephemeral", False),
        )  # fmt: skip

        def act(reader: Reader) -> Reply:
            button = buttons.get(pressed["action_id"])
            numbers = _numbers(pressed.get("value"))
            if button is None or not numbers:
                raise Refusal("stale")
            visitor = groups.visitor_of(reader, numbers[0], origin.slack_id, self.now().date())
            if visitor.group is None:
                raise Refusal("stale")
            if visitor.member is None:
                raise Stranger(origin.slack_id)
            with _speaking(visitor):
                self._allow(reader, visitor, button.may, button.refused_as)
                return button.handler(self._request(reader, origin, visitor), *numbers[1:])

        refusal = self._guarded(origin, {"pressed": body}, lambda: self._change(origin, act))
        if refusal:
            self._say_now(origin, refusal)

    def _read(self, origin: Origin, act: Callable[[Reader], Reply]) -> Ack:
        with self.storage.reading() as reader:
            reply = act(reader)
        if len(reply.messages) > 1:
            with self.storage.transaction() as session:
                self._whisper_later(session, origin, reply.messages[1:])
        return reply.messages[0].payload()

    def _change(self, origin: Origin, act: Callable[[Reader], Reply]) -> Ack:
        with self.storage.transaction() as session:
            if not requests.begin(session, origin.key, self.now()):
                return requests.answer(session, origin.key)
            ack = self._delivered(session, origin, act(session))
            requests.finish(session, origin.key, ack)
            return ack

    def _delivered(self, session: Session, origin: Origin, reply: Reply) -> Ack:
        """Put into the outbox what the acknowledgement can't carry; what it can."""
        if origin.ts is None:
            self._whisper_later(session, origin, reply.messages[1:])
            return reply.messages[0].payload()
        if reply.update and not origin.shown_only:
            payload = reply.messages[0].payload() | {"ts": origin.ts}
            key = f"update:{origin.key}"
            outbox.put(session, key=key, lane=origin.channel, kind="update", payload=payload, now=self.clock())
        else:
            self._whisper_later(session, origin, reply.messages, replace_original=reply.update)
        return None

    def _whisper_later(
        self, session: Session, origin: Origin, messages: list[Message], replace_original: bool = False
    ) -> None:
        to = {"response_url": origin.response_url, "channel": origin.channel, "user": origin.slack_id}
        lane = f"{origin.slack_id}@{origin.channel}"
        for number, each in enumerate(messages, 1):
            payload = {**each.payload(), **to, "replace_original": replace_original}
            key = f"whisper:{origin.key}:{number}"
            outbox.put(session, key=key, lane=lane, kind="whisper", payload=payload, now=self.clock())

    def _guarded(self, origin: Origin, errand: dict[str, Any], answer: Callable[[], Ack]) -> Ack:
        """The answer; or, whatever happens, a sentence that says what went wrong and what to do."""
        try:
            return answer()
        except Stranger as stranger:
            return self._introduce(origin, stranger.slack_id, errand)
        except Refusal as refusal:
            return self._refusal(refusal)
        except Unavailable:
            log.warning("database away, request %s", origin.key)
            return self._refusal(Refusal("away"))
        except Exception:
            reference = uuid4().hex[:8]
            log.exception("bug %s, request %s", reference, origin.key)
            return self._refusal(Refusal("bug", reference=reference))

    def _introduce(self, origin: Origin, slack_id: str, errand: dict[str, Any]) -> Ack:
        """Ask Slack who somebody is; the request is answered after that."""
        try:
            with self.storage.transaction() as session:
                outbox.put(
                    session, key=f"stranger:{origin.key}:{slack_id}", lane=slack_id, kind="errand",
                    payload={**errand, "user": slack_id}, now=self.clock(),
                )  # fmt: skip
        except Unavailable:
            return self._refusal(Refusal("away"))
        return None

    def welcome(self, slack_id: str, name: str, guest: bool, errand: dict[str, Any]) -> None:
        """Note who a stranger is, then answer what was asked, by whisper. Twice does no harm."""
        with self.storage.transaction() as session:
            groups.introduce(session, slack_id, name, guest)
        if "pressed" in errand:
            self.pressed(errand["pressed"])
            return
        answer = self.typed(errand["typed"])
        if answer:
            self.whisper_back(errand["typed"], answer)

    def turn_away(self, errand: dict[str, Any]) -> None:
        """Tell whoever asked that Slack would not say who somebody is."""
        self.whisper_back(errand.get("typed") or errand["pressed"], self._refusal(Refusal("stranger")))

    def whisper_back(self, body: dict[str, Any], answer: dict[str, Any]) -> None:
        """Whisper an answer to a request whose acknowledgement has gone."""
        channel = body["channel_id"] if "channel_id" in body else body["container"]["channel_id"]
        user = body["user_id"] if "user_id" in body else body["user"]["id"]
        origin = Origin(f"{body['trigger_id']}:first", channel, user, body["response_url"])
        with self.storage.transaction() as session:
            self._whisper_later(session, origin, [Message(answer["text"], tuple(answer["blocks"]))])

    def _say_now(self, origin: Origin, refusal: dict[str, Any]) -> None:
        try:
            with self.storage.transaction() as session:
                self._whisper_later(
                    session, replace(origin, ts=None), [Message(refusal["text"], tuple(refusal["blocks"]))]
                )
        except Unavailable:
            self.whisper(origin.response_url, {**refusal, "response_type": "ephemeral", "replace_original": False})

    def _visitor(self, reader: Reader, origin: Origin, may_found: bool) -> Visitor:
        """Who is asking, in the group of the channel, or in their only one when they write to the bot alone."""
        today = self.now().date()
        home = origin.channel
        if home.startswith("D"):
            homes = groups.homes(reader, origin.slack_id, today)
            if len(homes) != 1:
                raise Refusal("no_group_here")
            home = homes[0]
        visitor = groups.visitor(reader, home, origin.slack_id, today)
        if visitor.member is None:
            raise Stranger(origin.slack_id)
        if may_found and not visitor.member.person.guest:
            visitor = self._founded(reader, home, visitor)
        if visitor.group is None:
            raise Refusal("no_group")
        return visitor

    def _founded(self, session: Reader, home: str, visitor: Visitor) -> Visitor:
        """A channel becomes a group's home where it was none, and whoever asked its secretary where there was none."""
        assert visitor.member is not None and isinstance(session, Session)
        today, slack_id = self.now().date(), visitor.member.person.slack_id
        group = groups.found(session, home, language=self.language, at=self.now())
        if not groups.take_office(session, group, slack_id, at=self.now(), on=today):
            return visitor
        return replace(groups.visitor(session, home, slack_id, today), founded=True)

    def _allow(self, reader: Reader, visitor: Visitor, needed: frozenset[Role], refuse: str) -> None:
        assert visitor.group is not None and visitor.member is not None
        if not visitor.member.may(needed):
            secretary = groups.holder(reader, visitor.group.id, Role.SECRETARY, self.now().date())
            raise Refusal(refuse, secretary=secretary and secretary.name)

    def _request(self, reader: Reader, origin: Origin, visitor: Visitor) -> Request:
        group, member = visitor.group, visitor.member
        assert isinstance(group, Group) and isinstance(member, Member)
        now = self.now().astimezone(ZoneInfo(group.zone))
        return Request(reader, group, member, origin, now, self.clock(), self.command, visitor.founded)

    def _refusal(self, refusal: Refusal) -> dict[str, Any]:
        return refused(refusal, self.language, command=self.command, now=self.now()).payload()


@contextmanager
def _speaking(visitor: Visitor) -> Iterator[None]:
    """A refusal from here on is said in the group's language and told by its clock."""
    try:
        yield
    except Refusal as refusal:
        if visitor.group:
            refusal.language, refusal.zone = visitor.group.language, visitor.group.zone
        raise


def unescaped(text: str) -> str:
    """What somebody typed, without Slack's entities; mentions stay as `<@U…>`."""
    return text.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&").strip()


def _numbers(value: str | None) -> list[int]:
    words = (value or "").split()
    return [int(word) for word in words] if all(word.isdecimal() and len(word) < 19 for word in words) else []
