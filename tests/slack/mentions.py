"""What a person types, as Slack hands it on: `& < >` as entities, and names, channels and addresses in angles."""

from __future__ import annotations

import re
from collections.abc import Iterable

from .plain import escape, unescape
from .workspace import Channel, User, Workspace

_ADDRESS = re.compile(r"(?<![<|\w])(https?://[^\s<>|]*[^\s<>|.,;:!?)\]'\"])")
_MAIL = re.compile(r"(?<![\w@<|:/.-])([\w.+-]+@[\w-]+(?:\.[\w-]+)+)(?![\w@])")
_ALL = re.compile(r"(?<![\w.@])@(channel|here|everyone)\b")


def in_command(workspace: Workspace, text: str) -> str:
    """As with `should_escape` in the manifest: a mention carries its name."""
    return _channels(workspace, _people(workspace, escape(text), named=True), named=True)


def in_message(workspace: Workspace, text: str) -> str:
    """As in a message event: mentions are bare, addresses in angles, and @channel calls the channel."""
    escaped = _MAIL.sub(r"<mailto:\1|\1>", _ADDRESS.sub(r"<\1>", escape(text)))
    called = _ALL.sub(r"<!\1>", escaped)
    return _channels(workspace, _people(workspace, called, named=False), named=False)


def _people(workspace: Workspace, text: str, named: bool) -> str:
    people = {name.lower(): user for user in workspace.users.values() for name in (user.name, user.handle)}

    def mention(match: re.Match[str]) -> str:
        user: User = people[unescape(match[1]).lower()]
        return f"<@{user.id}|{user.handle}>" if named else f"<@{user.id}>"

    return re.sub(rf"(?<![\w.])@({_any_of(people)})(?!\w)", mention, text, flags=re.I)


def _channels(workspace: Workspace, text: str, named: bool) -> str:
    rooms = {channel.name: channel for channel in workspace.channels.values() if not channel.private_chat}

    def link(match: re.Match[str]) -> str:
        channel: Channel = rooms[unescape(match[1])]
        return f"<#{channel.id}|{channel.name if named else ''}>"

    return re.sub(rf"(?<![\w.&])#({_any_of(rooms)})(?![\w-])", link, text) if rooms else text


def _any_of(names: Iterable[str]) -> str:
    return "|".join(sorted(map(re.escape, names), key=len, reverse=True))
