"""The doors people knock at: what Slack sends from each, as one kind of value. Nothing is decided here."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from typing import Any

from bot import questions
from bot.commands import Match
from bot.refusals import Refusal
from bot.roles import ANYONE, SECRETARIAT
from bot.words import written
from handlers import fields
from handlers.declared import Declared, arguments, buttons, commands, forms, shortcuts, unknown, vocabulary, within
from handlers.request import LARGEST, Origin, Reply, Request, brought

Body = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Knock:
    """A request as it came in: from where, what is asked, with what, and about which group, where it says so.

    `door` and `body` are what is needed to knock again.
    """

    door: str
    body: Body
    origin: Origin
    asked: Declared
    given: tuple[Any, ...] = ()
    named: Callable[[], dict[str, Any]] = field(default=dict)
    group_id: int | None = None
    is_late: bool = False

    def again(self) -> dict[str, Any]:
        """What is needed to knock again, as JSON can keep it."""
        return {"door": self.door, "body": {name: each for name, each in self.body.items() if name != "token"}}

    def late(self) -> Knock:
        """The same knock once its acknowledgement has gone: the whole answer comes by letter."""
        answered = self.origin.surface in ("command", "form")
        return replace(self, is_late=True, origin=replace(self.origin, surface="button") if answered else self.origin)


def typed(body: Body) -> Knock:
    """A slash command."""
    origin = Origin(
        "command", body["trigger_id"], body["user_id"], body["channel_id"], body["response_url"], body["trigger_id"]
    )
    return _said("typed", body, origin, unescaped(body.get("text") or ""))


def pressed(body: Body) -> Knock:
    """A button, in a message, in a form or on the Home tab."""
    container, action, view = body["container"], body["actions"][0], body.get("view") or {}
    in_form = view.get("type") == "modal"
    _, channel, response_url, _ = brought(view.get("private_metadata"))
    origin = Origin(
        "button",
        f"{body['trigger_id']}",
        body["user"]["id"],
        container.get("channel_id") or channel,
        body.get("response_url") or response_url,
        body["trigger_id"],
        container.get("message_ts"),
        container.get("is_ephemeral", False),
        (view["id"], view["hash"]) if in_form else None,
        view=view if in_form else None,
    )
    group_id, *numbers = _numbers(action.get("value")) or [0]
    asked = buttons.get(action["action_id"])
    if asked is None:
        return Knock("pressed", body, origin, STALE, group_id=group_id)
    given = tuple(numbers)
    return Knock("pressed", body, origin, asked, given, lambda: fields.fitting(asked.handler, given, {}), group_id)


def submitted(body: Body) -> Knock:
    """A form that was filled in."""
    view = body["view"]
    group_id, channel, response_url, numbers = brought(view.get("private_metadata"))
    origin = Origin(
        "form", f"{view['id']}:{view['hash']}", body["user"]["id"], channel, response_url, body["trigger_id"], view=view
    )
    asked = forms.get(view.get("callback_id"))
    if asked is None:
        return Knock("submitted", body, origin, STALE, group_id=group_id)

    def named() -> dict[str, Any]:
        return fields.fitting(asked.handler, numbers, fields.read(view))

    return Knock("submitted", body, origin, asked, numbers, named, group_id)


def chosen(body: Body) -> Knock:
    """A shortcut, on a message or from anywhere."""
    channel = (body.get("channel") or {}).get("id")
    origin = Origin(
        "shortcut", body["trigger_id"], body["user"]["id"], channel, body.get("response_url"), body["trigger_id"]
    )
    words = (body["message"],) if "message" in body else ()
    return Knock("chosen", body, origin, shortcuts.get(body["callback_id"], STALE), words)


def mentioned(body: Body) -> Knock:
    """Words to the bot: a mention in a channel, or a message in its private chat."""
    event = body["event"]
    is_mention = event["type"] == "app_mention"
    thread = event.get("thread_ts") or event["ts"] if is_mention else None
    origin = Origin("words", body["event_id"], event["user"], event["channel"], thread=thread)
    words = unescaped(event.get("text") or "")
    if is_mention:
        words = words.partition(">")[2].strip(" ,:")
    return _said("mentioned", body, origin, words)


def dropped(body: Body) -> Knock:
    """A message with files, in a channel or in the bot's private chat."""
    event = body["event"]
    origin = Origin("file", body["event_id"], event["user"], event["channel"])
    files = tuple(each["id"] for each in event["files"])
    return Knock("dropped", body, origin, DROPPED, (body, files))


def joined(body: Body) -> Knock:
    """The bot was invited into a channel; of whoever did that, if Slack says."""
    event = body["event"]
    origin = Origin("joined", body["event_id"], event.get("inviter") or event["user"], event["channel"])
    return Knock("joined", body, origin, JOINED)


DOORS: dict[str, Callable[[Body], Knock]] = {
    each.__name__: each for each in (typed, pressed, submitted, chosen, mentioned, dropped, joined)
}


def unescaped(text: str) -> str:
    """What somebody typed, without Slack's entities; mentions stay as `<@U…>`."""
    return written(text).replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&").strip()


def _said(door: str, body: Body, origin: Origin, line: str) -> Knock:
    found = vocabulary.match(line) if line else vocabulary.match("help")
    if (found is None or (found.ignores_rest and questions.is_asked(line))) and questions.is_about_money(line):
        return Knock(door, body, origin, commands["budget ask"], named=lambda: {"question": within(line)})
    if found is None or found.is_too_long or (found.ignores_rest and _means_more(found, line)):

        def refuse(request: Request) -> Reply:
            raise unknown(line, request.member.roles)

        return Knock(door, body, origin, Declared("unknown", ANYONE, refuse, reads=True))
    asked = commands[found.command.name]
    return Knock(door, body, origin, asked, named=lambda: arguments(found.command, found.rest, line))


def _means_more(found: Match, line: str) -> bool:
    """Whether what a command does not take is most likely a word of a longer one, with a typing error."""
    return len((vocabulary.nearest(line) or "").split()) > len(found.command.da.split())


def _stale(*_: object) -> Reply:
    raise Refusal("stale")


def _fetch(request: Request, body: Body, files: tuple[str, ...]) -> Reply:
    for each in files:
        where = {"user": request.origin.slack_id, "channel": request.origin.channel, "group": request.group.id}
        request.errand(f"file:{each}", file=each, body=body, **where)
    return Reply()


JOINED = Declared("joined", ANYONE, lambda _: Reply(), reads=True)
DROPPED = Declared("file", SECRETARIAT, _fetch)
STALE = Declared("stale", ANYONE, _stale, reads=True)


def _numbers(value: str | None) -> list[int]:
    words = (value or "").split()
    numbers = [int(word) for word in words] if all(word.isdecimal() and len(word) < 19 for word in words) else []
    return numbers if not numbers or numbers[0] <= LARGEST else []
