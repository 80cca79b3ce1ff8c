"""How the bot answered what was brought to it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from .refused import Refused

Body = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Answer:
    """How the bot answered a delivery: the HTTP status (0: not at all; 200 for an ack by socket), how long it took, the
    body as JSON, and what the person reads at once. `error` is Slack's word for what went wrong; `errors` are what a
    form shows under its fields, by label. With error "not_submitted" Slack's client stopped the form by itself."""

    status: int = 0
    seconds: float = 0.0
    body: Body = field(default_factory=dict)
    plain: str = ""
    error: str = ""
    errors: Mapping[str, str] = field(default_factory=dict)
    final: bool = field(default=False, repr=False)


def refused(answer: Answer, why: Refused) -> Answer:
    """The same answer, with what Slack has against it."""
    return replace(answer, plain="; ".join([why.error, *why.messages]), error=why.error)


def failed(answer: Answer, who: str) -> Answer:
    """The same answer, with the words that the person reads when it went wrong."""
    if answer.error == "operation_timeout":
        words = f"{who} svarede ikke inden tre sekunder (operation_timeout)"
    else:
        words = f'{who} mislykkedes med fejlen "{answer.plain or answer.error}"'
    return replace(answer, plain=words)
