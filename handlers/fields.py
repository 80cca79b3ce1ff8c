"""What somebody put into a form, as plain values: text, date, time, whole number, id, or a tuple of them.

What a form brings back is the client's. A form of another version of the bot, or a forged one, may lack a field, have
another kind of field under its name, or carry other numbers: that is refused before a handler sees it.
"""

from __future__ import annotations

import inspect
import re
from collections.abc import Callable, Sequence
from datetime import date, time
from functools import cache
from types import UnionType
from typing import Any, Literal, NewType, Union, Unpack, get_args, get_origin, get_type_hints

from bot.refusals import Refusal
from bot.words import written

State = dict[str, Any]


def _text(given: State) -> str | None:
    return written(given["value"] or "").strip() or None


def _number(given: State) -> int | None:
    if given["value"] is None:
        return None
    if not re.fullmatch(r"-?[0-9]{1,9}", given["value"]):
        raise Refusal("not_a_number")
    return int(given["value"])


def _date(given: State) -> date | None:
    try:
        return given["selected_date"] and date.fromisoformat(given["selected_date"])
    except ValueError as error:
        raise Refusal("not_a_date") from error


def _time(given: State) -> time | None:
    try:
        return given["selected_time"] and time.fromisoformat(given["selected_time"])
    except ValueError as error:
        raise Refusal("not_a_time") from error


def _option(given: State) -> str | None:
    chosen: str | None = given["selected_option"] and given["selected_option"]["value"]
    return chosen


def _options(given: State) -> tuple[str, ...]:
    return tuple(option["value"] for option in given["selected_options"])


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
    "users_select": lambda given: given["selected_user"],
    "multi_users_select": lambda given: tuple(given["selected_users"]),
    "conversations_select": lambda given: given["selected_conversation"],
    "multi_conversations_select": lambda given: tuple(given["selected_conversations"]),
    "channels_select": lambda given: given["selected_channel"],
    "multi_channels_select": lambda given: tuple(given["selected_channels"]),
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
    """The named values, where a handler takes these numbers and these values; refused where it does not."""
    signature, hints = _taken(handler)
    try:
        bound = signature.bind(None, *numbers, **named)
    except TypeError as error:
        raise Refusal("stale") from error
    kinds = {each.name: each.kind for each in signature.parameters.values()}
    for name, value in list(bound.arguments.items())[1:]:
        fits = _MANY.get(kinds[name], _fits)
        if not fits(value, hints[name]):
            raise Refusal("stale")
    return named


def _read(name: str, given: State) -> Any:
    try:
        return READ[given["type"]](given)
    except Refusal as refusal:
        raise refusal.at(name) from refusal


@cache
def _taken(handler: Callable[..., Any]) -> tuple[inspect.Signature, dict[str, Any]]:
    return inspect.signature(handler), get_type_hints(handler)


def _fits_all(more: dict[str, Any], hint: Any) -> bool:
    """Fields declared together, or as many as there are things: "passage_0", "passage_1"."""
    if get_origin(hint) is Unpack:
        (declared,) = get_args(hint)
        hints = get_type_hints(declared)
        named = declared.__required_keys__ <= more.keys() <= hints.keys()
        return named and all(_fits(value, hints[name]) for name, value in more.items())
    return all(re.fullmatch("[a-z]+_[0-9]{1,9}", name) and _fits(value, hint) for name, value in more.items())


def _fit_each(more: Sequence[Any], hint: Any) -> bool:
    """Numbers of which there are as many as there are things."""
    return all(_fits(value, hint) for value in more)


def _fits(value: Any, hint: Any) -> bool:
    kind, inner = get_origin(hint), get_args(hint)
    if kind is Literal:
        return value in inner
    if kind in (Union, UnionType):
        return any(_fits(value, each) for each in inner)
    if kind is tuple:
        return isinstance(value, tuple) and all(_fits(each, inner[0]) for each in value)
    if isinstance(hint, NewType):
        return _fits(value, hint.__supertype__)
    return hint is Any or isinstance(value, hint)


_MANY: dict[Any, Callable[[Any, Any], bool]] = {
    inspect.Parameter.VAR_KEYWORD: _fits_all,
    inspect.Parameter.VAR_POSITIONAL: _fit_each,
}
