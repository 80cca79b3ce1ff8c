"""The blocks that the bot sends, each with every field that it needs or may have. Whatever is not here is refused."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from . import limits
from .elements import ACCESSORIES, ACTIONS, IMAGE, IMAGE_SOURCE, INPUTS, MODAL_INPUTS, one_source
from .shapes import Check, Complaints, boolean, complaint, list_of, number, one_of, shape, string, typed
from .texts import any_string as _any_string
from .texts import any_text, plain_text
from .texts import kind as _kind

Block = dict[str, Any]


def complaints(blocks: object, surface: str = "message", path: str = "/blocks") -> list[str]:
    """What Slack would say against these blocks on a message, a modal or the Home tab; nothing if they are well formed.
    Sums come in contents.py."""
    found = list(_SURFACES[surface](blocks, path))
    if not found and isinstance(blocks, list):
        found += _repeated((block.get("block_id") for block in blocks), path, "block_id")
    return found


def elements(block: Mapping[str, Any]) -> list[Block]:
    """What one can press, pick or fill in in a block, in order."""
    if block["type"] == "actions":
        return list(block["elements"])
    if block["type"] == "input":
        return [block["element"]]
    return [block["accessory"]] if block.get("accessory", {}).get("type", "image") != "image" else []


def _repeated(ids: Iterable[str | None], path: str, name: str) -> Complaints:
    seen = set()
    for place, one in enumerate(ids):
        if one is not None and one in seen:
            yield complaint(f"`{name}` already exists", f"{path}/{place}/{name}")
        seen.add(one)


def _block(needs: Mapping[str, Check], may: Mapping[str, Check] | None = None) -> Check:
    return _kind(needs, {"block_id": string(limits.BLOCK_ID), **(may or {})})


def _actions(value: object, path: str) -> Complaints:
    yield from list_of(typed(ACTIONS), limits.ACTIONS_ELEMENTS)(value, path)
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
            "text": any_text(limits.SECTION_TEXT),
            "fields": list_of(any_text(limits.SECTION_FIELD), limits.SECTION_FIELDS),
            "accessory": typed(ACCESSORIES),
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


def _image(value: object, path: str) -> Complaints:
    may = {**IMAGE_SOURCE, "title": plain_text(limits.IMAGE_TITLE)}
    yield from _block({"alt_text": string(limits.IMAGE_ALT)}, may)(value, path)
    yield from one_source(value, path)


def _context(value: object, path: str) -> Complaints:
    texts = any_text(limits.CONTEXT_TEXT)
    for place, element in enumerate(value if isinstance(value, list) else []):
        image = isinstance(element, dict) and element.get("type") == "image"
        yield from (IMAGE if image else texts)(element, f"{path}/{place}")
    yield from list_of(_anything, limits.CONTEXT_ELEMENTS)(value, path)


def _anything(_value: object, _path: str) -> Complaints:
    yield from ()


def _input(inputs: Mapping[str, Check]) -> Check:
    return _block(
        {"label": plain_text(limits.INPUT_LABEL), "element": typed(inputs)},
        {"hint": plain_text(limits.INPUT_HINT), "optional": boolean, "dispatch_action": boolean},
    )


_EVERYWHERE: dict[str, Check] = {
    "section": _section,
    "header": _block({"text": plain_text(limits.HEADER_TEXT)}),
    "context": _block({"elements": _context}),
    "divider": _block({}),
    "actions": _block({"elements": _actions}),
    "rich_text": _block(_RICH_TEXT),
    "image": _image,
    "input": _input(INPUTS),
}
_MESSAGE = {**_EVERYWHERE, "table": _table, "markdown": _block({"text": string(limits.MARKDOWN_TEXT)})}
_SURFACES: dict[str, Check] = {
    "message": list_of(typed(_MESSAGE), limits.MESSAGE_BLOCKS, least=0),
    "modal": list_of(typed({**_EVERYWHERE, "input": _input(MODAL_INPUTS)}), limits.VIEW_BLOCKS, least=0),
    "home": list_of(typed(_EVERYWHERE), limits.VIEW_BLOCKS, least=0),
}
