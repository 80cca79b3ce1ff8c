"""What fits in one Slack message, and how to split what doesn't: nothing is ever cut off.

The limits are Slack's (docs.slack.dev, "Blocks", "Table block"); a message's whole size is undocumented, about 13,000
characters, so we stay below it.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

Block = dict[str, Any]

BLOCKS = 50
TEXT = 2900
WHOLE = 12_000
ROWS = 100
CELLS = 9_000
NOTICE = 3_000


@dataclass(frozen=True, slots=True)
class Message:
    """What one post, whisper or acknowledgement carries: the notification's text, and the blocks."""

    text: str
    blocks: tuple[Block, ...] = ()

    def payload(self) -> dict[str, Any]:
        """The message as Slack takes it."""
        return {"text": self.text, "blocks": list(self.blocks)}


def fit(text: str, blocks: Iterable[tuple[Block, int]], size: int) -> list[Message]:
    """The blocks as messages within Slack's limits, in order; what is too long goes on in the next.

    Each comes with its length as JSON, and `size` is that of all of them: what is short that way is short in every
    other, and most of it is, so that nothing more is measured.
    """
    text = text if len(text) <= NOTICE else text[: NOTICE - 1] + "…"
    pieces = [piece for block, length in blocks for piece in _pieces(block, length)]
    if size <= WHOLE and len(pieces) <= BLOCKS and not any(piece["type"] == "table" for piece in pieces[:-1]):
        return [Message(text, tuple(pieces))]
    return [Message(text, tuple(group)) for group in _packed(pieces)]


def _packed(pieces: Iterable[Block]) -> Iterator[list[Block]]:
    group: list[Block] = []
    size = 0
    for piece in pieces:
        is_table = piece["type"] == "table"
        length = 0 if is_table else len(json.dumps(piece, ensure_ascii=False))
        if group and (len(group) == BLOCKS or size + length > WHOLE or group[-1]["type"] == "table"):
            yield group
            group, size = [], 0
        group.append(piece)
        size += length
    if group:
        yield group


def _pieces(block: Block, length: int) -> Iterable[Block]:
    match block["type"]:
        case "rich_text" if length > TEXT:
            return _rich_texts(block)
        case "section" if length > TEXT and len(block.get("text", {}).get("text", "")) > TEXT:
            return ({**block, "text": {**block["text"], "text": part}} for part in split(block["text"]["text"]))
        case "table" if length > CELLS or len(block["rows"]) > ROWS:
            return _tables(block)
        case _:
            return (block,)


def _rich_texts(block: Block) -> Iterator[Block]:
    """The same text in as many rich_text blocks as it takes, parted between lines where there are any."""
    if sum(_length(element) for element in block["elements"]) <= TEXT:
        yield block
        return
    group: list[Block] = []
    size = 0
    for element in _lines(block["elements"]):
        length = len(json.dumps(element, ensure_ascii=False))
        if group and size + length > 2 * TEXT:
            yield {**block, "elements": _joined(group)}
            group, size = [_without_break(element)], length
        else:
            group.append(element)
            size += length
    yield {**block, "elements": _joined(group)}


def _lines(elements: Iterable[Block]) -> Iterator[Block]:
    """Sections parted into lines (a line begins with its break), lists into points, long lines into parts of lines."""
    for element in elements:
        if element["type"] == "rich_text_list":
            for number, point in enumerate(element["elements"]):
                yield from ({**element, "offset": number, "elements": [line]} for line in _lines([point]))
            continue
        line: list[Block] = []
        for part in element["elements"]:
            for number, text in enumerate(split(part["text"])):
                if line and (text.startswith("\n") or number):
                    yield {**element, "elements": line}
                    line = []
                line.append({**part, "text": text})
        yield {**element, "elements": line}


def _without_break(element: Block) -> Block:
    """A line as it stands first in a block."""
    first, *rest = element["elements"]
    if not first.get("text", "").startswith("\n"):
        return element
    return {**element, "elements": [{**first, "text": first["text"].lstrip("\n") or " "}, *rest]}


def _length(element: Block) -> int:
    """How much text there is in a section or list."""
    return sum(len(part["text"]) if "text" in part else _length(part) for part in element.get("elements", ()))


def _joined(elements: Iterable[Block]) -> list[Block]:
    """Neighbours of one kind put together again."""
    joined: list[Block] = []
    for element in elements:
        alike = {"elements": [], "offset": 0}
        if joined and {**joined[-1], **alike} == {**element, **alike}:
            joined[-1] = {**element, "elements": [*joined[-1]["elements"], *element["elements"]]}
        else:
            joined.append(element)
    return joined


def _tables(block: Block) -> Iterator[Block]:
    """The table in parts, each under the same head."""
    head, *rows = block["rows"]
    part, size = [head], _cells(head)
    for row in rows:
        if len(part) == ROWS or size + _cells(row) > CELLS:
            yield {**block, "rows": part}
            part, size = [head], _cells(head)
        part.append(row)
        size += _cells(row)
    yield {**block, "rows": part}


def _cells(row: list[Block]) -> int:
    return sum(len(cell.get("text", "")) for cell in row)


def split(text: str, limit: int = TEXT) -> list[str]:
    """The text in parts of at most `limit` characters, parted at a line's end or a space if there is one, never inside
    an entity such as &amp;.
    """
    parts = []
    while len(text) > limit:
        at = max(text.rfind("\n", 0, limit), text.rfind(" ", 0, limit)) + 1
        if at <= limit // 2:
            at = limit
            entity = text.rfind("&", at - 5, at)
            at = entity if entity > 0 and ";" not in text[entity:at] else at
        parts.append(text[:at])
        text = text[at:]
    return [*parts, text] if text else parts
