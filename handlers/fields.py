"""What somebody put into a form, as plain values: text, date, time, whole number, id, or a tuple of them.

What a form brings back is the client's. A form of another version of the bot, or a forged one, may lack a field, have
another kind of field under its name, or carry other numbers: that is refused before a handler sees it.
"""

from __future__ import annotations

import builtins
import inspect
import re
import types
import typing
from collections.abc import Callable, Sequence
from datetime import date, time
from functools import cache
from typing import Any, NewType, Unpack, get_args, get_origin, get_type_hints

from bot.refusals import Refusal
from bot.reminders import CENTURIES
from bot.words import written
from handlers.request import LARGEST

State = dict[str, Any]
LONGEST = 3_000  # characters in a text, by Slack
CHOICE = 150  # in the value of a choice, by Slack


def _text(given: State) -> str | None:
    text = written(given["value"] or "").strip()
    if len(text) > LONGEST:
        raise Refusal("text_too_long", most=LONGEST)
    if re.search("[\ud800-\udfff]", text):  # no database keeps them
        raise Refusal("strange_letters")
    return text or None


def _number(given: State) -> int | None:
    if given["value"] is None:
        return None
    if not re.fullmatch(r"-?[0-9]{1,9}", given["value"]):
        raise Refusal("not_a_number")
    return int(given["value"])


def _date(given: State) -> date | None:
    try:
        day: date | None = given["selected_date"] and date.fromisoformat(given["selected_date"])
    except ValueError as error:
        raise Refusal("not_a_date") from error
    if day and day.year not in CENTURIES:
        raise Refusal("not_a_date")
    return day


def _time(given: State) -> time | None:
    try:
        return given["selected_time"] and time.fromisoformat(given["selected_time"])
    except ValueError as error:
        raise Refusal("not_a_time") from error


def _option(given: State) -> str | None:
    chosen: str | None = given["selected_option"] and _choice(given["selected_option"])
    return chosen


def _options(given: State) -> tuple[str, ...]:
    return tuple(_choice(option) for option in given["selected_options"])


def _choice(option: State) -> str:
    value: str = option["value"]
    if len(value) > CHOICE or not value.isprintable():
        raise Refusal("stale")
    return value


def _one(kind: str, given: str | None) -> str | None:
    return given if given is None else _many(kind, [given])[0]


def _many(kind: str, given: Sequence[str]) -> tuple[str, ...]:
    """Slack's ids of a kind, by the letter they begin with."""
    if not all(re.fullmatch(f"{kind}[A-Z0-9]{{1,20}}", each) for each in given):
        raise Refusal("stale")
    return tuple(given)


READ: dict[str, Callable[[State], Any]] = {
    "plain_text_input": _text,
    "email_text_input": _text,
    "url_text_input": _text,
    "number_input": _number,
    "datepicker": _date,
    "timepicker": _time,
    "static_select": _option,
    "radio_buttons": _option,
    "multi_static_select": _options,
    "checkboxes": _options,
    "users_select": lambda given: _one("[UW]", given["selected_user"]),
    "multi_users_select": lambda given: _many("[UW]", given["selected_users"]),
    "conversations_select": lambda given: _one("[CDG]", given["selected_conversation"]),
    "multi_conversations_select": lambda given: _many("[CDG]", given["selected_conversations"]),
    "channels_select": lambda given: _one("[CG]", given["selected_channel"]),
    "multi_channels_select": lambda given: _many("[CG]", given["selected_channels"]),
    "file_input": lambda given: tuple(file["id"] for file in given["files"]),
}


def read(view: dict[str, Any]) -> dict[str, Any]:
    """The fields of a submitted form by name; what was left empty is None, or an empty tuple. What can't be read is
    refused under its field.
    """
    try:
        return {name: _read(name, given) for name, block in view["state"]["values"].items() for given in block.values()}
    except (KeyError, TypeError, AttributeError) as error:
        raise Refusal("stale") from error


def fitting(handler: Callable[..., Any], numbers: Sequence[int], named: dict[str, Any]) -> dict[str, Any]:
    """The named values, where a handler takes these numbers and these values; refused where it does not. A whole number
    may be declared with the range that it lies in, `Annotated[int, range(15, 601)]`, and fields of which there are as
    many as there are things as `dict[int, …]`.
    """
    signature, hints = _taken(handler)
    named = _gathered(named, _counted(handler))
    try:
        bound = signature.bind(None, *numbers, **named)
    except TypeError as error:
        raise Refusal("stale") from error
    kinds = {each.name: each.kind for each in signature.parameters.values()}
    for name, value in list(bound.arguments.items())[1:]:
        fits = _MANY.get(kinds[name], _fits)
        if not fits(value, hints[name]):
            raise Refusal("blank").at(name) if value is None else Refusal("stale")
        for within in getattr(hints[name], "__metadata__", ()):
            if value not in within:
                raise Refusal("out_of_range", least=within[0], most=within[-1]).at(name)
    return named


def _read(name: str, given: State) -> Any:
    try:
        return READ[given["type"]](given)
    except Refusal as refusal:
        raise refusal.at(name) from refusal


def _gathered(named: dict[str, Any], counted: frozenset[str]) -> dict[str, Any]:
    """The same values, where those of which there are as many as there are things are together: "verb_7" and "verb_9"
    are "verb", by number.
    """
    found: dict[str, Any] = {name: {} for name in counted}
    for name, value in named.items():
        stem, _, number = name.partition("_")
        if stem in counted and re.fullmatch("[0-9]{1,9}", number):
            found[stem][int(number)] = value
        else:
            found[name] = value
    return found


@cache
def _counted(handler: Callable[..., Any]) -> frozenset[str]:
    """The fields declared together of which there are as many as there are things: `dict[int, …]`."""
    together = [get_args(hint)[0] for hint in _taken(handler)[1].values() if get_origin(hint) is Unpack]
    hints = {name: hint for each in together for name, hint in get_type_hints(each).items()}
    return frozenset(name for name, hint in hints.items() if get_origin(hint) is dict)


@cache
def _taken(handler: Callable[..., Any]) -> tuple[inspect.Signature, dict[str, Any]]:
    return inspect.signature(handler), get_type_hints(handler, include_extras=True)


def _fits_all(more: dict[str, Any], hint: Any) -> bool:
    """Fields declared together, or as many as there are things: "passage_0", "passage_1"."""
    if get_origin(hint) is Unpack:
        (together,) = get_args(hint)
        hints = get_type_hints(together)
        named = together.__required_keys__ <= more.keys() <= hints.keys()
        return named and all(_fits(value, hints[name]) for name, value in more.items())
    return all(re.fullmatch("[a-z]+_[0-9]{1,9}", name) and _fits(value, hint) for name, value in more.items())


def _fit_each(more: Sequence[Any], hint: Any) -> bool:
    """Numbers of which there are as many as there are things."""
    return all(_fits(value, hint) for value in more)


@cache
def _parts(hint: Any) -> tuple[Any, tuple[Any, ...]]:
    return get_origin(hint), get_args(hint)


def _fits(value: Any, hint: Any) -> bool:
    kind, inner = _parts(hint)
    match kind or hint:
        case typing.Annotated:
            fits = _fits(value, inner[0])
        case typing.Literal:
            fits = value in inner
        case typing.Union | types.UnionType:
            fits = any(_fits(value, each) for each in inner)
        case builtins.tuple:
            fits = isinstance(value, tuple) and all(_fits(each, inner[0]) for each in value)
        case builtins.dict:
            fits = isinstance(value, dict) and all(_fits(each, inner[1]) for each in value.values())
        case NewType():
            fits = _fits(value, hint.__supertype__)
        case builtins.int:
            fits = isinstance(value, int) and value <= LARGEST
        case _:
            fits = hint is Any or isinstance(value, hint)
    return fits


_MANY: dict[Any, Callable[[Any, Any], bool]] = {
    inspect.Parameter.VAR_KEYWORD: _fits_all,
    inspect.Parameter.VAR_POSITIONAL: _fit_each,
}
