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
from bot.roles import ANYONE, Role
from handlers import answers, choices, mentions
from handlers.doors import DOORS, Knock
from handlers.request import Origin, Reply, Request, Several, Stranger
from storage import Session, Storage, Unavailable, groups, home, outbox, requests, whereabouts
from storage.base import Reader
from storage.groups import Visitor
from templates import refused

log = logging.getLogger(__name__)
Ack = dict[str, Any] | None


@dataclass(slots=True)
class Desk:
    """Answers whoever knocks. `now` is business time, `clock` machine time; `command` is what people type.

    `whisper` speaks to a response_url at once, the last resort when the outbox is out of reach; `show_form` asks
    Slack by a method and its arguments to show a form, False where it was too late for Slack.
    """

    storage: Storage
    language: Language
    command: str
    whisper: Callable[[str, dict[str, Any]], None]
    show_form: Callable[[str, dict[str, Any]], bool]
    now: Callable[[], datetime] = lambda: datetime.now(UTC)
    clock: Callable[[], float] = time.time

    def attend(self, knock: Knock) -> Ack:
        """Answer: what the acknowledgement carries, None where there is nothing or it comes later."""
        try:
            return self._read(knock) if knock.asked.reads else self._change(knock)
        except Stranger as stranger:
            return self._introduce(knock, stranger.slack_id)
        except Several as several:
            return self._ask_which(knock, several.groups)
        except Refusal as refusal:
            return self._refuse(knock, refusal)
        except Unavailable:
            log.warning("database away, request %s", knock.origin.key, exc_info=True)
            return self._refuse(knock, Refusal("away"))
        except Exception:
            return self._refuse(knock, bug(f"request {knock.origin.key}"))

    def look(self, slack_id: str, key: str) -> None:
        """Somebody has opened the Home tab: it is drawn when it is carried. Slack tells us again what we don't take."""
        with self.storage.transaction() as session:
            if requests.begin(session, key, self.now()):
                home.look(session, slack_id, self.clock())

    def at_home(self, reader: Reader, slack_id: str) -> list[Request]:
        """The hands in which somebody's Home tab is drawn: one for each group that they take part in."""
        visitors = whereabouts.groups_of(reader, slack_id, self.now().date())
        if not visitors and not groups.is_known(reader, slack_id):
            raise Stranger(slack_id)
        mine = [each for each in visitors if self._known(each, slack_id).may(ANYONE)]
        if visitors and not mine:
            raise Refusal("no_access")
        return [self._request(reader, each, Origin("home", f"home:{slack_id}", slack_id)) for each in mine]

    def _read(self, knock: Knock) -> Ack:
        with self.storage.reading() as reader:
            reply = self._handled(reader, knock)
        spoken, later = answers.divided(knock.origin, reply)
        if later.messages:
            with self.storage.transaction() as session:
                answers.put(session, knock.origin, later, self.clock())
        return self._shown(knock, reply) or spoken

    def _change(self, knock: Knock) -> Ack:
        key = knock.origin.key
        with self.storage.transaction() as session:
            if not requests.begin(session, key, self.now()):
                return requests.answer(session, key)
            reply = self._handled(session, knock)
            spoken, later = answers.divided(knock.origin, reply)
            answers.put(session, knock.origin, later, self.clock())
            requests.finish(session, key, spoken)
            home.redraw(session, self.clock())
        return self._shown(knock, reply) or spoken

    def _handled(self, reader: Reader, knock: Knock) -> Reply:
        visitor = self._visitor(reader, knock)
        with _speaking(visitor):
            request = self._allowed(reader, knock, visitor)
            reply = knock.asked.handler(request, *_heard(request, knock), **_named(request, knock))
        return choices.told(request, reply) if visitor.of_several or self._is_unsaid(reader, knock, reply) else reply

    def _is_unsaid(self, reader: Reader, knock: Knock, reply: Reply) -> bool:
        """Whether nothing around a form tells somebody in several groups which of them it is about."""
        if reply.view is None or knock.origin.place:
            return False
        return len(whereabouts.groups_of(reader, knock.origin.slack_id, self.now().date())) > 1

    def _shown(self, knock: Knock, reply: Reply) -> Ack:
        """Show the form there is to fill in, after the transaction; a sentence where Slack does not show it."""
        asked = answers.shown(knock.origin, reply)
        try:
            if asked is None or self.show_form(*asked):
                return None
            refusal = Refusal("form_late")
        except Exception:
            refusal = bug(f"form of request {knock.origin.key}")
        refusal.language = reply.language
        return self._refuse(knock, refusal)

    def _visitor(self, reader: Reader, knock: Knock) -> Visitor:
        """Who is asking: in the group named, in the channel's, or in their only one where there is no channel."""
        today, origin = self.now().date(), knock.origin
        if knock.group_id is not None:
            visitor = groups.visitor_of(reader, knock.group_id, origin.slack_id, today)
            self._expect_there(reader, knock, visitor)
        elif origin.place:
            visitor = groups.visitor(reader, origin.place, origin.slack_id, today)
        else:
            visitor = self._of_theirs(reader, knock)
        member = self._known(visitor, origin.slack_id)
        if knock.asked.founds and origin.place and not member.person.guest:
            visitor = self._founded(reader, origin.place, visitor)
        if visitor.group is None:
            raise Refusal("no_group" if knock.group_id is None else "stale")
        return visitor

    def _expect_there(self, reader: Reader, knock: Knock, visitor: Visitor) -> None:
        """Whoever is a member for being in the channel must be there: what a form or button says does not prove it."""
        origin, group = knock.origin, visitor.group
        if group is None or not visitor.by_place or (origin.channel == group.channel and origin.ts):
            return
        if not whereabouts.is_in(reader, origin.slack_id, group.id):
            raise Refusal("no_access") if knock.is_late else Stranger(origin.slack_id)

    def _of_theirs(self, reader: Reader, knock: Knock) -> Visitor:
        """Who is asking, where the place names no group: of their only one, the only one in which they may, or the one
        they chose; else they are asked. A file goes where it is said to, each time.
        """
        slack_id = knock.origin.slack_id
        mine = whereabouts.groups_of(reader, slack_id, self.now().date())
        if not mine and not whereabouts.are_known(reader, slack_id):
            raise Stranger(slack_id)
        if not mine:
            raise Refusal("no_group_here")
        may = [each for each in mine if self._known(each, slack_id).may(knock.asked.may)] or mine
        if len(may) > 1 and knock.origin.surface != "file":
            chosen = whereabouts.chosen(reader, slack_id)
            may = [each for each in may if each.group and each.group.id == chosen] or may
        if len(may) > 1 and not knock.asked.of_all:
            raise Several([each.group for each in may if each.group])
        return replace(may[0], of_several=len(mine) > 1)

    @staticmethod
    def _known(visitor: Visitor, slack_id: str) -> Member:
        if visitor.member is None:
            raise Stranger(slack_id)
        return visitor.member

    def _founded(self, reader: Reader, home: str, visitor: Visitor) -> Visitor:
        """A channel becomes a group's home where it was none, and whoever asked its secretary where there was none."""
        assert visitor.member is not None and isinstance(reader, Session)
        today, slack_id = self.now().date(), visitor.member.person.slack_id
        group = groups.found(reader, home, language=self.language, at=self.now())
        founded = groups.take_office(reader, group, slack_id, at=self.now(), on=today)
        return replace(groups.visitor(reader, home, slack_id, today), founded=founded)

    def _allowed(self, reader: Reader, knock: Knock, visitor: Visitor) -> Request:
        """The request in the hands of its handler; refused where the person may not."""
        group, member = visitor.group, visitor.member
        assert group is not None and member is not None
        if not member.may(knock.asked.may):
            secretary = groups.holder(reader, group.id, Role.SECRETARY, self.now().date())
            raise Refusal(knock.asked.refuse, secretary=secretary and secretary.name)
        return self._request(reader, visitor, knock.origin)

    def _request(self, reader: Reader, visitor: Visitor, origin: Origin) -> Request:
        group, member = visitor.group, visitor.member
        assert group is not None and member is not None
        now = self.now().astimezone(ZoneInfo(group.zone))
        return Request(reader, group, member, origin, now, self.clock(), self.command, visitor.founded)

    def _refuse(self, knock: Knock, refusal: Refusal) -> Ack:
        """Say no: in the acknowledgement, under the field it is about, or by whisper."""
        nobody_asked = {"file": ("no_access", "no_group", "no_group_here"), "joined": ("no_access",)}
        if refusal.key in nobody_asked.get(knock.origin.surface, ()):
            return None  # a file among others, somebody who came into a channel of ours
        if refusal.key == "stale":
            refusal.values = {"shown_by": knock.asked.shown_by}
        said = refused(refusal, self.language, command=self.command, now=self.now())
        if knock.origin.surface == "form":
            return answers.no(knock.body["view"], refusal.field, said)
        spoken, later = answers.divided(knock.origin, Reply([said]))
        if not later.messages:
            return spoken
        try:
            with self.storage.transaction() as session:
                answers.put(session, knock.origin, later, self.clock())
        except Unavailable:
            if knock.origin.response_url:
                self.whisper(knock.origin.response_url, {**said.payload(), "replace_original": False})
        return None

    def _introduce(self, knock: Knock, slack_id: str) -> Ack:
        """Ask Slack who somebody is; the request is answered after that."""
        payload = {**knock.again(), "user": slack_id}
        try:
            with self.storage.transaction() as session:
                key = f"stranger:{knock.origin.key}:{slack_id}"
                outbox.put(session, key=key, lane=slack_id, kind="errand", payload=payload, now=self.clock())
        except Unavailable:
            return self._refuse(knock, Refusal("away"))
        return None

    def _ask_which(self, knock: Knock, several: list[Group]) -> Ack:
        """Ask of which group; what was asked is kept until that is said."""
        origin, kept = knock.origin, knock.again()
        try:
            with self.storage.transaction() as session:
                number = requests.set_aside(session, origin.key, origin.slack_id, kept)
                reply = choices.question(several, number, origin, self.language)
                spoken, later = answers.divided(origin, reply)
                answers.put(session, origin, later, self.clock())
        except Unavailable:
            return self._refuse(knock, Refusal("away"))
        return self._shown(knock, reply) or spoken

    def attend_late(self, errand: dict[str, Any]) -> None:
        """Answer what was asked by or about somebody who has been introduced since. Twice does no harm."""
        self.attend(DOORS[errand["door"]](errand["body"]).late())

    def turn_away(self, origin: Origin, refusal: Refusal) -> None:
        """Tell whoever waits for an errand why nothing comes of it. Twice does no harm."""
        said = refused(refusal, self.language, command=self.command, now=self.now())
        with self.storage.transaction() as session:
            answers.put(session, origin, Reply([said]), self.clock())


def _heard(request: Request, knock: Knock) -> tuple[Any, ...]:
    """What is given: of a message its words, where Slack has codes for people, channels and addresses."""
    if knock.door != "chosen":
        return knock.given
    told = ((each, mentions.without_codes(request, each.get("text") or "")) for each in knock.given)
    return tuple({**each, "text": mentions.read_at_once(request, text)} for each, text in told)


def _named(request: Request, knock: Knock) -> dict[str, Any]:
    """What is named, in words where somebody has typed them, not in Slack's codes."""
    named = knock.named()
    if knock.door not in ("typed", "mentioned"):
        return named
    texts = {name: mentions.without_codes(request, each) for name, each in named.items() if isinstance(each, str)}
    if not knock.asked.names:
        texts = {name: mentions.read(request, each) for name, each in texts.items()}
    return named | texts


@contextmanager
def _speaking(visitor: Visitor) -> Iterator[None]:
    """A refusal from here on is said in the group's language and told by its clock."""
    try:
        yield
    except Refusal as refusal:
        if visitor.group:
            refusal.language, refusal.zone = visitor.group.language, visitor.group.zone
        raise


def bug(where: str) -> Refusal:
    """What is said of an error that is ours, which is logged under a reference that the person sees too."""
    reference = uuid4().hex[:8]
    log.exception("bug %s, %s", reference, where)
    return Refusal("bug", reference=reference)
