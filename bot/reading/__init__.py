"""Documents → values: what stands in an agenda, minutes or budget, and what the reader is in doubt about."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, Literal

from bot.agenda import Agenda
from bot.budgets import Budget


@dataclass(frozen=True, slots=True)
class Doubt:
    """Something a careful reader would ask about: a key of the phrases `doubt.{key}` and the values they take."""

    key: str
    values: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Reading:
    """What was read from one document."""

    kind: Literal["agenda", "minutes"]
    agenda: Agenda
    budgets: tuple[Budget, ...] = ()
    doubts: tuple[Doubt, ...] = ()
