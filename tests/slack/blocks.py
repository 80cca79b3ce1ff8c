"""The blocks that the bot sends, each with every field that it needs or may have. Whatever is not here is refused."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from . import limits
from .shapes import Check, Complaints, boolean, complaint, list_of, number, one_of, shape, string, typed

Block = dict[str, Any]


def complaints(blocks: object) -> list[str]:
    """What Slack would say against these blocks; nothing if they are well formed. Sums come in contents.py."""
    found = list(_BLOCKS(blocks, "/blocks"))
    if not found and isinstance(blocks, list):
        found += _repeated((block.get("block_id") for block in blocks), "/blocks", "block_id")
    return found


def elements(block: Mapping[str, Any]) -> list[Block]:
    """The buttons of a block, in order."""
    if block["type"] == "actions":
        return list(block["elements"])
    return [block["accessory"]] if "accessory" in block else []


def _repeated(ids: Iterable[str | None], path: str, name: str) -> Complaints:
    seen = set()
    for place, one in enumerate(ids):
        if one is not None and one in seen:
            yield complaint(f"`{name}` already exists", f"{path}/{place}/{name}")
        seen.add(one)


def _kind(needs: Mapping[str, Check], may: Mapping[str, Check] | None = None) -> Check:
    return shape({"type": _any_string, **needs}, may)


def _block(needs: Mapping[str, Check], may: Mapping[str, Check] | None = None) -> Check:
    return _kind(needs, {"block_id": string(limits.BLOCK_ID), **(may or {})})


_any_string = string(100)


# Text objects


def _plain(most: int) -> Check:
    return typed({"plain_text": _kind({"text": string(most)}, {"emoji": boolean})})


def _text(most: int) -> Check:
    return typed(
        {
            "plain_text": _kind({"text": string(most)}, {"emoji": boolean}),
            "mrkdwn": _kind({"text": string(most)}, {"verbatim": boolean}),
        }
    )


# Buttons

_CONFIRM = shape(
    {
        "title": _plain(limits.CONFIRM_TITLE),
        "text": _text(limits.CONFIRM_TEXT),
        "confirm": _plain(limits.CONFIRM_YES),
        "deny": _plain(limits.CONFIRM_NO),
    },
    {"style": one_of("primary", "danger")},
)

_BUTTON = typed(
    {
        "button": _kind(
            {"text": _plain(limits.BUTTON_TEXT)},
            {
                "action_id": string(limits.ACTION_ID),
                "value": string(limits.BUTTON_VALUE, least=0),
                "url": string(limits.BUTTON_URL),
                "style": one_of("primary", "danger"),
                "confirm": _CONFIRM,
                "accessibility_label": string(limits.BUTTON_LABEL),
            },
        )
    }
)


def _buttons(value: object, path: str) -> Complaints:
    yield from list_of(_BUTTON, limits.ACTIONS_ELEMENTS)(value, path)
    if isinstance(value, list):
        yield from _repeated((b.get("action_id") for b in value if isinstance(b, dict)), path, "action_id")


# Rich text

_long_string = string(limits.MESSAGE_TEXT)
_STYLE = shape({}, dict.fromkeys(("bold", "italic", "strike", "code"), boolean))
_MENTION_STYLE = shape(
    {}, dict.fromkeys(("bold", "italic", "strike", "highlight", "client_highlight", "unlink"), boolean)
)
_BORDER = {"border": number(0, limits.BORDER)}

_INLINE: dict[str, Check] = {
    "text": _kind({"text": _long_string}, {"style": _STYLE}),
    "link": _kind({"url": _long_string}, {"text": _long_string, "unsafe": boolean, "style": _STYLE}),
    "emoji": _kind({"name": _any_string}, {"unicode": _any_string}),
    "user": _kind({"user_id": _any_string}, {"style": _MENTION_STYLE}),
    "channel": _kind({"channel_id": _any_string}, {"style": _MENTION_STYLE}),
    "broadcast": _kind({"range": one_of("here", "channel", "everyone")}),
}
_LINE = list_of(typed(_INLINE), most=10_000)
_CODE = list_of(typed({kind: _INLINE[kind] for kind in ("text", "link")}), most=10_000)
_SECTION = _kind({"elements": _LINE})

_RICH_TEXT = {
    "elements": list_of(
        typed(
            {
                "rich_text_section": _SECTION,
                "rich_text_quote": _kind({"elements": _LINE}, _BORDER),
                "rich_text_preformatted": _kind({"elements": _CODE}, _BORDER),
                "rich_text_list": _kind(
                    {
                        "style": one_of("bullet", "ordered"),
                        "elements": list_of(typed({"rich_text_section": _SECTION}), most=10_000),
                    },
                    {"indent": number(0, limits.LIST_INDENT), "offset": number(0, 10_000), **_BORDER},
                ),
            }
        ),
        most=10_000,
    )
}


# The blocks


def _section(value: object, path: str) -> Complaints:
    yield from _block(
        {},
        {
            "text": _text(limits.SECTION_TEXT),
            "fields": list_of(_text(limits.SECTION_FIELD), limits.SECTION_FIELDS),
            "accessory": _BUTTON,
            "expand": boolean,
        },
    )(value, path)
    if isinstance(value, dict) and not {"text", "fields"} & set(value):
        yield complaint("missing required field: text or fields", path)


def _table(value: object, path: str) -> Complaints:
    cell = typed({"raw_text": _kind({"text": _long_string}), "rich_text": _kind(_RICH_TEXT)})
    column = shape({}, {"align": one_of("left", "center", "right"), "is_wrapped": boolean})
    yield from _block(
        {"rows": list_of(list_of(cell, limits.TABLE_COLUMNS), limits.TABLE_ROWS)},
        {"column_settings": list_of(column, limits.TABLE_COLUMN_SETTINGS)},
    )(value, path)
    rows = value.get("rows") if isinstance(value, dict) else None
    if isinstance(rows, list) and len({len(row) for row in rows if isinstance(row, list)}) > 1:
        yield complaint("all rows must have the same number of cells", f"{path}/rows")


_BLOCKS = list_of(
    typed(
        {
            "section": _section,
            "header": _block({"text": _plain(limits.HEADER_TEXT)}),
            "context": _block({"elements": list_of(_text(limits.CONTEXT_TEXT), limits.CONTEXT_ELEMENTS)}),
            "divider": _block({}),
            "actions": _block({"elements": _buttons}),
            "rich_text": _block(_RICH_TEXT),
            "table": _table,
            "markdown": _block({"text": string(limits.MARKDOWN_TEXT)}),
        }
    ),
    limits.MESSAGE_BLOCKS,
    least=0,
)
