"""Who knocks from where no group is named, and is in several: which one it is about, asked once and remembered."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from bot.groups import Group, Language
from bot.refusals import Refusal
from bot.roles import ANYONE, Role
from handlers.declared import button, command
from handlers.doors import DOORS
from handlers.request import Origin, Reply, Request, Stranger, carried
from storage import groups, requests, whereabouts
from templates import Message, Voice, message
from templates.limits import BLOCKS

NOTHING = 0  # asked for its own sake: nothing is to be answered after that


@command("group", da="gruppe", may=ANYONE, of_all=True)
def ask(request: Request) -> Reply:
    """Choose which of your groups your private messages to the bot are about."""
    me = request.member.person.slack_id
    mine = whereabouts.groups_of(request.session, me, request.today)
    several = [each.group for each in mine if each.group]
    if len(several) < 2 and request.origin.surface == "command":
        raise Stranger(me)  # Slack may know of more by now; a late answer is no command's any more
    if len(several) < 2:
        raise Refusal("one_group")
    return Reply(_asked(several, NOTHING, request.language))


@button("group choose", may=ANYONE)
def choose(request: Request, number: int) -> Reply:
    """It is about this group from now on; what was asked is answered."""
    me = request.member.person.slack_id
    whereabouts.choose(request.session, me, request.group.id)
    reply = _answered(request, requests.take_up(request.session, number, me)) if number else Reply()
    if reply.messages:
        return replace(told(request, reply), update=True)
    if request.origin.form:
        return replace(reply, update=True)
    return replace(reply, messages=request.written("choices/chosen"), update=True)


def question(several: Sequence[Group], number: int, origin: Origin, language: Language) -> Reply:
    """Which of several groups it is about, a button each: said, or in a form to somebody who is nowhere."""
    spoken = {each.language for each in several}
    voice = Voice(spoken.pop() if len(spoken) == 1 else language)
    asked = _asked(several, number, voice.language)
    if origin.channel or not origin.trigger_id:
        return Reply(asked)
    words = {"title": voice.plain("choice.title"), "close": voice.plain("button.close")}
    titled = {name: {"type": "plain_text", "text": text} for name, text in words.items()}
    about = {"callback_id": "group choose", "private_metadata": carried(NOTHING, origin, ())}
    return Reply(view={"type": "modal", **titled, **about, "blocks": list(asked[0].blocks)})


def told(request: Request, reply: Reply) -> Reply:
    """The same answer, saying which group it is about. The desk has every form say so that is opened, drawn anew or
    followed by its next step where nothing around it does.
    """
    said = list(request.written("choices/told")[0].blocks)
    if reply.view:
        return replace(reply, view={**reply.view, "blocks": [*said, *reply.view["blocks"]]})
    if not reply.messages or len(reply.messages[-1].blocks) >= BLOCKS:
        return reply
    *others, last = reply.messages
    return replace(reply, messages=[*others, replace(last, blocks=(*last.blocks, *said))])


def _answered(request: Request, kept: dict[str, Any]) -> Reply:
    """What was asked, answered of the group that was chosen, if they may ask it there."""
    knock = DOORS[kept["door"]](kept["body"])
    if not request.member.may(knock.asked.may):
        secretary = groups.holder(request.session, request.group.id, Role.SECRETARY, request.today)
        raise Refusal(knock.asked.refuse, secretary=secretary and secretary.name)
    return knock.asked.handler(request, *knock.given, **knock.named())


def _asked(several: Sequence[Group], number: int, language: Language) -> list[Message]:
    return message("choices/asked", language, several=several, number=number)
