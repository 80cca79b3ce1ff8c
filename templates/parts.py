"""Parts of Slack's blocks that every template may call: texts in, blocks out. A macro takes several times as long.

What people wrote stands in rich_text or raw_text, where nothing is markup.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import groupby, pairwise
from typing import Any

from templates.limits import Block

LISTS = {"bullet": "bullet", "number": "ordered"}


def said(text: str) -> Block:
    """A paragraph in which nothing is markup, as `plain` makes it."""
    return {"type": "section", "text": {"type": "plain_text", "text": text, "emoji": False}}


def marked(text: str) -> Block:
    """A paragraph in mrkdwn, as `say` makes it: for our own markup, never for what people wrote."""
    return {"type": "section", "text": {"type": "mrkdwn", "text": text, "verbatim": True}}


def small(texts: Sequence[str]) -> Block:
    """Small print in which nothing is markup."""
    return {"type": "context", "elements": [{"type": "plain_text", "text": text, "emoji": False} for text in texts]}


def heading(text: str) -> Block:
    """A heading."""
    return rich([bold(text)])


def rich(texts: list[Block]) -> Block:
    """A paragraph of texts in which nothing is markup."""
    return {"type": "rich_text", "elements": [section(texts)]}


def bold(text: str) -> Block:
    """A bold text in a paragraph."""
    return {"type": "text", "text": text, "style": {"bold": True}}


def text(text: str) -> Block:
    """A text in a paragraph."""
    return {"type": "text", "text": text}


def linked(channel: str) -> Block:
    """A channel in a paragraph, as its name."""
    return {"type": "channel", "channel_id": channel}


def listing(lines: Iterable[tuple[str, str]]) -> Block:
    """Lines in one paragraph, each with what is bold and the rest."""
    return rich([part for title, rest in lines for part in ([bold(title), text(rest)] if rest else [bold(title)])])


def under(title: str, blocks: Sequence[Any], style: str = "") -> Block:
    """Paragraphs, points and sub-headings under a title; `style` is that of all of them, where they have none."""
    parts = [section([bold(title)])] if title else []
    for kind, group in groupby(blocks, key=lambda each: style or each.style):
        if kind in LISTS:
            points = [section([text(each.text)]) for each in group]
            parts.append({"type": "rich_text_list", "style": LISTS[kind], "elements": points})
        else:
            parts += [section([bold(each.text) if kind == "heading" else text(each.text)]) for each in group]
    return {"type": "rich_text", "elements": _parted(parts)}


def _parted(parts: list[Block]) -> list[Block]:
    """A line's end after each paragraph that another follows; lists begin and end their own lines."""
    for part, following in pairwise(parts):
        if part["type"] == following["type"] == "rich_text_section":
            part["elements"][-1]["text"] += "\n"
    return parts


def section(texts: list[Block]) -> Block:
    """A paragraph within a rich text."""
    return {"type": "rich_text_section", "elements": texts}


def table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> Block:
    """A table of texts: the first column to the left and as high as it needs, amounts to the right."""
    columns = [{"align": "left", "is_wrapped": True}, *[{"align": "right"} for _ in head[1:]]]
    return {"type": "table", "column_settings": columns, "rows": [cells(head), *map(cells, rows)]}


def cells(texts: Iterable[str]) -> list[Block]:
    """A row of a table; an empty cell is a dash."""
    return [{"type": "raw_text", "text": each or "–"} for each in texts]


EVERY = (said, marked, small, heading, rich, bold, text, linked, listing, under, table)
PARTS = {each.__name__: each for each in EVERY}
