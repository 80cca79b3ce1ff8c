"""Pages of a channel's messages: from when to when, how many, and where the next one begins."""

from __future__ import annotations

from base64 import b64decode, b64encode
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, TypeVar

from . import limits
from .refused import Refused
from .workspace import Message, micros

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Page:
    """What was asked for; times in microseconds, the first and the last included."""

    oldest: int
    latest: int
    limit: int
    cursor: int | None

    @classmethod
    def asked(cls, args: Mapping[str, Any], usual: int, most: int) -> Page:
        """As the arguments have it, or Slack's refusal."""
        edge = 0 if flag(args, "inclusive") else 1
        return cls(
            oldest=_bound(args, "oldest", 0) + edge,
            latest=_bound(args, "latest", 10**18) - edge,
            limit=_limit(args, usual, most),
            cursor=_place(args["cursor"]) if args.get("cursor") else None,
        )

    def cut(self, messages: Sequence[Message], newest_first: bool) -> tuple[list[Message], str]:
        """This page of them, and the cursor of the next one or "". They come oldest first."""
        found = [m for m in messages if self.oldest <= micros(m.ts) <= self.latest]
        if newest_first:
            found = [m for m in reversed(found) if self.cursor is None or micros(m.ts) <= self.cursor]
        else:
            found = [m for m in found if self.cursor is None or micros(m.ts) >= self.cursor]
        rest = found[self.limit :]
        cursor = b64encode(f"next_ts:{micros(rest[0].ts)}".encode()).decode() if rest else ""
        return found[: self.limit], cursor


def flag(args: Mapping[str, Any], name: str) -> bool:
    """A yes or no, as JSON or as a form field."""
    return str(args.get(name, "")).lower() in ("1", "true")


def listed(items: Sequence[T], args: Mapping[str, Any], usual: int) -> tuple[list[T], str]:
    """A page of any list, and the cursor of the next one or ""."""
    limit = _limit(args, usual, limits.LIST_PAGE)
    try:
        asked = b64decode(str(args["cursor"])).decode() if args.get("cursor") else "next_item:0"
        first = int(asked.removeprefix("next_item:"))
    except ValueError:
        raise Refused("invalid_cursor") from None
    more = len(items) > first + limit
    cursor = b64encode(f"next_item:{first + limit}".encode()).decode() if more else ""
    return list(items[first : first + limit]), cursor


def _limit(args: Mapping[str, Any], usual: int, most: int) -> int:
    try:
        limit = int(args.get("limit") or usual)
    except (TypeError, ValueError):
        limit = 0
    if not 1 <= limit <= most:
        raise Refused("invalid_limit")
    return limit


def _bound(args: Mapping[str, Any], name: str, otherwise: int) -> int:
    try:
        return micros(str(args[name])) if args.get(name) else otherwise
    except ArithmeticError:
        raise Refused(f"invalid_ts_{name}") from None


def _place(cursor: str) -> int:
    try:
        return int(b64decode(cursor).decode().removeprefix("next_ts:"))
    except ValueError:
        raise Refused("invalid_cursor") from None
