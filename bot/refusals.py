"""A kind no, by key: the phrase `refusal.{key}` says what is wrong and what to do instead."""

from __future__ import annotations

from typing import Any

from bot.groups import Language


class Refusal(Exception):
    """The request can't be met for a reason its sender can act on: the phrase `refusal.{key}`, filled in by `values`.

    `language` and `zone` are the group's, once it is known which group it is about; `field` is the field of a form
    that it is about.
    """

    def __init__(self, key: str, **values: Any) -> None:
        super().__init__(key, values)
        self.key = key
        self.values = values
        self.language: Language | None = None
        self.zone: str | None = None
        self.field: str | None = None

    def at(self, field: str) -> Refusal:
        """The same refusal, about one field of a form."""
        self.field = field
        return self
