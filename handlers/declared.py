"""Declared once: a command or a button, who may, and what it takes. From here come matching, help and README."""

from __future__ import annotations

import inspect
import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any, NewType

from bot.commands import Argument, Command, Kind, Vocabulary, quoted
from bot.refusals import Refusal
from bot.roles import Role
from handlers.request import Reply

ItemNumber = NewType("ItemNumber", str)
Mention = NewType("Mention", str)
Handler = Callable[..., Reply]

KINDS: dict[Any, Kind] = {
    "str": "text",
    "ItemNumber": "number",
    "ItemNumber | None": "number",
    "Mention": "person",
}
vocabulary = Vocabulary()
handlers: dict[str, Handler] = {}
refused_as: dict[str, str] = {}
founding: set[str] = set()
buttons: dict[str, Button] = {}


@dataclass(frozen=True, slots=True)
class Button:
    """A button by its action id, with who may press it and the handler of its numbers."""

    action: str
    may: frozenset[Role]
    handler: Handler
    refused_as: str


def command(
    name: str,
    *,
    da: str,
    may: frozenset[Role],
    also: Iterable[str] = (),
    reads: bool = False,
    founds: bool = False,
    refuse: str = "no_access",
) -> Callable[[Handler], Handler]:
    """Declare a command; its argument is the handler's, its description for README the handler's docstring.

    `refuse` is the refusal for whoever may not; `founds` makes the channel a group's home where it is none yet.
    """

    def declare(handler: Handler) -> Handler:
        argument = next((_argument(each) for each in list(inspect.signature(handler).parameters.values())[1:]), None)
        about = (inspect.getdoc(handler) or "").partition("\n")[0]
        vocabulary.add(Command(name, da, tuple(also), argument, frozenset(may), reads, about))
        handlers[name], refused_as[name] = handler, refuse
        founding.update({name} if founds else ())
        return handler

    return declare


def button(action: str, *, may: frozenset[Role], refuse: str = "no_access") -> Callable[[Handler], Handler]:
    """Declare a button; the handler takes the whole numbers that its value carries after the group's id."""

    def declare(handler: Handler) -> Handler:
        buttons[action] = Button(action, frozenset(may), handler, refuse)
        return handler

    return declare


def arguments(command: Command, rest: str, line: str) -> dict[str, Any]:
    """What stands after a command's words in the line, as its handler takes it; refused where it can't be."""
    match command.argument:
        case Argument(name, "number"):
            return {name: _number(rest, line)}
        case Argument(name, "person"):
            return {name: _person(rest)}
        case Argument(name, "text"):
            return {name: quoted(rest)}
        case _:
            return {}


def _argument(parameter: inspect.Parameter) -> Argument:
    return Argument(parameter.name, KINDS[parameter.annotation], parameter.default is not parameter.empty)


def unknown(line: str) -> Refusal:
    """The refusal of what is no command, with the nearest that is one."""
    return Refusal("unknown_command", word=line[:80], nearest=vocabulary.nearest(line))


def _number(rest: str, line: str) -> ItemNumber | None:
    if not rest:
        return None
    number = quoted(rest.split(maxsplit=1)[0]).strip(".,:;").lower()
    if number.isalpha() and len(number) > 1:
        raise unknown(line)
    return ItemNumber(number)


def _person(rest: str) -> Mention:
    mentioned = re.search(r"<@([UW][A-Z0-9]+)(?:\|[^>]*)?>", rest)
    if not mentioned:
        raise Refusal("no_person")
    return Mention(mentioned[1])
