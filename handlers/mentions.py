"""Who and what is mentioned: a text that was typed in Slack, read as words when it arrives, so that it is kept so."""

from __future__ import annotations

from bot import mentions as rules
from handlers.request import Request, Stranger
from storage import groups


def read(request: Request, text: str) -> str:
    """The text with the names of those it mentions; somebody Slack was not asked about yet is a stranger."""
    mentioned = rules.people(text)
    names = groups.names(request.reader, mentioned)
    for slack_id in sorted(mentioned - names.keys()):
        raise Stranger(slack_id)
    return rules.named(text, names)


def read_at_once(request: Request, text: str) -> str:
    """The same where there is no time to ask Slack: who is unknown is called what Slack says, else that."""
    names = groups.names(request.reader, rules.people(text))
    return rules.named(text, names, request.voice.plain("mention.person"))


def without_codes(request: Request, text: str) -> str:
    """The text with the names of channels and with addresses as they were typed; people stay as Slack has them."""
    return rules.read(text, request.voice.plain("mention.channel"))
