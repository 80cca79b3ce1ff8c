"""Everything that stands in the workspace, as text: what a test that failed has to look at."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from .views import Views
from .workspace import Message, Workspace


def of(workspace: Workspace, views: Views, withheld: Mapping[str, str]) -> str:
    """All channels, and all open forms; and which events the bot was not told of for want of a scope."""
    return "\n".join([*_channels(workspace), *_forms(workspace, views), *_withheld(withheld)])


def _channels(workspace: Workspace) -> Iterator[str]:
    for channel in list(workspace.channels.values()):
        yield f"#{channel.name} {channel.id}"
        for message in workspace.history(channel.id):
            yield _drawn(message)
            yield from (_drawn(reply, "    ") for reply in workspace.replies(channel.id, message.ts))
        for user in list(workspace.users.values()):
            whispers = workspace.whispers(user.id, channel.id)
            yield from (_drawn(whisper, f"  (to {user.name}) ") for whisper in whispers)


def _forms(workspace: Workspace, views: Views) -> Iterator[str]:
    for user, stack in list(views.stacks.items()):
        for view in list(stack):
            said = view.plain.replace("\n", "\n    ")
            yield f"form of {workspace.names[user]}: {said}"


def _withheld(withheld: Mapping[str, str]) -> Iterator[str]:
    for event, scope in withheld.items():
        yield f"the bot was not told of {event}: it has no scope {scope}"


def _drawn(message: Message, indent: str = "  ") -> str:
    said = message.plain.replace("\n", f"\n{indent}  ")
    return f"{indent}{message.names.get(message.user, message.user)}: {said}"
