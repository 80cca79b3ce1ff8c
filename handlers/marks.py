"""Marks: each field of a form carries, as its action id, a mark of what it was drawn with.

A form that comes back is drawn anew: where a mark is another now, somebody has changed that meanwhile, and where a
field does not say any more what its mark stands for, whoever sent it has written there. Slack keeps what stands in a
field whose ids stay as they were, and draws it anew where they don't.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any, Literal
from zlib import crc32

from bot.words import written

View = dict[str, Any]
Fate = Literal["changed", "both", "new", "gone", "gone_kept"]
NOTHING = "0"  # the mark of a field in which nothing stands, or that is not there


@dataclass(frozen=True, slots=True)
class Change:
    """What became of a field meanwhile: its label, and where both wrote in it (`both`) what it says now, or whom."""

    name: str
    label: str
    fate: Fate
    now: str | date = ""
    people: tuple[str, ...] = ()


def mark(*values: object) -> int:
    """A whole number that tells whether some values are what they were."""
    return crc32(repr(values).encode()) & 0x7FFFFFFF


def marked(view: View) -> View:
    """A form each of whose fields carries its mark."""
    return {**view, "blocks": [_with_id(each, _drawn(each)) if _asks(each) else each for each in view["blocks"]]}


def changes(sent: View, now: View) -> list[Change]:
    """What has changed since a form was drawn that somebody sent, in the order of the form; nothing where both wrote
    the same.
    """
    was, mine, theirs = _were(sent), _written(sent), _fields(now)
    touched = {name for name, each in mine.items() if was[name] not in (each, None)}
    gone = {name for name, each in was.items() if name not in theirs and each != NOTHING}
    found = []
    for name, block in {**_fields(sent), **theirs}.items():
        stands = _drawn(theirs[name]) if name in theirs else NOTHING
        if stands in (mine.get(name, NOTHING), was.get(name, NOTHING)) or was.get(name, NOTHING) is None:
            continue
        label = block["label"]["text"]
        if name not in mine:
            found.append(Change(name, label, "new"))
        elif name not in theirs:
            found.append(Change(name, label, "gone_kept" if touched & _row(name, gone) else "gone"))
        elif name in touched:
            found.append(Change(name, label, "both", *_said(block["element"])))
        else:
            found.append(Change(name, label, "changed"))
    return found


def merged(sent: View, now: View, changed: Collection[Change], gone: str) -> View:
    """The form as it is drawn now, with what somebody wrote in the one they sent; `gone` is added to the label of what
    they wrote in a field that is no more.
    """
    fates, was, there = {each.name: each.fate for each in changed}, _were(sent), _fields(now)
    states = {name: state for name, (_, state) in _states(sent).items()}
    mine = {name: state for name, state in states.items() if name not in there or _mark(state) != was[name]}

    def kept(field: View) -> View:
        name: str = field["block_id"]
        filled = _filled(field, mine[name]) if name in mine else field
        return _labelled(filled, gone) if fates.get(name) == "gone_kept" else filled

    removed = {name for name, fate in fates.items() if fate == "gone"}
    blocks = [
        _with_id(kept(each), _drawn(each) if each["block_id"] in there else NOTHING) if _asks(each) else each
        for each in _joined(sent, now, without=removed)
    ]
    return {**now, "blocks": blocks}


def extended(sent: View, now: View) -> View:
    """The form that is open, with what is new in it as it is drawn now; what stands in its fields stays as it is."""
    was = {name: each["element"]["action_id"] for name, each in _fields(sent).items()}
    blocks = [
        _with_id(each, was[each["block_id"]]) if each.get("block_id") in was else each for each in _joined(sent, now)
    ]
    return {**now, "blocks": blocks}


def _joined(sent: View, now: View, without: Collection[str] = ()) -> list[View]:
    """The blocks of a form as it is drawn now, and those fields of the one that was sent that are not among them."""
    blocks, place = list(now["blocks"]), 0
    for name, block in _fields(sent).items():
        at = next((n for n, each in enumerate(blocks) if each.get("block_id") == name), None)
        if at is not None:
            place = at + 1
        elif name not in without:
            blocks.insert(place, block)
            place += 1
    return blocks


def _fields(view: View) -> dict[str, View]:
    return {each["block_id"]: each for each in view["blocks"] if _asks(each)}


def _asks(block: View) -> bool:
    return bool(block["type"] == "input")


def _states(view: View) -> dict[str, tuple[str, View]]:
    """What stands in each field of a form that was sent, with its mark."""
    fields = _fields(view)
    values = {name: each for name, each in view["state"]["values"].items() if name in fields}
    return {name: (action, state) for name, each in values.items() for action, state in each.items()}


def _were(view: View) -> dict[str, str | None]:
    """The marks of a form that was sent; None where a field has none, as in one drawn before there were any."""
    return {name: action if action.isdecimal() else None for name, (action, _) in _states(view).items()}


def _written(view: View) -> dict[str, str]:
    return {name: _mark(state) for name, (_, state) in _states(view).items()}


def _row(name: str, names: Collection[str]) -> set[str]:
    """A field with those that stand in one row with it, by the number of their row: "verb_7" and "asked_7"."""
    number = name.partition("_")[2]
    return {each for each in names if number and each.partition("_")[2] == number} | {name}


def _drawn(block: View) -> str:
    return _mark({_stated(name): value for name, value in block["element"].items() if name.startswith("initial_")})


def _mark(state: View) -> str:
    """The mark of what stands in a field, by its state."""
    found = sorted(each for name, value in state.items() if name in _STATED for each in _plain(value))
    return str(mark(*found)) if found else NOTHING


def _plain(value: Any) -> Iterator[str]:
    match value:
        case str():
            yield from filter(None, [written(value).strip()])
        case dict():
            yield value["value"]
        case list():
            for each in value:
                yield from _plain(each)


def _stated(initial: str) -> str:
    """What the state of a field calls what its element calls initial."""
    word = initial.removeprefix("initial_")
    return word if word == "value" else f"selected_{word}"


_PICKED = ("option", "options", "date", "time", "user", "users", "conversation", "conversations", "channel", "channels")
_STATED = ("value", *(f"selected_{each}" for each in _PICKED))


def _with_id(block: View, action_id: str) -> View:
    return {**block, "element": {**block["element"], "action_id": action_id}}


def _filled(field: View, state: View) -> View:
    """A field in which stands what somebody put there; as it is drawn where they can't choose that, or it is another
    kind of field.
    """
    if state.get("type") != field["element"]["type"]:
        return field
    element = {name: value for name, value in field["element"].items() if not name.startswith("initial_")}
    wanted = set(_plain([state.get("selected_option") or [], state.get("selected_options") or []]))
    options = [each for each in element.get("options", ()) if each["value"] in wanted]
    if len(options) != len(wanted):
        return field
    put: View = {name: value for name, value in state.items() if name in _STATED and value}
    put |= {name: options if name == "selected_options" else options[0] for name in put if "_option" in name}
    return {**field, "element": element | {f"initial_{name.removeprefix('selected_')}": put[name] for name in put}}


def _labelled(field: View, more: str) -> View:
    return {**field, "label": {**field["label"], "text": f"{field['label']['text']} {more}"}}


def _said(element: View) -> tuple[str | date, tuple[str, ...]]:
    """What a field says as it is drawn, in words; or whom it names."""
    if "initial_date" in element:
        return date.fromisoformat(element["initial_date"]), ()
    options = element.get("initial_options") or [each for each in [element.get("initial_option")] if each]
    if options:
        return ", ".join(each["text"]["text"] for each in options), ()
    people = element.get("initial_users") or [each for each in [element.get("initial_user")] if each]
    return element.get("initial_value", ""), tuple(people)
