"""Every door there is, tried by somebody: each command, button, form and shortcut that is declared, and Home.

What is declared is asked for, not a list of it: a new command is tried from the day it is there.
"""

from __future__ import annotations

import inspect
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, time
from typing import Any, Literal, get_args, get_origin, get_type_hints

from bot.commands import Kind
from bot.roles import ANYONE, Role
from handlers.declared import Declared, buttons, forms, offered, vocabulary
from tests.office import Office
from tests.slack import Channel, User
from tests.slack.contents import Contents

NUMBERS = ("1", "3", "4", "4.1", "4.1.1", "7")
TEXTS = (
    *("2025", "2025-2", "2025-3", "kanarie", "hvad besluttede vi om økonomien?"),
    *("18. juni", *(f"18. juni punkt {number}" for number in NUMBERS[1:5])),
)


def try_all(
    office: Office, person: User, place: Channel | User, group: int, ids: Sequence[int], may: frozenset[Role] = ANYONE
) -> None:
    """Somebody tries them all in a place: buttons and forms with a group's id and these ids of things. What the roles
    named may not use is tried once: they are turned away whatever they bring.
    """
    for line in _typed(office, may):
        office.slack.command(person, place, f"/dap {line}")
        _close(office, person)
        if isinstance(place, User):
            office.slack.say(person, place, line)
    _press_all(office, person, place, group, ids, may)
    for name, form in forms.items():
        for given in _numbers(form, ids if form.may & may else ids[:1]):
            office.slack.open_form(person, _form(person, name, form, (group, office.room.id, "-", *given)))
            office.slack.submit(person)
            _close(office, person)
    for name, each in offered.items():
        if not each.on_message:
            office.slack.use_global_shortcut(person, name)
        elif isinstance(place, Channel):
            office.slack.use_shortcut(person, office.slack.history(place)[0], name)
        _close(office, person)
    office.slack.home(person)
    office.settle()


def look(office: Office, person: User, place: Channel | User) -> None:
    """Somebody looks at all there is to look at in a place, and at Home."""
    for line in _typed(office, ANYONE, only_reading=True):
        office.slack.command(person, place, f"/dap {line}")
        _close(office, person)
    office.slack.home(person)
    office.settle()


def _typed(office: Office, may: frozenset[Role], only_reading: bool = False) -> Iterator[str]:
    """Every command, or those that change nothing: by itself, and with what may stand after it."""
    after: dict[Kind, tuple[str, ...]] = {"number": NUMBERS, "text": TEXTS, "person": (f"<@{office.anne.id}>",)}
    for command in vocabulary.commands:
        if command.reads or not only_reading:
            yield command.da
            given = command.arguments if command.may & may else ()
            yield from (f"{command.da} {words}" for each in given for words in after.get(each.kind, ()))


def _press_all(
    office: Office, person: User, place: Channel | User, group: int, ids: Sequence[int], may: frozenset[Role]
) -> None:
    """Buttons that were never drawn for them."""
    channel = place.id if isinstance(place, Channel) else office.slack.workspace.chat_with(place).id
    for name, button in buttons.items():
        for given in _numbers(button, ids if button.may & may else ids[:1]):
            value = " ".join(map(str, (group, *given)))
            drawn = {"type": "button", "text": _text("forged"), "action_id": name, "value": value}
            contents = Contents("forged", ({"type": "actions", "elements": [drawn]},))
            forged = office.slack.workspace.whisper(channel, person.id, contents)
            office.slack.press(person, forged, name)
            _close(office, person)


def _close(office: Office, person: User) -> None:
    if office.slack.forms(person):
        office.slack.dismiss(person, whole=True)


def _numbers(asked: Declared, ids: Iterable[int]) -> Iterator[tuple[int, ...]]:
    """The numbers that a button or form may carry: each id in each place."""
    hints = get_type_hints(asked.handler)
    places = [each for each in list(inspect.signature(asked.handler).parameters)[1:] if hints[each] is int]
    for number in ids:
        alone = ((*[0] * n, number, *[0] * (len(places) - n - 1)) for n in range(len(places)))
        yield from dict.fromkeys([(number,) * len(places), *alone])


def _form(person: User, name: str, form: Declared, carried: Sequence[object]) -> dict[str, Any]:
    """A form with the fields that its handler takes, filled in."""
    parameters = list(inspect.signature(form.handler).parameters.values())[1:]
    hints = get_type_hints(form.handler)
    fields = [each for each in parameters if hints[each.name] is not int and each.kind is each.POSITIONAL_OR_KEYWORD]
    fields += [each for each in parameters if hints[each.name] is not int and each.kind is each.KEYWORD_ONLY]
    filled = {each.name: _element(hints[each.name], person.id if each.name == "person" else "1") for each in fields}
    blocks = [
        {"type": "input", "block_id": name, "label": _text(name), "element": element}
        for name, element in filled.items()
    ]
    return {
        "type": "modal",
        "callback_id": name,
        "title": _text("forged"),
        "submit": _text("Send"),
        "blocks": blocks or [{"type": "divider"}],
        "private_metadata": " ".join(map(str, carried)),
    }


def _element(hint: Any, words: str) -> dict[str, Any]:
    kinds = [hint, *get_args(hint)]
    if get_origin(hint) is Literal:
        chosen = {"text": _text("en"), "value": get_args(hint)[0]}
        return {"type": "static_select", "action_id": "value", "options": [chosen], "initial_option": chosen}
    if get_origin(hint) is tuple:
        ticked = [{"text": _text("en"), "value": "1"}]
        return {"type": "checkboxes", "action_id": "value", "options": ticked, "initial_options": ticked}
    if date in kinds:
        return {"type": "datepicker", "action_id": "value", "initial_date": "2025-09-30"}
    if time in kinds:
        return {"type": "timepicker", "action_id": "value", "initial_time": "10:00"}
    return {"type": "plain_text_input", "action_id": "value", "initial_value": words}


def _text(words: str) -> dict[str, str]:
    return {"type": "plain_text", "text": words}
