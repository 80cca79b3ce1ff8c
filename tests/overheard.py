"""Everything that the bot lets anybody read: what, and who reads it. Nothing it says gets past the stand-in."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Any

from tests.slack import StandIn, User
from tests.slack.contents import Contents


@dataclass(frozen=True, slots=True)
class Secret:
    """A word that stands in one place only, and who may read it."""

    word: str
    may: frozenset[User]


@dataclass(slots=True)
class Overheard:
    """What was said, by whom it was read: in channels and threads, privately, in forms, on Home, and in files."""

    slack: StandIn
    said: list[tuple[frozenset[str], str]] = field(default_factory=list)

    def listen(self) -> Overheard:
        """Hear all that is said from now on."""
        space, views = self.slack.workspace, self.slack._views
        _after(space, "post", self._posted)
        _after(space, "change", lambda message, *_: self._seen(message))
        _after(space, "whisper", lambda message, *_: self._seen(message))
        for name in ("open", "update", "publish", "put"):
            _after(views, name, lambda view, *_: self._hear([view.user], (view.body, view.errors_by_block)))
        return self

    def reached(self, secret: Secret) -> set[str]:
        """The ids of those who have read a secret."""
        return {each for readers, text in self.said if secret.word in text for each in readers}

    def leaks(self, secrets: Iterable[Secret]) -> list[str]:
        """Each secret that reached somebody it is not for."""
        names = self.slack.workspace.names
        return [
            f"{secret.word} reached {names[each]}"
            for secret in secrets
            for each in sorted(self.reached(secret) - {user.id for user in secret.may})
        ]

    def kept_from_their_own(self, secrets: Iterable[Secret]) -> list[str]:
        """Each secret that never reached somebody it is for."""
        return [
            f"{secret.word} never reached {user.name}"
            for secret in secrets
            for user in sorted(secret.may, key=lambda user: user.name)
            if user.id not in self.reached(secret)
        ]

    def _posted(self, message: Any, _channel: str, user: str, contents: Contents, *more: Any) -> None:
        if user == self.slack.bot.id:
            files = [(each.name, each.title, each.data.decode()) for each in message.files]
            self._hear(self._readers(message), (contents, files, *more))

    def _seen(self, message: Any) -> None:
        self._hear(self._readers(message), message)

    def _readers(self, message: Any) -> list[str]:
        members = self.slack.workspace.channels[message.channel].members
        return [message.whispered_to] if message.whispered_to else [m for m in members if m != self.slack.bot.id]

    def _hear(self, readers: Iterable[str], what: object) -> None:
        self.said.append((frozenset(readers), repr(what).casefold()))


def _after(thing: Any, name: str, hear: Callable[..., None]) -> None:
    """Let what came of a method be heard, with what it was given."""
    method = getattr(thing, name)

    def heard(*given: Any, **named: Any) -> Any:
        came = method(*given, **named)
        hear(came, *given, *named.values())
        return came

    setattr(thing, name, heard)
