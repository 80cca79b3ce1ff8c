"""Declared once: what can be asked, who may, and what it takes. From here come matching, help and README."""

from __future__ import annotations

import inspect
import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from textwrap import shorten
from typing import Any, NewType

from bot import dates
from bot.agenda import Kinds
from bot.commands import Argument, Command, Kind, Vocabulary, day_off, quoted, typed_off
from bot.refusals import Refusal
from bot.roles import Role
from handlers.request import Reply

ItemNumber = NewType("ItemNumber", str)
Mention = NewType("Mention", str)
Duration = NewType("Duration", int)
Handler = Callable[..., Reply]

LONGEST = 3000  # characters of a text that is typed
QUOTED = 80  # characters of a line that nobody understands
ITEM_WORDS = {"punkt", "punktet", "nr", "nummer", "item", "number", "no"}
KINDS: dict[Any, Kind] = {
    "str": "text",
    "ItemNumber": "number",
    "ItemNumber | None": "number",
    "Mention": "person",
    "Mention | None": "person",
    "Kinds": "kinds",
    "Day | None": "day",
    "Duration | None": "duration",
}
READ: dict[Kind, Callable[[str], Any]] = {
    "person": Mention,
    "kinds": lambda found: Kinds(found.upper().replace(" ", "")),
    "duration": lambda found: Duration(int(found)),
}
SHOWN_BY = {
    "agenda": "agenda",
    "budget": "budget",
    "decision": "decisions",
    "decisions": "decisions",
    "item": "agenda",
    "meeting": "meeting",
    "member": "setup members",
    "minutes": "minutes",
    "proposal": "agenda proposals",
    "question": "budget questions",
    "setup": "setup",
    "task": "tasks",
}  # what shows how it stands with what a button or form is about, by the first word of its name


@dataclass(frozen=True, slots=True)
class Declared:
    """Something that can be asked: who may, the refusal for who may not, and the handler that does it.

    `reads` says that it changes nothing; `founds` that it makes the channel a group's home where it is none yet;
    `of_all` that it is about all of somebody's groups, so that in private nobody is asked which; `names` that it sees
    itself who is mentioned in its words.
    """

    name: str
    may: frozenset[Role]
    handler: Handler
    refuse: str = "no_access"
    reads: bool = False
    founds: bool = False
    of_all: bool = False
    names: bool = False

    @property
    def shown_by(self) -> Command | None:
        """The command that shows how it stands with what was asked about; None where there are several, or none."""
        name = SHOWN_BY.get(self.name.partition(" ")[0])
        return next((each for each in vocabulary.commands if each.name == name), None)


@dataclass(frozen=True, slots=True)
class Offered:
    """How a shortcut is offered in Slack: what it is called, what it does, and whether on messages or from anywhere."""

    called: str
    about: str
    on_message: bool


vocabulary = Vocabulary()
commands: dict[str, Declared] = {}
buttons: dict[str, Declared] = {}
forms: dict[str, Declared] = {}
shortcuts: dict[str, Declared] = {}
offered: dict[str, Offered] = {}


def command(
    name: str,
    *,
    da: str,
    may: frozenset[Role],
    also: Iterable[str] = (),
    reads: bool = False,
    founds: bool = False,
    of_all: bool = False,
    names: bool = False,
    then: str = "",
    refuse: str = "no_access",
) -> Callable[[Handler], Handler]:
    """Declare a command; its arguments are the handler's, its description for README the handler's docstring.

    `then` names the command that takes what is typed after this one's words: the bare one reads, the other may change.
    """

    def declare(handler: Handler) -> Handler:
        given = tuple(_argument(each) for each in list(inspect.signature(handler).parameters.values())[1:])
        about = (inspect.getdoc(handler) or "").partition("\n")[0]
        vocabulary.add(Command(name, da, tuple(also), given, frozenset(may), reads, about, then))
        commands[name] = Declared(name, frozenset(may), handler, refuse, reads, founds, of_all, names)
        return handler

    return declare


def button(
    name: str, *, may: frozenset[Role], refuse: str = "no_access", reads: bool = False
) -> Callable[[Handler], Handler]:
    """Declare a button by its action id; the handler takes the whole numbers that its value carries."""
    return _declare(buttons, name, may, refuse, reads)


def form(
    name: str, *, may: frozenset[Role], refuse: str = "no_access", reads: bool = False
) -> Callable[[Handler], Handler]:
    """Declare a form by its callback id; the handler takes the numbers it carries, then its fields by name."""
    return _declare(forms, name, may, refuse, reads)


def shortcut(
    name: str, *, called: str, may: frozenset[Role], on_message: bool = False, refuse: str = "no_access"
) -> Callable[[Handler], Handler]:
    """Declare a shortcut by its callback id, from anywhere or on a message, which the handler then takes. What it is
    called stands in the manifest, and what it does, by the handler's docstring.
    """

    def declare(handler: Handler) -> Handler:
        offered[name] = Offered(called, (inspect.getdoc(handler) or "").partition("\n")[0], on_message)
        return _declare(shortcuts, name, may, refuse)(handler)

    return declare


def arguments(command: Command, rest: str, line: str) -> dict[str, Any]:
    """What stands after a command's words in the line, as its handler takes it; refused where it can't be.

    What is typed ("(B)", "10 min.", "@navn") is taken off the end, a day from where it stands; free text takes
    the rest.
    """
    rest, typed = typed_off(rest, (each.kind for each in command.arguments))
    given: dict[str, Any] = {}
    named = {each.kind: each.name for each in command.arguments}
    if "day" in named:
        rest, given[named["day"]] = day_off(rest)
        if rest and len(named) == 1:
            raise _unread(command, rest, line)
    for each in command.arguments:
        match each.kind:
            case "day":
                pass
            case "number":
                given[each.name] = _number(command, rest, line)
            case "text":
                given[each.name] = within(quoted(rest))
            case kind if kind in typed:
                given[each.name] = READ[kind](typed[kind])
            case _ if not each.optional:
                raise Refusal("no_person")
    return given


def item_words(text: str) -> list[str]:
    """What a text says of an item, after "punkt"."""
    words = [found for word in quoted(text).split() if (found := word.strip(".,:;?").lower())]
    return words[1:] if words and words[0] in ITEM_WORDS else words


def item_number(words: list[str]) -> ItemNumber | None:
    """The number of an item that some words begin with: "3", "2.1"; None where they are others, or a date."""
    number, after = words[0][:20] if words else "", "".join(words[1:2])
    is_word = number.isalpha() and (len(number) > 1 or after)
    if not number or is_word or dates.month(after):
        return None
    return ItemNumber(number)


def within(text: str) -> str:
    """A text that was typed, if a field of a form would hold it too: what is noted can be mended in one."""
    if len(text) > LONGEST:
        raise Refusal("too_long")
    return text


def unknown(line: str, roles: frozenset[Role] | None = None) -> Refusal:
    """The refusal of what is no command, with the nearest that is one, and that one may in one of some roles."""
    bare = re.sub(r"<([@#!])[^>|]*\|?([^>]*)>", lambda found: found[1] + (found[2] or "…"), line)
    nearest = vocabulary.nearest(line, roles)
    return Refusal("unknown_command", word=shorten(bare, QUOTED, placeholder=" …"), nearest=nearest)


def _declare(
    kind: dict[str, Declared], name: str, may: frozenset[Role], refuse: str, reads: bool = False
) -> Callable[[Handler], Handler]:
    def declare(handler: Handler) -> Handler:
        kind[name] = Declared(name, frozenset(may), handler, refuse, reads)
        return handler

    return declare


def _argument(parameter: inspect.Parameter) -> Argument:
    return Argument(parameter.name, KINDS[parameter.annotation], parameter.default is not parameter.empty)


def _number(command: Command, rest: str, line: str) -> ItemNumber | None:
    words = item_words(rest)
    found = item_number(words)
    if words and found is None:
        raise _unread(command, rest, line)
    return found


def _unread(command: Command, rest: str, line: str) -> Refusal:
    """The refusal of what stands after a command's words and is nothing that it takes: no day, unless it may be another
    command.
    """
    nearest, kinds = vocabulary.nearest(line), {each.kind for each in command.arguments}
    if "day" not in kinds or nearest not in (command.da, command.name):
        return unknown(line)
    key = "not_an_item_or_day" if "number" in kinds else "not_a_day"
    return Refusal(key, text=shorten(rest, QUOTED, placeholder=" …"), typed=nearest)
