"""What a message carries, read from a request and held against Slack's limits."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any
from uuid import uuid4

from . import limits
from .blocks import Block, complaints, elements
from .plain import read as read_plainly
from .refused import Refused

Metadata = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Contents:
    """Text, blocks and metadata that Slack takes. None of metadata: not given; empty: to be removed."""

    text: str = ""
    blocks: tuple[Block, ...] = ()
    metadata: Metadata | None = None


def read(args: Mapping[str, Any], longest: int = limits.MESSAGE_TEXT) -> Contents:
    """The contents that these arguments name, or Slack's refusal. Blocks and metadata may be JSON strings."""
    text = args.get("text", "")
    if not isinstance(text, str):
        raise Refused("invalid_arguments", ["[ERROR] must be a string [json-pointer:/text]"])
    blocks = _parsed(args.get("blocks") or [], "invalid_blocks_format")
    if not text.strip() and not blocks:
        raise Refused("no_text")
    if len(text) > longest:
        raise Refused("msg_too_long")
    if found := complaints(blocks):
        raise Refused("invalid_blocks", found)

    _check_sums(blocks)
    metadata = _metadata(args["metadata"]) if args.get("metadata") is not None else None
    return Contents(text, tuple(blocks), metadata)


def settled(contents: Contents) -> Contents:
    """The same, with an id for each block and button that came without one, as Slack gives them."""
    return replace(contents, blocks=tuple(_with_ids(block) for block in contents.blocks))


def _parsed(value: object, error: str) -> Any:
    if not isinstance(value, str):
        return value
    try:
        return json.loads(value)
    except ValueError:
        raise Refused(error) from None


def _check_sums(blocks: list[Block]) -> None:
    tables = [block for block in blocks if block["type"] == "table"]
    others = [block for block in blocks if block["type"] != "table"]
    if len(tables) > limits.MESSAGE_TABLES:
        raise Refused("invalid_attachments", ["[ERROR] only_one_table_allowed"])
    if sum(_length(table) for table in tables) > limits.TABLE_LENGTH:
        raise Refused("invalid_blocks", [f"[ERROR] the cells of a table hold at most {limits.TABLE_LENGTH} characters"])
    if sum(len(block["text"]) for block in others if block["type"] == "markdown") > limits.MARKDOWN_TEXT:
        raise Refused("msg_too_long")
    if len(json.dumps(others, ensure_ascii=False)) > limits.MESSAGE_BLOCKS_LENGTH:
        raise Refused("msg_blocks_too_long")


def _length(table: Block) -> int:
    cells = [cell for row in table["rows"] for cell in row]
    return sum(len(read_plainly("", [{"type": "table", "rows": [[cell]]}], {})) for cell in cells)


def _metadata(value: object) -> Metadata:
    metadata = _parsed(value, "invalid_metadata_format")
    if metadata == {}:
        return {}
    if not isinstance(metadata, dict) or set(metadata) != {"event_type", "event_payload"}:
        raise Refused("invalid_metadata_format")
    kind, payload = metadata["event_type"], metadata["event_payload"]
    if not isinstance(kind, str) or not re.fullmatch(r"[\w.:-]+", kind) or len(kind) > limits.METADATA_EVENT_TYPE:
        raise Refused("invalid_metadata_format")
    if not isinstance(payload, dict):
        raise Refused("invalid_metadata_format")
    if len(json.dumps(metadata, ensure_ascii=False)) > limits.METADATA_LENGTH:
        raise Refused("metadata_too_large")
    return metadata


def _with_ids(block: Block) -> Block:
    named: Block = {"block_id": uuid4().hex[:5], **block}
    inside = [{"action_id": uuid4().hex[:5], **element} for element in elements(block)]
    if block["type"] == "actions":
        return {**named, "elements": inside}
    if block["type"] == "input":
        return {**named, "element": inside[0]}
    return {**named, "accessory": inside[0]} if inside else named
