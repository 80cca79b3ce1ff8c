"""Where a test steps into a call: before it has effect, or after its effect and before its answer."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

Args = dict[str, Any]
Hook = Callable[[Args], object]
Moment = Literal["before", "after"]


class Drop(Exception):
    """The connection is closed without an answer."""


class Fault(Exception):
    """This HTTP answer is given instead of Slack's own."""

    def __init__(self, status: int, headers: Mapping[str, str] | None = None, body: str = "") -> None:
        super().__init__(status, body)
        self.status = status
        self.headers = dict(headers or {})
        self.body = body


@dataclass(frozen=True, slots=True)
class Call:
    """A call that the bot made, and what it was told. `method` is "response_url" where it used one."""

    method: str
    args: Args
    ok: bool
    error: str = ""


@dataclass(slots=True)
class Hooks:
    """The hooks of each method, in the order in which they came."""

    _hooks: dict[tuple[Moment, str], list[Hook]] = field(default_factory=dict)

    def add(self, moment: Moment, method: str, hook: Hook) -> Callable[[], None]:
        """Let `hook` run; what comes back takes it away again, and may be called twice."""
        hooks = self._hooks.setdefault((moment, method), [])
        hooks.append(hook)

        def remove() -> None:
            if hook in hooks:
                hooks.remove(hook)

        return remove

    def __bool__(self) -> bool:
        """Whether there are any."""
        return any(self._hooks.values())

    def run(self, moment: Moment, method: str, args: Args) -> None:
        """Run them; each may raise Drop or Fault."""
        for hook in list(self._hooks.get((moment, method), [])):
            hook(args)
