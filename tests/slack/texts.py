"""Text objects, and the shape that everything with a `type` has."""

from __future__ import annotations

from collections.abc import Mapping

from .shapes import Check, boolean, shape, string, typed

any_string = string(100)


def kind(needs: Mapping[str, Check], may: Mapping[str, Check] | None = None) -> Check:
    """An object with a `type` and these fields."""
    return shape({"type": any_string, **needs}, may)


def plain_text(most: int, least: int = 1) -> Check:
    """Words as they are."""
    return typed({"plain_text": kind({"text": string(most, least)}, {"emoji": boolean})})


def any_text(most: int) -> Check:
    """Words as they are, or in Slack's own markup."""
    return typed(
        {
            "plain_text": kind({"text": string(most)}, {"emoji": boolean}),
            "mrkdwn": kind({"text": string(most)}, {"verbatim": boolean}),
        }
    )
