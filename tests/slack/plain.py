"""Reading a message as a person does: its text, its buttons, and whom it pings."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from .blocks import Block, elements

Names = Mapping[str, str]

_ANGLES = re.compile(r"<([^<>]*)>")
_PING = re.compile(r"<(?:@[UW]\w+|!(?:channel|here|everyone|subteam\^\w+))(?:\|[^<>]*)?>")
# *bold*, _italic_, ~struck~ and `code`: the mark hugs the words and stands at their edge.
_MARKED = re.compile(r"(?<!\w)([*_~`])(?=\S)([^\n]*?\S)\1(?!\w)")


def read(text: str, blocks: list[Block], names: Names) -> str:
    """All that a person reads, in order. Where there are blocks, Slack shows them and not the text."""
    if not blocks:
        return mrkdwn(text, names)
    return "\n".join(filter(None, (_block(block, names) for block in blocks)))


def buttons(blocks: list[Block]) -> list[tuple[Block, Block]]:
    """Each button with its block, in order."""
    return [pair for pair in _elements(blocks) if pair[1]["type"] == "button"]


def picks(blocks: list[Block]) -> list[tuple[Block, Block]]:
    """Each menu, date, box or field with its block, in order: all that is not a button."""
    return [pair for pair in _elements(blocks) if pair[1]["type"] != "button"]


def _elements(blocks: list[Block]) -> list[tuple[Block, Block]]:
    return [(block, element) for block in blocks for element in elements(block)]


def pings(text: str, blocks: list[Block]) -> list[str]:
    """The mentions that would call somebody, once each: `<!channel>`, `<@U…>`. Raw and rich text call nobody."""
    found = [token for source in [text, *_mrkdwn_sources(blocks)] for token in _PING.findall(source)]
    found += [f"<!{e['range']}>" for e in _inline(blocks) if e["type"] == "broadcast"]
    found += [f"<@{e['user_id']}>" for e in _inline(blocks) if e["type"] == "user"]
    return list(dict.fromkeys(re.sub(r"\|[^<>]*", "", token) for token in found))


def unescape(text: str) -> str:
    """`&lt;` `&gt;` `&amp;`, the only three that Slack knows, as they are read."""
    return text.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")


def escape(text: str) -> str:
    """The other way: as Slack hands on what a person typed."""
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def mrkdwn(text: str, names: Names) -> str:
    """Marks taken off, mentions and links as words, escapes undone."""
    bare = text
    while (fewer := _MARKED.sub(r"\2", bare)) != bare:
        bare = fewer
    return unescape(_ANGLES.sub(lambda angle: _mention(angle[1], names), bare))


def _mention(inside: str, names: Names) -> str:
    target, _, label = inside.partition("|")
    if target.startswith("@"):
        return "@" + names.get(target[1:], target[1:])
    if target.startswith("#"):
        return "#" + names.get(target[1:], label or target[1:])
    if target.startswith("!"):
        return label or "@" + target[1:]
    return label or target


def _block(block: Block, names: Names) -> str:
    match block["type"]:
        case "table":
            said = "\n".join(" | ".join(_cell(cell, names) for cell in row) for row in block["rows"])
        case "rich_text":
            said = _rich_text(block, names)
        case "markdown":
            said = _markdown(block["text"], names)
        case "context":
            said = " ".join(_text(element, names) for element in block["elements"])
        case "image":
            said = _picture(block, names)
        case "input":
            said = f"{unescape(block['label']['text'])}: {words(block['element'])}"
        case _:
            said = _section(block, names)
    return said


def _section(block: Block, names: Names) -> str:
    texts = [block["text"]] if "text" in block else []
    lines = [_text(text, names) for text in [*texts, *block.get("fields", [])]]
    if found := elements(block):
        lines.append(" ".join(words(element) for element in found))
    elif "accessory" in block:
        lines.append(_picture(block["accessory"], names))
    return "\n".join(lines)


def words(element: Block) -> str:
    """What stands on something that one presses or picks, in brackets."""
    if element["type"] in ("radio_buttons", "checkboxes"):
        return " ".join(f"[{unescape(option['text']['text'])}]" for option in element["options"])
    shown = element.get("text") or element.get("placeholder")
    return f"[{unescape(shown['text']) if shown else '…'}]"


def _picture(image: Block, names: Names) -> str:
    title = f"{_text(image['title'], names)}: " if "title" in image else ""
    return f"[{title}{unescape(image['alt_text'])}]"


def _text(text: Block, names: Names) -> str:
    if text["type"] == "image":
        return _picture(text, names)
    return mrkdwn(text["text"], names) if text["type"] == "mrkdwn" else unescape(text["text"])


def _markdown(text: str, names: Names) -> str:
    bare = re.sub(r"^#{1,6} +", "", text, flags=re.M)
    return mrkdwn(re.sub(r"\[([^\]]+)\]\([^)\s]+\)", r"\1", bare), names)


def _cell(cell: Block, names: Names) -> str:
    return str(cell["text"]) if cell["type"] == "raw_text" else _rich_text(cell, names)


def _rich_text(block: Block, names: Names) -> str:
    return "\n".join(_rich_part(part, names) for part in block["elements"])


def _rich_part(part: Block, names: Names) -> str:
    if part["type"] != "rich_text_list":
        return "".join(_word(element, names) for element in part["elements"])
    indent, first = "    " * part.get("indent", 0), part.get("offset", 0) + 1
    numbered = part["style"] == "ordered"
    items = [_rich_part(item, names) for item in part["elements"]]
    return "\n".join(f"{indent}{f'{n}.' if numbered else '•'} {item}" for n, item in enumerate(items, first))


def _word(element: Block, names: Names) -> str:
    match element["type"]:
        case "link":
            return str(element.get("text", element["url"]))
        case "emoji":
            return f":{element['name']}:"
        case "user":
            return "@" + names.get(element["user_id"], element["user_id"])
        case "channel":
            return "#" + names.get(element["channel_id"], element["channel_id"])
        case "broadcast":
            return f"@{element['range']}"
        case _:
            return str(element["text"])


def _mrkdwn_sources(blocks: list[Block]) -> Iterator[str]:
    for thing in _walk(blocks):
        if thing.get("type") in ("mrkdwn", "markdown"):
            yield thing["text"]


def _inline(blocks: list[Block]) -> Iterator[Block]:
    return (thing for thing in _walk(blocks) if thing.get("type") in ("broadcast", "user"))


def _walk(thing: Any) -> Iterator[Block]:
    if isinstance(thing, dict):
        yield thing
        yield from _walk(list(thing.values()))
    elif isinstance(thing, list):
        for each in thing:
            yield from _walk(each)
