"""What a person puts into a form: from what a test or the page gives to Slack's own `state.values`, and what Slack's
client stops before it is sent.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from datetime import date, datetime, time
from typing import Any

from . import limits
from .elements import HOLDS, Element, options
from .files import File
from .plain import unescape

State = dict[str, Any]
Values = dict[str, dict[str, State]]

REQUIRED = "Feltet skal udfyldes"


def stateful(element: Element) -> bool:
    """Whether it keeps what was chosen: buttons and overflow menus do not."""
    return element["type"] in HOLDS


def begin(element: Element, channel: str = "") -> State:
    """The state that an element begins with. `channel` is where the form was asked for, if anywhere."""
    kind = element["type"]
    field, first = HOLDS[kind]
    value = element.get(first)
    if value is None and element.get("default_to_current_conversation") and channel:
        value = [channel] if _many(kind) else channel
    if value is None:
        value = [] if _many(kind) else None
    return _state(element, _whole(field, value))


def chosen(element: Element, given: Any) -> State:
    """The state after a person put this in. AssertionError where Slack shows no such choice."""
    kind = element["type"]
    field = "selected_option" if kind == "overflow" else HOLDS[kind][0]
    if given is None or given == "":
        return _state(element, [] if _many(kind) else None)
    if not _many(kind):
        return _state(element, _one(element, field, given))
    several = list(given) if isinstance(given, list | tuple | set) and not _pair(given) else [given]
    return _state(element, [_one(element, field, each) for each in several])


def trouble(element: Element, state: State, optional: bool, file: Callable[[str], File]) -> str:
    """What Slack's client says against this before it is sent, or ""."""
    field = HOLDS[element["type"]][0]
    value = state[field]
    if value is None or value in ("", []):
        return "" if optional else REQUIRED
    check = _CHECKS.get(element["type"])
    if check:
        return check(element, value)
    if field == "files":
        return _files(element, [file(each["id"]) for each in value])
    most = element.get("max_selected_items")
    return f"Vælg højst {most}" if most and len(value) > most else ""


def shown(state: State, names: Callable[[str], str]) -> str | list[str] | None:
    """What a person reads in the field: words, several of them, or nothing."""
    field = next(name for name in state if name not in ("type", "timezone"))
    value = state[field]
    if isinstance(value, list):
        return [_word(each, names) for each in value]
    return None if value is None else _word(value, names)


def _word(value: Any, names: Callable[[str], str]) -> str:
    if isinstance(value, dict):
        return str(value["name"]) if "name" in value else unescape(value["text"]["text"])
    return names(value)


def _many(kind: str) -> bool:
    return kind.startswith("multi_") or kind in ("checkboxes", "file_input")


def _pair(given: Any) -> bool:
    return isinstance(given, tuple) and len(given) == 2 and isinstance(given[1], bytes)


def _state(element: Element, value: object) -> State:
    field = "selected_option" if element["type"] == "overflow" else HOLDS[element["type"]][0]
    state: State = {"type": element["type"], field: value}
    if "timezone" in element:
        state["timezone"] = element["timezone"]
    return state


def _whole(field: str, value: Any) -> Any:
    """An option as Slack gives it back: with `emoji` in its plain text."""
    if field == "selected_option":
        return value and _option(value)
    return [_option(option) for option in value] if field == "selected_options" else value


def _option(option: Element) -> Element:
    text = option["text"]
    return {**option, "text": {"emoji": True, **text} if text["type"] == "plain_text" else text}


def _one(element: Element, field: str, given: Any) -> Any:
    if field.startswith("selected_option"):
        known = options(element)
        for option in known:
            if given in (option["value"], unescape(option["text"]["text"])) or given == option:
                return _option(option)
        raise AssertionError(f"no choice {given!r}; there are {[unescape(o['text']['text']) for o in known]}")
    if isinstance(given, datetime | date):
        return given.strftime("%Y-%m-%d")
    if isinstance(given, time):
        return given.strftime("%H:%M")
    if isinstance(given, dict):
        return given
    return str(getattr(given, "id", given))


# What the client stops

_MAIL = re.compile(r"[^\s@]+@[^\s@]+\.[^\s@]+")
_ADDRESS = re.compile(r"https?://[^\s.]+\S*")
_FORMS = {
    "datepicker": (re.compile(r"\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])"), "Vælg en dato"),
    "timepicker": (re.compile(r"([01]\d|2[0-3]):[0-5]\d"), "Vælg et klokkeslæt"),
    "email_text_input": (_MAIL, "Skriv en e-mailadresse"),
    "url_text_input": (_ADDRESS, "Skriv en adresse, der begynder med https://"),
}


def _text(element: Element, value: str) -> str:
    least, most = element.get("min_length", 0), element.get("max_length", limits.TEXT_INPUT)
    if len(value) < least:
        return f"Skriv mindst {least} tegn"
    return f"Skriv højst {most} tegn" if len(value) > most else ""


def _number(element: Element, value: str) -> str:
    decimal = element["is_decimal_allowed"]
    if not re.fullmatch(r"-?\d+(\.\d+)?" if decimal else r"-?\d+", value):
        return "Skriv et tal" if decimal else "Skriv et helt tal"
    least, most = element.get("min_value"), element.get("max_value")
    if least is not None and float(value) < float(least):
        return f"Tallet skal være mindst {least}"
    return f"Tallet må højst være {most}" if most is not None and float(value) > float(most) else ""


def _form(element: Element, value: str) -> str:
    pattern, words = _FORMS[element["type"]]
    return "" if pattern.fullmatch(value) else words


def _files(element: Element, files: Iterable[File]) -> str:
    several = list(files)
    if len(several) > element.get("max_files", limits.INPUT_FILES):
        return f"Vælg højst {element.get('max_files', limits.INPUT_FILES)} filer"
    kinds = [kind.lower() for kind in element.get("filetypes", [])]
    for file in several:
        if file.size > limits.INPUT_FILE_SIZE:
            return f"{file.name} fylder mere end 10 MB"
        if kinds and file.name.rpartition(".")[2].lower() not in kinds:
            return f"{file.name}: kun {', '.join(kinds)}"
    return ""


_CHECKS: dict[str, Callable[[Element, Any], str]] = {
    "plain_text_input": _text,
    "number_input": _number,
    **dict.fromkeys(_FORMS, _form),
}
