"""Parts of Slack's blocks that every template may call: texts in, blocks out. A macro takes several times as long.

What people wrote stands in rich_text or raw_text, where nothing is markup.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from templates.limits import Block


def said(text: str) -> Block:
    """A paragraph in mrkdwn, as `say` makes it."""
    return {"type": "section", "text": {"type": "mrkdwn", "text": text}}


def small(texts: Sequence[str]) -> Block:
    """Small print in mrkdwn."""
    return {"type": "context", "elements": [{"type": "mrkdwn", "text": text} for text in texts]}


def heading(text: str) -> Block:
    """A heading."""
    return rich([bold(text)])


def rich(texts: list[Block]) -> Block:
    """A paragraph of texts in which nothing is markup."""
    return {"type": "rich_text", "elements": [{"type": "rich_text_section", "elements": texts}]}


def bold(text: str) -> Block:
    """A bold text in a paragraph."""
    return {"type": "text", "text": text, "style": {"bold": True}}


def text(text: str) -> Block:
    """A text in a paragraph."""
    return {"type": "text", "text": text}


def listing(lines: Iterable[tuple[str, str]]) -> Block:
    """Lines in one paragraph, each with what is bold and the rest."""
    return rich([part for title, rest in lines for part in ([bold(title), text(rest)] if rest else [bold(title)])])


def cells(texts: Iterable[str]) -> list[Block]:
    """A row of a table; an empty cell is a dash."""
    return [{"type": "raw_text", "text": each or "–"} for each in texts]


PARTS = {each.__name__: each for each in (said, small, heading, rich, bold, text, listing, cells)}
